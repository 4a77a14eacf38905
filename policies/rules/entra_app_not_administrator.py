"""With one of these permissions a stolen credential takes over the tenant."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

GRAPH_RIGHTS = {
    "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8": "RoleManagement.ReadWrite.Directory",
    "06b708a9-e830-4db3-a914-8e69da51d44f": "AppRoleAssignment.ReadWrite.All",
    "1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9": "Application.ReadWrite.All",
    "19dbc75e-c2e2-444c-a770-ec69d8559fc7": "Directory.ReadWrite.All",
    "62a82d76-70ea-41e2-9197-370581804d09": "Group.ReadWrite.All",
}
"""Microsoft Graph application permissions with which an application can make itself administrator."""

RULE = requirement(
    title="Applications can't make themselves administrators",
    severity=Severity.CRITICAL,
    why="With one of these permissions a stolen credential takes over the tenant.",
    remedy="ask for the narrower permissions that the task needs",
    types=("azuread:index/appRoleAssignment:AppRoleAssignment",),
    wants=(
        NotOneOf(
            path="appRoleId", refused=tuple(GRAPH_RIGHTS), instead="df021288-bdef-4463-88db-98f22de89214"
        ),
    ),
)
