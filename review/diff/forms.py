"""The formats in which a comparison is printed."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How the comparison is printed."""

    HUMAN = "human"
    MARKDOWN = "markdown"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
