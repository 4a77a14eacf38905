"""Administration of Okta itself: which delegated role an entitlement of the admin console is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pulumi

from billing_identity.components.okta.admin_role import AdminRoleArgs
from billing_identity.components.okta.assigned_group import AssignedGroupArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import DataClass, Federation, Provider, SystemKind
from billing_identity.stacks.bind.people import federated_systems, note, system_grants

Reach = Literal["workforce", "applications", "everything"]


@dataclass(frozen=True)
class Delegated:
    """A delegated role: what it may do, and over what."""

    permissions: tuple[str, ...]
    reach: Reach


DELEGATED: Mapping[str, Delegated] = {
    "help-desk": Delegated(
        (
            "okta.users.read",
            "okta.users.credentials.resetFactors",
            "okta.users.credentials.resetPassword",
            "okta.users.credentials.expirePassword",
            "okta.users.lifecycle.unlock",
            "okta.users.lifecycle.clearSessions",
            "okta.groups.members.manage",
        ),
        "workforce",
    ),
    "application-administrator": Delegated(
        ("okta.apps.read", "okta.apps.manage", "okta.apps.assignment.manage"), "applications"
    ),
    "organization-administrator": Delegated(
        (
            "okta.users.read",
            "okta.users.lifecycle.suspend",
            "okta.users.lifecycle.unsuspend",
            "okta.users.lifecycle.clearSessions",
            "okta.groups.read",
            "okta.apps.read",
            "okta.apps.manage",
            "okta.apps.assignment.manage",
        ),
        "everything",
    ),
    "read-only": Delegated(("okta.users.read", "okta.groups.read", "okta.apps.read"), "everything"),
}
"""By the entitlement's `app_role`, or its name. None of Okta's own roles is given: each may more than any
duty here needs. No delegated role edits policies, groups' membership at large, or administrators' rights:
that is this program's, and in an emergency the sealed accounts'. Permissions on devices are an early
feature of Okta's and reach nothing without devices in the resource set (Okta, "Role assignment")."""


@dataclass(frozen=True)
class Scope:
    """Addresses of what delegated roles reach."""

    help_desk_group: pulumi.Input[str]
    recovery_group: pulumi.Input[str]
    apps: Sequence[pulumi.Input[str]]
    """Ids of the applications of `delegable`."""


def console(catalogue: Catalogue) -> System | None:
    """The catalogue's system that is Okta's admin console; None when it has none."""
    for system in catalogue.systems.values():
        if (
            system.identity.provider is Provider.OKTA
            and system.identity.federation is Federation.BUILT_IN
            and system.system_kind is SystemKind.IDENTITY_PROVIDER
        ):
            return system
    return None


def holders(catalogue: Catalogue, as_of: date) -> dict[str, tuple[str, ...]]:
    """Roles that hold each entitlement of the console, by the entitlement's name in Okta.

    Left out is a role over applications where none may be delegated. Raises LookupError for an entitlement
    that is no administrator role known here.
    """
    system = console(catalogue)
    found: dict[str, list[str]] = {}
    if system is None:
        return {}
    for role, entitlements in system_grants(catalogue, system.id, as_of).items():
        for reference in entitlements:
            name = catalogue.entitlement(reference).app_role or reference.split("/", 1)[1]
            if name not in DELEGATED:
                known = ", ".join(sorted(DELEGATED))
                raise LookupError(f"{reference}: no administrator role `{name}` in Okta; name one of {known}")
            if DELEGATED[name].reach != "applications" or delegable(catalogue):
                found.setdefault(name, []).append(role)
    return {name: tuple(sorted(roles)) for name, roles in sorted(found.items())}


def delegable(catalogue: Catalogue) -> tuple[str, ...]:
    """Systems whose application a delegated administrator may change and assign, himself included.

    Internal data alone, no risky entitlement, and no tier that asks at every sign-in: whoever assigns an
    application can reach what is in it.
    """
    return tuple(
        system.id
        for system in federated_systems(catalogue, Provider.OKTA)
        if set(system.data_classes) == {DataClass.INTERNAL}
        and not any(entitlement.risks for entitlement in system.entitlements.values())
        and catalogue.access_policy.tiers[system.tier].reauthenticate_hours
    )


def rule_filled(catalogue: Catalogue, roles: Sequence[str]) -> tuple[str, ...]:
    """Those of the roles whose group a rule fills: Okta gives such a group no administrator role."""
    return tuple(role for role in roles if catalogue.roles[role].assignment is Assignment.JOB_CODE)


def admin_group(catalogue: Catalogue, name: str, roles: Sequence[str]) -> AssignedGroupArgs:
    """The assigned group that holds an administrator role for people whose role group a rule fills."""
    system = console(catalogue)
    subject = f"system:{system.id}" if system is not None else "system"
    titles = ", ".join(catalogue.roles[role].title for role in roles)
    return {
        "group_name": f"okta-{name}",
        "description": f"Administrators for {titles}; members are assigned. {note(subject, roles[0])}",
    }


def admin_role(
    catalogue: Catalogue, name: str, url: str, scope: Scope, members: Sequence[pulumi.Input[str]]
) -> AdminRoleArgs:
    """A delegated administrator role; `members` are ids of groups that no rule fills."""
    delegated = DELEGATED[name]
    groups = f"{url}/api/v1/groups/"
    resources: list[pulumi.Input[str]]
    match delegated.reach:
        case "workforce":
            resources = [
                pulumi.Output.concat(groups, scope.help_desk_group, "/users"),
                pulumi.Output.concat(groups, scope.recovery_group),
            ]
        case "applications":
            resources = [pulumi.Output.concat(f"{url}/api/v1/apps/", app) for app in scope.apps]
        case "everything":
            resources = [f"{url}/api/v1/users", f"{url}/api/v1/groups", f"{url}/api/v1/apps"]
    return {
        "label": f"billing {name}",
        "description": f"Delegated: {name}. system:{system.id}"
        if (system := console(catalogue)) is not None
        else name,
        "permissions": delegated.permissions,
        "resources": resources,
        "members": [pulumi.Output.concat(groups, member) for member in members],
    }
