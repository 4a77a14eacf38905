"""The guards of an account, bound for the layer that looks after it."""

from __future__ import annotations

from billing_identity.components.aws.account_guards import AccountGuardsArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.stores import tags
from billing_identity.stacks.settings import Place, Settings


def guard_args(catalogue: Catalogue, settings: Settings, purpose: Place) -> AccountGuardsArgs:
    """Guards of the account of a purpose, in both Regions."""
    system = cloud_system(catalogue)
    return {
        "account_id": settings.aws.places[purpose],
        "regions": [settings.aws.region, settings.aws.replica_region],
        "tags": tags(settings, system.owner, "security", f"system:{system.id}"),
    }
