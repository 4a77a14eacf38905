"""A program with an administrator's role is one stolen key away from the whole organisation."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="No program is an administrator of Okta",
    severity=Severity.CRITICAL,
    why="A program's key works at night and from anywhere, and no second factor is asked for.",
    remedy="use a custom role with the permissions that the task needs, over a resource set",
    types=("okta:app/oauthRoleAssignment:OauthRoleAssignment",),
    wants=(
        NotOneOf(
            path="type",
            refused=("SUPER_ADMIN", "ORG_ADMIN", "APP_ADMIN", "USER_ADMIN", "API_ACCESS_MANAGEMENT_ADMIN"),
            instead="CUSTOM",
        ),
    ),
)
