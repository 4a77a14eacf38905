"""Runs the AWS layers with detection and workforce, offline."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from billing_identity.review.preview.answers.lookups import LOOKUPS
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_callable
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers import data, detection, keys, logging, workforce
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Settings, load_settings

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 11, 24)
BUILD = {
    "keys": keys.build,
    "logging": logging.build,
    "data": data.build,
    "detection": detection.build,
    "workforce": workforce.build,
}


@cache
def company() -> tuple[Catalogue, Settings, Names]:
    loaded = load(ROOT / "roles" / "catalogue")
    assert loaded.catalogue is not None, loaded.problems
    settings, problems = load_settings(ROOT, "prod")
    assert settings is not None, problems
    return loaded.catalogue, settings, Names(loaded.catalogue.organisation.short_name, settings)


def with_aws(**changes: Any) -> Settings:
    settings = company()[1]
    return settings.model_copy(update={"aws": settings.aws.model_copy(update=changes)})


def layers_preview(
    settings: Settings | None = None, gaps: list[Any] | None = None, as_of: date = AS_OF
) -> Preview:
    catalogue, reference, _ = company()
    chosen = settings or reference

    def program() -> None:
        context = Context(
            settings=chosen,
            catalogue=catalogue,
            as_of=as_of,
            layers=frozenset(BUILD),
            providers=Providers(chosen),
        )
        for build in BUILD.values():
            build(context)
        if gaps is not None:
            gaps.extend(context.gaps)

    return run_callable(
        program,
        root=ROOT,
        stack="all-prod",
        project="billing-identity",
        config={"pulumi:disable-default-providers": '["*"]'},
        invokes=LOOKUPS,
    )


__all__ = ["AS_OF", "ROOT", "company", "layers_preview", "with_aws"]
