"""Lends helpers of the neighbouring folders to these tests, and previews the AWS layers once."""

import sys
from pathlib import Path

import pytest

_TESTS = Path(__file__).parents[2]
for folder in ("components/aws", "components/aws_detection", "stacks/aws"):
    sys.path.insert(0, str(_TESTS / folder))

from monitoring_program import layers_preview  # noqa: E402

from billing_identity.review.preview.record import Registration  # noqa: E402


@pytest.fixture(scope="session")
def monitored() -> dict[tuple[str, str], Registration]:
    """Every registration of the AWS layers in one stack, by type and name."""
    found = layers_preview()
    assert not found.errors, [str(error) for error in found.errors]
    return {(item.type, item.name): item for item in found.registrations}
