"""A month's cost by layer: the price table over the counts of a preview."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from billing_identity.review.preview.record import Preview, Registration
from billing_identity.stacks.layer import TYPE as LAYER

PRICES = Path(__file__).parent / "prices.yaml"
Counts = dict[tuple[str, str], int]
"""Resources by layer and type."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Assumption(_Strict):
    """A quantity that no deployment tells."""

    value: float
    text: str


class Price(_Strict):
    """A line: `each` dollars for every resource of `type` in the layer, for every unit of the assumption
    `use`, or for their product."""

    layer: str
    what: str
    each: float
    source: str
    """The price page of AWS on which it stands."""
    checked: str | None = None
    """The public source that says the same, by its name in the table; None: from memory."""
    type: str | None = None
    use: str | None = None
    second_region: float = 0
    """Share of a line without `type` that the second Region causes; of one with `type` it is counted."""


class Table(_Strict):
    """The price file."""

    written: date
    region: str
    hours: int
    assumptions: dict[str, Assumption]
    checked: dict[str, str]
    """Public sources with which prices were compared on the day `written`, by a short name."""
    lines: tuple[Price, ...]
    free: dict[str, tuple[str, ...]]
    """Globs of types without a line, by the reason."""


@dataclass(frozen=True)
class Line:
    """A price with its quantity."""

    price: Price
    quantity: float

    @property
    def dollars(self) -> float:
        """Dollars a month."""
        return self.price.each * self.quantity


def table(path: Path = PRICES) -> Table:
    """The price table. Raises pydantic's ValidationError for another form, and ValueError for a line about no
    assumption, with neither type nor use, or checked with no source of the table."""
    found = Table.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    for line in found.lines:
        if line.type is None and line.use is None:
            raise ValueError(f"{line.layer}, {line.what}: neither `type` nor `use`")
        if line.use is not None and line.use not in found.assumptions:
            raise ValueError(f"{line.layer}, {line.what}: no assumption {line.use!r}")
        if line.checked is not None and line.checked not in found.checked:
            raise ValueError(f"{line.layer}, {line.what}: no source {line.checked!r}")
    return found


def counts(preview: Preview, wanted: Callable[[Registration], bool] = lambda _: True) -> Counts:
    """AWS resources of a preview by layer and type, those alone that are `wanted`."""
    parents = {item.urn: item for item in preview.registrations}
    found: Counter[tuple[str, str]] = Counter()
    for item in preview.registrations:
        if not item.type.startswith("aws:") or not wanted(item):
            continue
        above = item
        while above.type != LAYER and above.parent in parents:
            above = parents[above.parent]
        found[(above.name if above.type == LAYER else "", item.type)] += 1
    return dict(found)


def lines(prices: Table, counted: Counts) -> Iterator[Line]:
    """Every line with its quantity, in the order of the file; none about what is not declared."""
    for price in prices.lines:
        quantity = 1.0 if price.type is None else float(counted.get((price.layer, price.type), 0))
        if price.use is not None:
            quantity *= prices.assumptions[price.use].value
        if quantity:
            yield Line(price, quantity)


def per_resource(prices: Table, counted: Counts) -> float:
    """Dollars a month of the lines that are priced by resource alone, whatever its use."""
    return sum(line.dollars for line in lines(prices, counted) if line.price.type and not line.price.use)


def second_region(prices: Table, counted: Counts, there: Counts) -> float:
    """Dollars a month that the second Region causes: its resources `there`, and its share of the rest."""
    own = sum(line.dollars for line in lines(prices, there) if line.price.type)
    return own + sum(line.dollars * line.price.second_region for line in lines(prices, counted))


def unpriced(prices: Table, counted: Counts) -> list[tuple[str, str]]:
    """Layers and types with neither a line nor a reason to have none."""
    priced = {(line.layer, line.type) for line in prices.lines}
    globs = [glob for group in prices.free.values() for glob in group]
    return sorted(
        (layer, type_)
        for layer, type_ in counted
        if (layer, type_) not in priced and not any(fnmatchcase(type_, glob) for glob in globs)
    )
