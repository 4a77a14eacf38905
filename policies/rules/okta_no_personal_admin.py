"""A role held by a person is nobody's review and survives every change of job."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Okta administrator roles belong to groups",
    severity=Severity.CRITICAL,
    why="A role held by a person is nobody's review and survives every change of job.",
    remedy="give the role to a group that is requested or governed",
    types=(
        "okta:index/userAdminRoles:UserAdminRoles",
        "okta:index/adminRoleTargets:AdminRoleTargets",
    ),
)
