"""The identity layer in Entra."""

from __future__ import annotations

import pulumi

from billing_identity.components.entra.assigned_group import AssignedGroup as EntraAssignedGroup
from billing_identity.components.entra.authentication_strengths import AuthenticationStrengths
from billing_identity.components.entra.conditional_access import ConditionalAccess
from billing_identity.components.entra.enterprise_application import EnterpriseApplication
from billing_identity.components.entra.rule_group import RuleGroup as EntraRuleGroup
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind import entra as bind_entra
from billing_identity.stacks.bind.people import federated_systems, groups_in
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.shared import CONTAINED, clients
from billing_identity.stacks.settings import EntraSettings


def build(context: Context, entra: EntraSettings) -> None:
    """Declares roles, applications and sign-in."""
    catalogue, settings, policy = context.catalogue, context.settings, context.catalogue.access_policy
    options = context.providers.with_entra()
    groups: dict[str, pulumi.Output[str]] = {}
    for role in groups_in(catalogue, Provider.ENTRA, context.as_of):
        if role.assignment is Assignment.JOB_CODE:
            args = bind_entra.rule_group(catalogue, settings, role, context.as_of)
            groups[role.id] = EntraRuleGroup(role.id, args, options).object_id
        else:
            assigned = bind_entra.assigned_group(catalogue, settings, role, context.as_of)
            groups[role.id] = EntraAssignedGroup(role.id, assigned, options).object_id
        context.index[f"entra/{role.id}"] = f"role:{role.id}"
    reached = {
        system.id for system in catalogue.systems.values() if system.identity.provider is Provider.ENTRA
    }
    for client in clients(context):
        if reached.intersection(client.systems):
            EntraRuleGroup(f"client-{client.id}", bind_entra.client_group(policy, client), options)
            context.index[f"entra/client-{client.id}"] = f"client:{client.id}"
    contained = EntraAssignedGroup(
        CONTAINED,
        {
            "group_name": CONTAINED,
            "description": "People contained by an incident; conditional access blocks them",
            "assignable_to_role": False,
        },
        context.providers.with_entra(protect=True),
    ).object_id
    context.handed["entra/contained"] = contained
    strengths = AuthenticationStrengths("strengths", bind_entra.strengths(policy), options)
    ConditionalAccess(
        "conditional-access",
        bind_entra.conditional_access(
            catalogue,
            settings,
            entra,
            contained=contained,
            workforce_strength=strengths.workforce_id,
            native_strength=strengths.native_id,
            bootstrap_strength=strengths.bootstrap_id,
        ),
        options,
    )
    for system in federated_systems(catalogue, Provider.ENTRA):
        arguments = bind_entra.enterprise_application(catalogue, system, groups, context.as_of)
        made = EnterpriseApplication(system.id, arguments, options)
        context.handed[f"entra/app/{system.id}"] = made.client_id
        context.index[f"entra/{system.id}"] = f"system:{system.id}"
