"""A role of one's own making is as strong as its strongest action."""

from __future__ import annotations

import re

from billing_identity.policies.framework.list_wants import Each, HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

_STRONG = re.compile(
    r"/(allproperties/alltasks|credentials/update|owners/update|approleassignments/update|alltasks)$"
    r"|^microsoft\.directory/(rolemanagement|directoryroles|roleassignments|roledefinitions)",
    re.IGNORECASE,
)
"""A new credential or owner takes over an application with all that it may do (Microsoft, "Application
registration permissions for custom roles in Microsoft Entra ID")."""

RULE = requirement(
    title="Custom directory roles can't hand out credentials or roles",
    severity=Severity.HIGH,
    why="Whoever may add a credential to an application signs in as it, with all its permissions.",
    remedy="name the single properties that the task reads or updates",
    types=("azuread:index/customDirectoryRole:CustomDirectoryRole",),
    wants=(
        Each(
            path="permissions",
            wants=(
                HoldsNone(
                    path="allowedResourceActions",
                    refuses=lambda action: _STRONG.search(action) is not None,
                    instead=("microsoft.directory/applications/basic/update",),
                    examples_refused=(
                        "microsoft.directory/applications/credentials/update",
                        "microsoft.directory/applications/owners/update",
                        "microsoft.directory/applications/allProperties/allTasks",
                        "microsoft.directory/servicePrincipals/appRoleAssignments/update",
                        "microsoft.directory/roleAssignments/allProperties/read",
                    ),
                ),
            ),
        ),
    ),
)
