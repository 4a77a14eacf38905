"""Applications, their assignments and their provisioning."""

from __future__ import annotations

import pulumi

from billing_identity.components.okta.application import Application
from billing_identity.components.okta.provisioning import Provisioning
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.stacks.bind.okta import applications as bind
from billing_identity.stacks.bind.people import federated_systems
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.okta.groups import Groups
from billing_identity.stacks.layers.okta.sign_in import SignIn
from billing_identity.stacks.layers.shared import after
from billing_identity.stacks.settings import OktaSettings


def declare(
    context: Context, okta: OktaSettings, groups: Groups, signed: SignIn
) -> dict[str, pulumi.Output[str]]:
    """Declares each federated system as an application under its tier's policy; ids by system."""
    catalogue, settings, options = context.catalogue, context.settings, context.providers.with_okta()
    found: dict[str, pulumi.Output[str]] = {}
    for system in federated_systems(catalogue, Provider.OKTA):
        if system.identity.federation is Federation.PERMISSION_SET and settings.aws.identity_center is None:
            continue
        tier = signed.tiers[system.tier]
        arguments = bind.application(catalogue, settings, system, tier.policy_id, groups.roles, context.as_of)
        made = Application(system.id, arguments, after(options, tier))
        found[system.id] = made.app_id
        context.handed[f"okta/app/{system.id}"] = made.app_id
        context.handed[f"okta/policy/{system.id}"] = tier.policy_id
        context.index[f"okta/{system.id}"] = f"system:{system.id}"
        switches = bind.provisioning(catalogue, okta, system, made.app_id, groups.roles, context.as_of)
        if switches is not None:
            Provisioning(f"scim-{system.id}", switches, options)
            context.index[f"okta/scim-{system.id}"] = f"system:{system.id}"
    return found
