"""The plan: what would be declared, by layer and provider."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from billing_identity.review.console import styled
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.stacks.layer import TYPE as LAYER_TYPE
from billing_identity.stacks.program import BUILDERS

PROVIDERS: Mapping[str, str] = {"okta": "Okta", "azuread": "Entra", "aws": "AWS"}
"""Packages as people call them, in the order of columns."""

_OTHER = "-"


@dataclass(frozen=True)
class Row:
    """Resources of one layer in one provider."""

    layer: str
    provider: str
    kinds: Mapping[str, int]
    """Number of resources by kind, most first."""
    protected: int

    @property
    def total(self) -> int:
        """Number of resources."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class Plan:
    """All rows, in the order in which layers are deployed and then of providers."""

    rows: tuple[Row, ...]

    @property
    def total(self) -> int:
        """Number of resources that the services would hold; components and providers left out."""
        return sum(row.total for row in self.rows)

    def by_provider(self) -> dict[str, int]:
        """Number of resources by provider."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts[row.provider] += row.total
        return {name: counts[name] for name in [*PROVIDERS.values(), *counts] if counts[name]}


def plan_of(preview: Preview) -> Plan:
    """The plan of a preview, or of several merged."""
    by_urn = preview.by_urn()
    kinds: dict[tuple[str, str], Counter[str]] = {}
    protected: Counter[tuple[str, str]] = Counter()
    layers: list[str] = []
    for resource in preview.resources():
        layer = layer_of(resource, by_urn)
        key = (layer, PROVIDERS.get(resource.package, resource.package))
        if layer not in layers:
            layers.append(layer)
        kinds.setdefault(key, Counter())[kind_of(resource.type)] += 1
        protected[key] += bool(resource.options.protect)
    order = [*BUILDERS, *layers]
    providers = [*PROVIDERS.values(), *(provider for _, provider in kinds)]
    keys = sorted(kinds, key=lambda key: (order.index(key[0]), providers.index(key[1])))
    return Plan(tuple(Row(*key, dict(_most_first(kinds[key])), protected[key]) for key in keys))


def layer_of(resource: Registration, by_urn: Mapping[str, Registration]) -> str:
    """Name of the layer component above a resource; `-` when there is none."""
    current: Registration | None = resource
    while current is not None:
        if current.type == LAYER_TYPE:
            return current.name
        current = by_urn.get(current.parent) if current.parent else None
    return _OTHER


_APPS = {"saml": "SAML app", "oauth": "OIDC app", "o auth": "OIDC app"}


def kind_of(token: str) -> str:
    """A type token in words: `okta:group/rule:Rule` is `group rule`."""
    module, name = token.split(":")[1].split("/")[0], token.rsplit(":", 1)[-1]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()
    if module == "app" and words in _APPS:
        return _APPS[words]
    return words if module == "index" or module in words.split() else f"{module} {words}"


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def print_plan(console: Console, plan: Plan, *, detail: bool) -> None:
    """The plan as a table: the most frequent kinds of each row, or all of them with `detail`."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=False)
    table.add_column("Layer", no_wrap=True)
    table.add_column("Provider", no_wrap=True)
    table.add_column("Resources", justify="right", no_wrap=True)
    table.add_column("Protected", justify="right", no_wrap=True)
    table.add_column("Of which", overflow="fold")
    previous = ""
    for row in plan.rows:
        shown = list(row.kinds.items()) if detail else list(row.kinds.items())[:3]
        text = ", ".join(f"{count} {plural(kind, count)}" for kind, count in shown)
        rest = row.total - sum(count for _, count in shown)
        if rest:
            text += f", {rest} more"
        table.add_row(
            styled("" if row.layer == previous else row.layer, "bold"),
            styled(row.provider),
            str(row.total),
            str(row.protected) if row.protected else "",
            styled(text, "dim"),
        )
        previous = row.layer
    console.print(table)


def plural(kind: str, count: int) -> str:
    """A kind of resources in words for so many of them."""
    if count == 1 or kind.endswith(("s", "metadata")):
        return kind
    return kind[:-1] + "ies" if kind.endswith("y") and kind[-2] not in "aeiou" else kind + "s"
