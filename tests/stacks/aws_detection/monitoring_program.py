"""Runs the AWS layers with detection and workforce, offline."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from billing_identity.review.preview.answers.lookups import LOOKUPS
from billing_identity.review.preview.record import Preview
from billing_identity.review.variant_previews import declared, reference
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.context import Context
from billing_identity.stacks.settings import Settings

ROOT = Path(__file__).parents[3]
AS_OF = date(2026, 11, 24)
LAYERS = ("keys", "logging", "data", "detection", "workforce")


@cache
def company() -> tuple[Catalogue, Settings, Names]:
    catalogue, settings = reference()
    return catalogue, settings, Names(catalogue.organisation.short_name, settings)


def with_aws(**changes: Any) -> Settings:
    settings = company()[1]
    return settings.model_copy(update={"aws": settings.aws.model_copy(update=changes)})


def layers_preview(
    settings: Settings | None = None, gaps: list[Any] | None = None, as_of: date = AS_OF
) -> Preview:
    catalogue, known, _ = company()
    contexts: list[Context] = []
    preview = declared(catalogue, settings or known, LAYERS, day=as_of, contexts=contexts, invokes=LOOKUPS)
    if gaps is not None:
        gaps.extend(contexts[0].gaps)
    return preview


__all__ = ["AS_OF", "ROOT", "company", "layers_preview", "with_aws"]
