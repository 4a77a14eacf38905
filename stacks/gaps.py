"""Gaps: controls that are not declared here, each with what stands in for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Where = Literal["okta", "entra", "aws"]


@dataclass(frozen=True, order=True)
class Gap:
    """One control that the program can't or may not declare. A stated gap blocks nothing; it is shown.

    `control` names it in a few words and is the gap's identity within its provider.
    """

    provider: Where
    control: str
    why: str
    """The missing licence, resource or credential."""
    stand_in: str
    """What is done instead, and by whom or by which other resource."""


def as_output(gaps: Iterable[Gap]) -> list[dict[str, str]]:
    """The gaps as the stack output `gaps`: sorted, each once."""
    return [
        {"provider": gap.provider, "control": gap.control, "why": gap.why, "standIn": gap.stand_in}
        for gap in sorted(set(gaps))
    ]
