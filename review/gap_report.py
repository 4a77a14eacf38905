"""Stated gaps: what the program does not declare, and what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rich.console import Console

from billing_identity.review.console import styled
from billing_identity.review.plan import PROVIDERS
from billing_identity.review.preview.record import Preview, reveal

_NAMES = {"okta": PROVIDERS["okta"], "entra": PROVIDERS["azuread"], "aws": PROVIDERS["aws"]}


def gaps_of(preview: Preview) -> list[dict[str, str]]:
    """The gaps of a preview or of several merged, sorted: `provider`, `control`, `why`, `standIn`."""
    outputs: Mapping[str, Any] = reveal(preview.stack_outputs)
    parts = [outputs] if "gaps" in outputs else list(outputs.values())
    found: list[dict[str, str]] = []
    for part in parts:
        told: Mapping[str, Any] = cast("Mapping[str, Any]", part) if isinstance(part, Mapping) else {}
        for gap in cast("list[dict[str, str]]", told.get("gaps") or []):
            if gap not in found:
                found.append(gap)
    return sorted(found, key=lambda gap: (gap["provider"], gap["control"]))


def print_gaps(console: Console, preview: Preview, *, detail: bool) -> None:
    """How many there are by provider; with `detail` each with its reason and what stands in for it."""
    found = gaps_of(preview)
    if not found:
        return
    counts = {name: sum(gap["provider"] == key for gap in found) for key, name in _NAMES.items()}
    text = ", ".join(f"{count} in {name}" for name, count in counts.items() if count)
    hint = "" if detail else "; --detail lists them"
    noun = "control is" if len(found) == 1 else "controls are"
    console.print(styled(f"{len(found)} {noun} not declared, with something else in place: {text}{hint}."))
    for gap in found if detail else ():
        console.print(styled(f"gap  {_NAMES[gap['provider']]}: {gap['control']}", "yellow"))
        console.print(styled(f"     {gap['why']}; instead: {gap['standIn']}", "dim"))
