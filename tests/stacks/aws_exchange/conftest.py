"""Lends helpers of the neighbouring folders, and previews keys, logging and data once."""

import sys
from pathlib import Path
from typing import Any

import pytest

_TESTS = Path(__file__).parents[2]
for folder in ("components/aws", "stacks/aws"):
    sys.path.insert(0, str(_TESTS / folder))

from aws_program import clean, run  # noqa: E402


@pytest.fixture(scope="session")
def whole() -> dict[tuple[str, str], Any]:
    """Every registration of the three layers in one stack, by type and name."""
    return dict(clean(run()))
