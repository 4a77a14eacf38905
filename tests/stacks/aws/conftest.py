"""Lends the policy evaluator of the component tests to the layer tests, and runs the layers once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "components" / "aws"))

from aws_program import clean, run

from billing_identity.review.preview.record import Registration


@pytest.fixture(scope="session")
def whole() -> dict[tuple[str, str], Registration]:
    """Every registration of the three layers in one stack, by type and name."""
    return clean(run())
