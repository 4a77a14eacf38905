"""The reference organisation and its variants, previewed offline, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from billing_identity.review import variant_previews
from billing_identity.review.preview.record import Preview
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks import variants
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.settings import Settings

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
NAMES = ("reference", "okta-only", "entra-only")


@cache
def organisation(name: str) -> tuple[Catalogue, Settings]:
    catalogue, settings = variant_previews.reference()
    if name == "okta-only":
        return variants.okta_only(catalogue, settings)
    if name == "entra-only":
        return variants.entra_only(catalogue, settings)
    return catalogue, settings


def run(
    catalogue: Catalogue,
    settings: Settings,
    layers: Iterable[str] = ("identity",),
    day: date = DAY,
    gaps: list[Gap] | None = None,
) -> Preview:
    """The layers as the program declares them, in one stack."""
    contexts: list[Context] = []
    preview = variant_previews.declared(catalogue, settings, layers, day=day, contexts=contexts)
    assert not preview.errors, [str(error) for error in preview.errors]
    if gaps is not None:
        gaps.extend(contexts[0].gaps)
    return preview


@cache
def declared(name: str) -> Preview:
    return run(*organisation(name))
