"""Runs the variants of the organisation once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from entra_program import Whole, entra_only, run


@pytest.fixture(scope="session")
def reference() -> Whole:
    return run()[0]


@pytest.fixture(scope="session")
def without_okta() -> Whole:
    return run(entra_only())[0]
