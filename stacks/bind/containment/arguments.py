"""Incidents, settings and the identity layer's ids as arguments of the containment components."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pulumi

from billing_identity.components.containment.aws import AwsContainmentArgs
from billing_identity.components.containment.entra import EntraContainmentArgs
from billing_identity.components.containment.okta import OktaContainmentArgs
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.settings import AwsSettings, EntraSettings

Ids = Callable[[str], pulumi.Output[str]]
"""Gives an id of the identity layer by its key in `Context.handed`, for example `okta/contained`."""


def okta_arguments(incidents: Incidents, ids: Ids, as_of: date) -> OktaContainmentArgs:
    """What incidents change in Okta."""
    users, _ = incidents.users(as_of)
    withdrawn = incidents.withdrawn(as_of)
    return {
        "contained_group": ids("okta/contained") if users else "",
        "users": users,
        "blocked_networks": incidents.networks(as_of),
        "applications": {
            system: {
                "app_id": ids(f"okta/app/{system}"),
                "usual_policy": ids(f"okta/policy/{system}"),
                "withdrawn": system in withdrawn,
            }
            for system in incidents.applications(Provider.OKTA, incidents.ever_withdrawn())
        },
    }


def entra_arguments(
    incidents: Incidents, entra: EntraSettings, ids: Ids, as_of: date
) -> EntraContainmentArgs:
    """What incidents change in Entra."""
    _, users = incidents.users(as_of)
    return {
        "contained_group": ids("entra/contained") if users else "",
        "break_glass_groups": [entra.break_glass_group],
        "users": users,
        "blocked_networks": incidents.networks(as_of),
        "withdrawn_applications": [
            ids(f"entra/app/{system}")
            for system in incidents.applications(Provider.ENTRA, incidents.withdrawn(as_of))
        ],
    }


def aws_arguments(
    incidents: Incidents, aws: AwsSettings, tags: dict[str, str], as_of: date
) -> AwsContainmentArgs | None:
    """What incidents deny in AWS; None when they deny nothing."""
    users, roles = incidents.aws_principals(as_of)
    before = incidents.sessions_before(as_of)
    if not (users or roles or before):
        return None
    return {
        "accounts": sorted(set(aws.places.values()) - {aws.management_account}),
        "sessions_before": before,
        "users": users,
        "roles": roles,
        "tags": tags,
        "as_of": as_of.isoformat(),
    }
