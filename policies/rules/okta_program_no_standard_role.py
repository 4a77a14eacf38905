"""The same roles under other types of resource are the same roles."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

_ROLES = ("SuperAdmin", "OrgAdmin", "AppAdmin", "UserAdmin", "ApiAccessManagementAdmin")

RULE = forbidden(
    title="No program gets an administrator's role of Okta by its own type of resource",
    severity=Severity.CRITICAL,
    why="A program's key works at night and from anywhere, and no second factor is asked for.",
    remedy="use a custom role with the permissions that the task needs, over a resource set",
    types=tuple(f"okta:index/oauth2V1ClientsRole{role}:Oauth2V1ClientsRole{role}" for role in _ROLES),
)
