"""Profile attributes, and the groups of roles, clients, rings and requests."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from billing_identity.components.okta.assigned_group import AssignedGroup
from billing_identity.components.okta.profile_attributes import ProfileAttributes
from billing_identity.components.okta.rule_group import RuleGroup
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.naming import (
    CONTAINED,
    HELP_DESK_SCOPE,
    RECOVERY,
    TEXT_CODES,
    eligible_group_name,
    ring_group_name,
)
from billing_identity.stacks.bind.okta import groups as bind
from billing_identity.stacks.bind.okta import sign_in
from billing_identity.stacks.bind.people import groups_in
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.shared import after, clients

"""People whom the help desk has identified after the loss of a device."""


@dataclass(frozen=True)
class Groups:
    """Ids of what was declared. `eligible` is by requested role, `rings` by ring."""

    roles: dict[str, pulumi.Output[str]]
    eligible: dict[str, pulumi.Output[str]]
    rings: dict[str, pulumi.Output[str]]
    contained: pulumi.Output[str]
    recovery: pulumi.Output[str]
    help_desk_scope: pulumi.Output[str] | None
    text_codes: pulumi.Output[str] | None

    def enforced(self, context: Context) -> list[pulumi.Output[str]]:
        """Groups that the rollout has reached; empty when it is complete."""
        catalogue = context.catalogue
        if bind.everybody_enforced(catalogue.access_policy):
            return []
        reached = bind.enforced_rings(catalogue.access_policy)
        found = [self.rings[ring] for ring in reached if ring in self.rings]
        return found + [self.roles[role] for role in bind.enforced_assigned(catalogue) if role in self.roles]


def declare(context: Context) -> Groups:
    """Declares the attributes first: a rule over an unknown one is refused."""
    catalogue, as_of, policy = context.catalogue, context.as_of, context.catalogue.access_policy
    options = context.providers.with_okta()
    attributes = ProfileAttributes("profile", bind.profile_attributes(policy), options)
    ruled = after(options, attributes)
    roles: dict[str, pulumi.Output[str]] = {}
    eligible: dict[str, pulumi.Output[str]] = {}
    for role in groups_in(catalogue, Provider.OKTA, as_of):
        if role.assignment is Assignment.JOB_CODE:
            roles[role.id] = RuleGroup(role.id, bind.rule_group(catalogue, role, as_of), ruled).group_id
        else:
            roles[role.id] = AssignedGroup(
                role.id, bind.assigned_group(catalogue, role, as_of), options
            ).group_id
        if role.request is not None:
            name = eligible_group_name(role.id)
            eligible[role.id] = RuleGroup(name, bind.eligible_group(catalogue, role, as_of), ruled).group_id
            context.index[f"okta/{name}"] = f"role:{role.id}"
        context.index[f"okta/{role.id}"] = f"role:{role.id}"
    for client in clients(context):
        RuleGroup(f"client-{client.id}", bind.client_group(policy, client), ruled)
        context.index[f"okta/client-{client.id}"] = f"client:{client.id}"
    rings = {
        ring: RuleGroup(ring_group_name(ring), args, ruled).group_id
        for ring, args in bind.ring_groups(catalogue).items()
    }
    scope = None
    if bind.help_desk_codes(catalogue):
        scope = RuleGroup(HELP_DESK_SCOPE, bind.help_desk_scope(catalogue), ruled).group_id
    return Groups(
        roles=roles,
        eligible=eligible,
        rings=rings,
        contained=_contained(context),
        recovery=AssignedGroup(
            RECOVERY,
            {
                "group_name": RECOVERY,
                "description": "Identified by the help desk after a loss: may enrol a factor from anywhere",
            },
            options,
        ).group_id,
        help_desk_scope=scope,
        text_codes=_text_codes(context),
    )


def _contained(context: Context) -> pulumi.Output[str]:
    contained = AssignedGroup(
        CONTAINED,
        {
            "group_name": CONTAINED,
            "description": "People contained by an incident; every sign-in policy denies them",
        },
        context.providers.with_okta(protect=True),
    ).group_id
    context.handed["okta/contained"] = contained
    return contained


def _text_codes(context: Context) -> pulumi.Output[str] | None:
    policy = context.catalogue.access_policy
    ends = sign_in.text_codes_until(policy, context.as_of)
    if ends is None or policy.sms_fallback is None:
        return None
    return AssignedGroup(
        TEXT_CODES,
        {
            "group_name": TEXT_CODES,
            "description": f"{policy.sms_fallback.group}, until {ends}. access-policy; data none",
        },
        context.providers.with_okta(),
    ).group_id
