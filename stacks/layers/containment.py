"""Layer `containment`: what open incidents change, in a small stack that waits for nothing else.

In a stack of its own it reads only the incidents and the systems of the catalogue: a fault anywhere else in
it, or a finding of any other check, holds up nothing (`declare_alone`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pulumi

from billing_identity.components.containment.aws import AwsContainment
from billing_identity.components.containment.entra import EntraContainment
from billing_identity.components.containment.okta import OktaContainment
from billing_identity.roles.model.vocabulary import Federation
from billing_identity.stacks.bind.containment import handover
from billing_identity.stacks.bind.containment.arguments import (
    Ids,
    aws_arguments,
    entra_arguments,
    okta_arguments,
)
from billing_identity.stacks.bind.containment.contained import confirmed
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.quarantine import beyond_the_denial
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap, as_output
from billing_identity.stacks.layer import Layer
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Settings

NAME = "containment"


def build(context: Context) -> None:
    """Declares the layer beside others; the identity layer's ids pass within the run or by reference."""
    ids: Ids = handover.Reference(context.settings.environment)
    if "identity" not in context.layers:
        ids = confirmed(ids, context.providers)
    else:
        ids = lambda key: handover.of_run(context.handed, key)  # noqa: E731
    incidents = Incidents.of(context.catalogue)
    declare(incidents, context.settings, context.providers, ids, context.as_of)
    context.gaps.extend(gaps(incidents, context.settings, context.as_of))


def declare_alone(incidents: Incidents, settings: Settings, as_of: date) -> None:
    """Declares the layer as all that its stack holds, with its outputs."""
    providers = Providers(settings)
    with providers.inside(Layer(NAME)):
        ids = confirmed(handover.Reference(settings.environment), providers)
        declare(incidents, settings, providers, ids, as_of)
    pulumi.export("asOf", as_of.isoformat())
    pulumi.export("gaps", as_output(gaps(incidents, settings, as_of)))


def declare(incidents: Incidents, settings: Settings, providers: Providers, ids: Ids, as_of: date) -> None:
    """Declares what the incidents in force change, in every provider that the settings name."""
    if settings.okta is not None:
        OktaContainment(NAME, okta_arguments(incidents, ids, as_of), providers.with_okta())
    if settings.entra is not None and settings.capabilities.entra_p1:
        arguments = entra_arguments(incidents, settings.entra, ids, as_of)
        EntraContainment(NAME, arguments, providers.with_entra())
    denied = aws_arguments(incidents, settings.aws, tags(incidents, settings, as_of), as_of)
    if denied is not None and settings.capabilities.aws_organization:
        AwsContainment(NAME, denied, providers.with_aws_management())
    pulumi.export("incidents", [incident.id for incident in incidents.in_force(as_of)])


def tags(incidents: Incidents, settings: Settings, as_of: date) -> dict[str, str]:
    """Tags of the denial: who answers, what data, which incidents."""
    found = [incident.id for incident in incidents.in_force(as_of)]
    return {
        "Owner": "security-officer",
        "DataClass": "security",
        "Environment": settings.environment,
        "CatalogueId": f"incident:{found[0]}" if len(found) == 1 else f"incident:{len(found)}-open",
    }


def gaps(incidents: Incidents, settings: Settings, as_of: date) -> Iterable[Gap]:
    """What containment can't declare here: for want of a licence or of an AWS organisation, and systems that
    are no application."""
    if settings.entra is not None and not settings.capabilities.entra_p1:
        yield Gap(
            "entra",
            "contained people, blocked addresses and withdrawn applications denied by conditional access",
            "no Entra ID P1: nothing would deny the members of the group",
            "the incident's runbook disables each account and each application, with the calls to make; "
            "addresses can't be blocked",
        )
    if not settings.capabilities.aws_organization:
        yield Gap(
            "aws",
            "sessions and principals of an incident denied",
            "service control policies need an AWS organisation",
            "the incident's runbook revokes role sessions one by one, with the calls to make",
        )
    elif unreached := [
        role for item in incidents.in_force(as_of) for role in beyond_the_denial(item, settings)
    ]:
        yield Gap(
            "aws",
            f"quarantine of {', '.join(sorted(unreached))}",
            "no service control policy reaches the management account",
            "the incident's runbook denies each role by a policy of its own, with the call to make",
        )
    for name in sorted(incidents.withdrawn(as_of)):
        identity = incidents.systems[name].identity if name in incidents.systems else None
        if identity is None or identity.federation in (None, Federation.BUILT_IN):
            yield Gap(
                "entra" if identity is not None and identity.provider.value == "entra" else "okta",
                f"withdrawal of {name}",
                "it is no application of an identity provider: local accounts, or the provider itself",
                "the incident's runbook names the person and the screen",
            )
