"""The terminal: one console for results, one for what goes wrong, and text made harmless."""

from __future__ import annotations

import os
import unicodedata

from rich.console import Console
from rich.text import Text


def output() -> Console:
    """For results. Colour only on a terminal; at most 100 columns where nothing says how wide it is."""
    return Console(highlight=False, soft_wrap=False, width=_width(), emoji=False, markup=False)


def errors() -> Console:
    """For progress and faults, on standard error."""
    return Console(stderr=True, highlight=False, width=_width(), emoji=False, markup=False)


def _width() -> int | None:
    return None if os.environ.get("COLUMNS") or os.isatty(1) else 100


def plain(text: str) -> str:
    """Text from a file, with control characters made visible, so that it can't steer the terminal."""
    return "".join(
        character
        if character == "\n" or unicodedata.category(character)[0] != "C"
        else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def styled(text: str, style: str = "") -> Text:
    """Harmless text in a style; no markup in it is interpreted."""
    return Text(plain(text), style=style)
