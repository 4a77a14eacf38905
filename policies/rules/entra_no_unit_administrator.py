"""A role over an administrative unit that is given to a member is held for good, by one account."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="No account holds a role over an administrative unit for good",
    severity=Severity.HIGH,
    why="Whoever resets passwords in a unit can become anybody in it, at any hour, for as long as it stands.",
    remedy=(
        "make a role-assignable group under privileged identity management the holder, with a "
        "DirectoryRoleAssignment whose `directoryScopeId` is the unit"
    ),
    types=("azuread:index/administrativeUnitRoleMember:AdministrativeUnitRoleMember",),
)
