"""The AWS layers of the reference organisation and its variants, previewed offline."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any

from billing_identity.review import variant_previews
from billing_identity.review.preview.record import Registration
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks import variants
from billing_identity.stacks.settings import Settings, load_settings

LAYERS = ("keys", "logging", "data", "detection", "workforce")
Organisation = tuple[Catalogue, Settings]


def with_aws(organisation: Organisation, **values: Any) -> Organisation:
    catalogue, settings = organisation
    return catalogue, settings.model_copy(update={"aws": settings.aws.model_copy(update=values)})


def bare(organisation: Organisation) -> Organisation:
    """In GovCloud, without SFTP, networks, an outside SIEM and another account for backups."""
    aws = organisation[1].aws
    return with_aws(
        organisation,
        region="us-gov-west-1",
        replica_region="us-gov-east-1",
        exchange=None,
        siem=None,
        networks=(),
        backup=aws.backup.model_copy(update={"account": None}),
    )


def grown(organisation: Organisation, count: int = 8) -> Organisation:
    """With so many clients; every fourth has a key and stores of its own."""
    catalogue, settings = organisation
    own, shared = catalogue.clients["riverbend-hospital"], catalogue.clients["lakeside-orthopedics"]
    clients = {
        f"client-{number:03}": (shared if number % 4 else own).model_copy(
            update={"id": f"client-{number:03}", "code": f"C{number:03}", "shard": f"{number % 8 + 1:02}"}
        )
        for number in range(count)
    }
    return dataclasses.replace(catalogue, clients=clients), settings


ORGANISATIONS: dict[str, Callable[[Organisation], Organisation]] = {
    "reference": lambda organisation: organisation,
    "one account": lambda given: (given[0], variants.one_account(given[1])),
    "bare, in GovCloud": bare,
    "grown": grown,
}


@cache
def reference() -> Organisation:
    catalogue = load(REFERENCE).catalogue
    settings, problems = load_settings(variant_previews.ROOT, "prod")
    assert catalogue is not None and settings is not None, problems
    return catalogue, settings


@cache
def declared(name: str) -> tuple[Registration, ...]:
    """Every AWS resource of an organisation."""
    preview = variant_previews.declared(*ORGANISATIONS[name](reference()), LAYERS)
    assert not preview.errors, [str(error) for error in preview.errors]
    return tuple(item for item in preview.resources() if item.type.startswith("aws:"))
