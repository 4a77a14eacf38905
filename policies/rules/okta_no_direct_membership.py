"""A membership made by hand fights the group rules, and survives the next change of job."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Nobody is put into an Okta group by hand",
    severity=Severity.HIGH,
    why="A membership made by hand fights the group rules, and survives the next change of job.",
    remedy="let group rules decide by HR attributes",
    types=(
        "okta:index/groupMemberships:GroupMemberships",
        "okta:index/userGroupMemberships:UserGroupMemberships",
    ),
    blind_spot="Memberships made in the console: the drift run reads them.",
)
