"""A standard role is for the whole organisation, for good."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="No group holds one of Okta's wide standard roles",
    severity=Severity.HIGH,
    why="These roles reach every person and every application, whatever the duty needs.",
    remedy="use a custom role with the permissions that the duty needs, over a resource set",
    types=("okta:group/role:Role",),
    wants=(
        NotOneOf(
            path="roleType",
            refused=("ORG_ADMIN", "APP_ADMIN", "USER_ADMIN", "API_ACCESS_MANAGEMENT_ADMIN", "API_ADMIN"),
            instead="READ_ONLY_ADMIN",
        ),
    ),
    blind_spot="Roles that are narrowed by `targetGroupLists` or `targetAppLists`: an exception says so.",
)
