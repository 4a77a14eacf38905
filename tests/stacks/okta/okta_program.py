"""Runs the identity layer's Okta half offline, and evaluates the group rules that it declares."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from billing_identity.review.preview.record import Registration
from billing_identity.review.variant_previews import declared, reference
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.layers import identity_okta
from billing_identity.stacks.settings import Settings
from billing_identity.stacks.variants import licensed

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 24)
Declared = dict[tuple[str, str], Registration]


def catalogue() -> Catalogue:
    return reference()[0]


def settings() -> Settings:
    return reference()[1]


def without(**capabilities: bool) -> Settings:
    return licensed(settings(), **capabilities)


def with_policy(**changes: Any) -> Catalogue:
    return replace(catalogue(), access_policy=catalogue().access_policy.model_copy(update=changes))


def enforced(*rings: str) -> Catalogue:
    """The reference organisation while its rollout has reached these rings."""
    since = catalogue().access_policy.enforced_since
    return with_policy(enforced_since={ring: day for ring, day in since.items() if ring in rings})


def run(
    as_of: date = TODAY, *, with_settings: Settings | None = None, with_catalogue: Catalogue | None = None
) -> tuple[Declared, tuple[Gap, ...]]:
    contexts: list[Context] = []
    preview = declared(
        with_catalogue or catalogue(),
        with_settings or settings(),
        ("identity",),
        day=as_of,
        builders={"identity": _okta_half},
        contexts=contexts,
    )
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}, tuple(contexts[0].gaps)


def _okta_half(context: Context) -> None:
    assert context.settings.okta is not None
    identity_okta.build(context, context.settings.okta)


def of(found: Declared, token: str) -> dict[str, Registration]:
    return {name: item for (kind, name), item in found.items() if kind == token}


_TOKEN = re.compile(
    r'\s*(?:(?P<contains>Arrays\.contains\(user\.(?P<array>\w+), "(?P<element>[^"]*)"\))'
    r'|(?P<equals>user\.(?P<attribute>\w+)=="(?P<value>[^"]*)")|(?P<mark>AND|OR|\(|\)))'
)


def holds(expression: str, person: Mapping[str, Any]) -> bool:
    """A group rule's condition over a profile. AND binds before OR; anything unknown is an error."""
    tokens: list[Any] = []
    place = 0
    while place < len(expression):
        match = _TOKEN.match(expression, place)
        assert match is not None, expression[place:]
        place = match.end()
        if match["contains"]:
            tokens.append(match["element"] in person.get(match["array"], ()))
        elif match["equals"]:
            tokens.append(person.get(match["attribute"]) == match["value"])
        else:
            tokens.append(match["mark"])

    def either() -> bool:
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            value = both() or value
        return value

    def both() -> bool:
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            value = one() and value
        return value

    def one() -> bool:
        token = tokens.pop(0)
        if token == "(":
            value = either()
            assert tokens.pop(0) == ")"
            return value
        assert isinstance(token, bool), token
        return token

    value = either()
    assert not tokens, tokens
    return value
