"""Delegated administrator roles, and the programs that hold one."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from billing_identity.components.okta.admin_role import AdminRole
from billing_identity.components.okta.api_authorization import ApiAuthorization
from billing_identity.components.okta.assigned_group import AssignedGroup
from billing_identity.components.okta.service_app import ServiceApp
from billing_identity.stacks.bind.okta import administration as bind
from billing_identity.stacks.bind.okta import services
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.okta.groups import Groups
from billing_identity.stacks.layers.okta.sign_in import SignIn
from billing_identity.stacks.settings import OktaSettings


def declare(
    context: Context,
    okta: OktaSettings,
    groups: Groups,
    apps: Mapping[str, pulumi.Output[str]],
) -> dict[str, AdminRole]:
    """Declares a role for each entitlement of the admin console that somebody holds; delegated roles by name.

    Whoever's role group a rule fills is assigned to a group of administrators instead.
    """
    catalogue, options = context.catalogue, context.providers.with_okta()
    found: dict[str, AdminRole] = {}
    scope = bind.Scope(
        help_desk_group=groups.help_desk_scope if groups.help_desk_scope is not None else groups.recovery,
        recovery_group=groups.recovery,
        apps=[apps[system] for system in bind.delegable(catalogue)],
    )
    for name, roles in bind.holders(catalogue, context.as_of).items():
        filled = bind.rule_filled(catalogue, roles)
        members = [groups.roles[role] for role in roles if role not in filled]
        if filled:
            group = AssignedGroup(f"okta-{name}", bind.admin_group(catalogue, name, filled), options)
            members.append(group.group_id)
        found[name] = AdminRole(
            f"admin-{name}", bind.admin_role(catalogue, name, okta.url, scope, members), options
        )
    return found


def programs(
    context: Context, okta: OktaSettings, signed: SignIn, admin_roles: Mapping[str, AdminRole]
) -> None:
    """Declares service accounts, and an authorization server for each system whose API they call."""
    catalogue, options = context.catalogue, context.providers.with_okta()
    console = bind.console(catalogue)
    clients: dict[str, pulumi.Output[str]] = {}
    for account in services.accounts(catalogue, okta):
        args = services.service_app(catalogue, account, okta, signed.network.zone_ids, context.as_of)
        held = services.admin_role_of(catalogue, account, console.id if console is not None else None)
        if held is not None and held in admin_roles:
            args["custom_role_id"] = admin_roles[held].role_id
            args["resource_set_id"] = admin_roles[held].resource_set_id
        clients[account.id] = ServiceApp(f"svc-{account.id}", args, options).client_id
        context.index[f"okta/svc-{account.id}"] = f"service-account:{account.id}"
    if context.settings.capabilities.okta_api_access_management:
        for system, accounts in services.api_systems(catalogue, okta).items():
            ApiAuthorization(
                f"api-{system}",
                services.api_authorization(catalogue, system, accounts, clients),
                options,
            )
            context.index[f"okta/api-{system}"] = f"system:{system}"
