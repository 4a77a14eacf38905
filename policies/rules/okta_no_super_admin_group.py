"""A super administrator can undo everything that the other rules secure."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="No group is Okta super administrator",
    severity=Severity.CRITICAL,
    why="A super administrator can undo everything that the other rules secure.",
    remedy="use a custom role with the permissions that the duty needs",
    types=("okta:group/role:Role",),
    wants=(NotOneOf(path="roleType", refused=("SUPER_ADMIN",), instead="READ_ONLY_ADMIN"),),
)
