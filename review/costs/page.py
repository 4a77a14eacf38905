"""docs/aws-cost.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from billing_identity.review.costs.estimate import (
    Counts,
    Table,
    counts,
    lines,
    per_resource,
    second_region,
    table,
    unpriced,
)
from billing_identity.review.preview.answers.lookups import LOOKUPS
from billing_identity.review.preview.config import load_stack_config
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_program
from billing_identity.stacks.settings import load_settings

DAY = date(2026, 11, 24)
"""Day of the preview that is counted: what is declared must not depend on the day of the count."""
LAYERS = ("keys", "logging", "data", "detection", "workforce")


OWN_KEY = "riverbend-hospital"
"""The one client of the reference organisation whose contract asks for a key and stores of its own."""
SIZES = (4, 400)


def reference(root: Path) -> Preview:
    """The reference organisation's AWS layers. Raises ValueError when they can't be previewed."""
    values = {
        **load_stack_config(root, "all-prod").values,
        "billing-identity:layer": ",".join(LAYERS),
        "billing-identity:asOf": DAY.isoformat(),
    }
    preview = run_program(root, "all-prod", values, invokes=LOOKUPS)
    if preview.errors:
        raise ValueError("\n".join(str(error) for error in preview.errors))
    return preview


def page(root: Path) -> str:
    """The page for the reference organisation. Raises ValueError for a resource without price or reason."""
    prices, preview = table(), reference(root)
    counted = counts(preview)
    missing = unpriced(prices, counted)
    if missing:
        raise ValueError(
            "no price for "
            + ", ".join(f"{type_} in {layer}" for layer, type_ in missing)
            + "; add a line or "
            "a reason to review/costs/prices.yaml"
        )
    client = per_resource(prices, counts(preview, lambda item: OWN_KEY in item.name))
    settings, _ = load_settings(root, "prod")
    other = settings.aws.replica_region if settings is not None else ""
    there = counts(preview, lambda item: item.inputs.get("region") == other)
    west = second_region(prices, counted, there)
    return "\n".join(_text(prices, counted, client, west))


def _text(prices: Table, counted: Counts, client: float, west: float) -> list[str]:
    found = list(lines(prices, counted))
    totals = {layer: sum(line.dollars for line in found if line.price.layer == layer) for layer in LAYERS}
    out = [
        "# What the AWS layers cost a month",
        "",
        "Generated from the counts of the reference deployment and `review/costs/prices.yaml`; `make",
        "generate` rewrites it. An estimate for planning: after the first month Cost Explorer knows better.",
        "",
        f"Prices are those of {prices.region}, on demand, in US dollars, without tax, free tiers, support or",
        f"discounts. They were written down on {prices.written} and compared with what public sources say,",
        "each line with the source that it names; the rest is from memory. AWS's own price list could not be",
        "opened, and no price was checked against an account's bill.",
        "",
        "| layer | resources | dollars a month |",
        "| --- | ---: | ---: |",
    ]
    for layer in LAYERS:
        resources = sum(count for (where, _), count in counted.items() if where == layer)
        out.append(f"| `{layer}` | {resources} | {totals[layer]:.0f} |")
    total = sum(counted.values())
    out += [f"| all | {total} | {sum(totals.values()):.0f} |", ""]
    out += [
        "The size of the data decides, not the number of resources: change the assumptions first.",
        "",
        "## Growth",
        "",
        f"A client with a key and stores of its own adds {client:.2f} dollars by its resources alone: key,",
        "replica, rotations, an alarm, watched buckets. What its data costs stands in the lines below. The",
        f"second Region is {west:.0f} dollars of the sum: its detection, copies of data, replicas of keys.",
        "",
        "| clients with keys of their own | dollars a month, the data the same |",
        "| ---: | ---: |",
        *(f"| {size} | {sum(totals.values()) + (size - 1) * client:.0f} |" for size in SIZES),
        "",
        "## Assumptions",
        "",
        "| | value | |",
        "| --- | ---: | --- |",
    ]
    out += [f"| `{name}` | {item.value:,.0f} | {item.text} |" for name, item in prices.assumptions.items()]
    out += ["", "## Lines", "", "| layer | what | quantity | each | dollars | price page | checked |"]
    out.append("| --- | --- | ---: | ---: | ---: | --- | --- |")
    for line in found:
        each = f"{line.price.each:.7f}".rstrip("0").rstrip(".")
        out.append(
            f"| `{line.price.layer}` | {line.price.what} | {line.quantity:,.0f} | {each} "
            f"| {line.dollars:.2f} | {line.price.source} "
            f"| {line.price.checked or 'from memory, unconfirmed'} |"
        )
    out += ["", "## Sources", "", f"Read on {prices.written} in stored copies.", ""]
    out += [f"- `{name}`: {source}" for name, source in prices.checked.items()]
    out += ["", "## Without a line", ""]
    for reason, globs in prices.free.items():
        used = sorted(globs)
        out.append(f"- {reason[:1].upper()}{reason[1:]}: {', '.join(f'`{glob}`' for glob in used)}.")
    out += [
        "",
        "Not in the estimate: what runs in the accounts (instances, databases, containers, their volumes),",
        "data that leaves AWS, Okta, Entra, the SIEM and the pager. The store of issued documents",
        "holds megabytes: cents, and Macie does not watch its account.",
        "",
    ]
    return out
