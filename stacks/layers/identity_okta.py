"""The identity layer in Okta."""

from __future__ import annotations

import pulumi

from billing_identity.components.okta.application import Application
from billing_identity.components.okta.assigned_group import AssignedGroup as OktaAssignedGroup
from billing_identity.components.okta.enrolment import Enrolment
from billing_identity.components.okta.first_party import FirstPartyPolicy
from billing_identity.components.okta.network import Network
from billing_identity.components.okta.password_policy import PasswordPolicy
from billing_identity.components.okta.profile_attributes import ProfileAttributes
from billing_identity.components.okta.rule_group import RuleGroup as OktaRuleGroup
from billing_identity.components.okta.session_policy import SessionPolicy
from billing_identity.components.okta.sign_on_policy import SignOnPolicy
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Federation, Provider, SystemKind
from billing_identity.stacks.bind import okta as bind_okta
from billing_identity.stacks.bind.people import federated_systems, groups_in
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.shared import CONTAINED, after, clients
from billing_identity.stacks.settings import OktaSettings


def build(context: Context, okta: OktaSettings) -> None:
    """Declares roles, applications and sign-in."""
    catalogue, settings, policy = context.catalogue, context.settings, context.catalogue.access_policy
    options = context.providers.with_okta()
    attributes = ProfileAttributes(
        "profile", bind_okta.profile_attributes(policy), context.providers.with_okta()
    )
    groups: dict[str, pulumi.Output[str]] = {}
    for role in groups_in(catalogue, Provider.OKTA, context.as_of):
        if role.assignment is Assignment.JOB_CODE:
            args = bind_okta.rule_group(catalogue, settings, role, context.as_of)
            groups[role.id] = OktaRuleGroup(role.id, args, after(options, attributes)).group_id
        else:
            assigned = bind_okta.assigned_group(catalogue, settings, role, context.as_of)
            groups[role.id] = OktaAssignedGroup(role.id, assigned, options).group_id
        context.index[f"okta/{role.id}"] = f"role:{role.id}"
    for client in clients(context):
        OktaRuleGroup(
            f"client-{client.id}", bind_okta.client_group(policy, client), after(options, attributes)
        )
        context.index[f"okta/client-{client.id}"] = f"client:{client.id}"
    contained = OktaAssignedGroup(
        CONTAINED,
        {
            "group_name": CONTAINED,
            "description": "People contained by an incident; every sign-in policy denies them",
        },
        context.providers.with_okta(protect=True),
    ).group_id
    context.handed["okta/contained"] = contained
    network = Network("network", bind_okta.network(policy, settings), options)
    everyone = [okta.everyone_group]
    Enrolment("enrolment", bind_okta.enrolment(everyone), options)
    PasswordPolicy("passwords", bind_okta.password_policy(policy, everyone), options)
    SessionPolicy("session", bind_okta.session_policy(policy, everyone, contained), options)
    systems = federated_systems(catalogue, Provider.OKTA)
    tiers = {
        system.tier for system in catalogue.systems.values() if system.identity.provider is Provider.OKTA
    }
    policies: dict[str, SignOnPolicy] = {}
    for name in sorted(tiers):
        args_policy = bind_okta.sign_on_policy(
            name, policy.tiers[name], settings, network.zone_ids, contained, okta.break_glass_group
        )
        policies[name] = SignOnPolicy(f"tier-{name}", args_policy, options)
    for system in systems:
        if system.identity.federation is Federation.PERMISSION_SET and settings.aws.identity_center is None:
            continue
        tier = policies[system.tier]
        arguments = bind_okta.application(catalogue, settings, system, tier.policy_id, groups, context.as_of)
        made = Application(system.id, arguments, after(options, tier))
        context.handed[f"okta/app/{system.id}"] = made.app_id
        context.handed[f"okta/policy/{system.id}"] = tier.policy_id
        context.index[f"okta/{system.id}"] = f"system:{system.id}"
    _okta_consoles(context, okta, policies, contained)


def _okta_consoles(
    context: Context, okta: OktaSettings, policies: dict[str, SignOnPolicy], contained: pulumi.Output[str]
) -> None:
    """Okta's own applications last: the console that could undo a mistake is the last to get stricter."""
    for system in context.catalogue.systems.values():
        identity = system.identity
        if (
            identity.provider is Provider.OKTA
            and identity.federation is Federation.BUILT_IN
            and system.system_kind is SystemKind.IDENTITY_PROVIDER
        ):
            tier = policies[system.tier]
            FirstPartyPolicy(
                system.id,
                {"app_id": okta.admin_console_app, "policy_id": tier.policy_id},
                after(context.providers.with_okta(), tier),
            )
            context.index[f"okta/{system.id}"] = f"system:{system.id}"
    dashboard = SignOnPolicy(
        "dashboard",
        bind_okta.dashboard_policy(
            context.catalogue.access_policy, context.settings, contained, okta.break_glass_group
        ),
        context.providers.with_okta(),
    )
    FirstPartyPolicy(
        "okta-dashboard",
        {"app_id": okta.dashboard_app, "policy_id": dashboard.policy_id},
        after(context.providers.with_okta(), dashboard),
    )
