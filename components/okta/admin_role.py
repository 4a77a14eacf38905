"""A least-privilege administrator role, over what it may reach, held by groups."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

PERMISSIONS = frozenset(
    {
        *("okta.users.read", "okta.users.credentials.resetFactors", "okta.users.credentials.resetPassword"),
        *("okta.users.credentials.expirePassword", "okta.users.lifecycle.unlock"),
        *("okta.users.lifecycle.clearSessions", "okta.users.lifecycle.suspend"),
        *("okta.users.lifecycle.unsuspend", "okta.groups.read", "okta.groups.members.manage"),
        *("okta.groups.appAssignment.manage", "okta.users.appAssignment.manage", "okta.apps.read"),
        *("okta.apps.manage", "okta.apps.assignment.manage", "okta.authzServers.read", "okta.devices.read"),
        *(
            "okta.customizations.read",
            "okta.directories.read",
            "okta.identityProviders.read",
            "okta.iam.read",
        ),
        *("okta.governance.accessCertifications.manage", "okta.governance.accessRequests.manage"),
    }
)
"""Permissions that a delegated role may hold, out of those that the provider documents
(`okta.AdminRoleCustom.permissions`). Left out: whatever makes users or groups, edits profiles or changes
administrators' rights."""


class AdminRoleArgs(TypedDict):
    """Arguments of AdminRole."""

    label: str
    description: str
    permissions: Sequence[str]
    """Out of `PERMISSIONS`."""
    resources: Sequence[pulumi.Input[str]]
    """Addresses of what it reaches, such as `https://acme.okta.com/api/v1/groups/<id>/users`."""
    members: Sequence[pulumi.Input[str]]
    """Addresses of the groups that hold it; none of them filled by a group rule (Okta refuses that)."""


class AdminRole(pulumi.ComponentResource):
    """The role, its resource set and its holders. The assignment is authoritative: members added by hand go.

    Raises ComponentInputError for a permission that a delegated role may not have, or for no resource.
    """

    role_id: pulumi.Output[str]
    resource_set_id: pulumi.Output[str]

    def __init__(self, name: str, args: AdminRoleArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:AdminRole", name, None, opts)
        if excess := sorted(set(args["permissions"]) - PERMISSIONS):
            raise ComponentInputError(f"{name}: permissions {excess}: not for a delegated role")
        if not args["resources"] or not args["permissions"]:
            raise ComponentInputError(f"{name}: give at least one permission and one resource")
        child = pulumi.ResourceOptions(parent=self, protect=True)
        role = okta.AdminRoleCustom(
            name,
            label=args["label"],
            description=args["description"],
            permissions=sorted(args["permissions"]),
            opts=child,
        )
        resources = okta.ResourceSet(
            name,
            label=f"{args['label']} scope",
            description=f"What {args['label']} reaches",
            resources=list(args["resources"]),
            opts=child,
        )
        if args["members"]:
            okta.AdminRoleCustomAssignments(
                name,
                custom_role_id=role.id,
                resource_set_id=resources.id,
                members=list(args["members"]),
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.role_id, self.resource_set_id = role.id, resources.id
        self.register_outputs({"roleId": role.id, "resourceSetId": resources.id})
