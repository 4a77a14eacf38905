"""The reference organisation's Okta half, declared once for the tests of this folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from okta_program import Declared, run

from billing_identity.stacks.gaps import Gap


@pytest.fixture(scope="session")
def reference() -> tuple[Declared, tuple[Gap, ...]]:
    return run()


@pytest.fixture(scope="session")
def okta_half(reference: tuple[Declared, tuple[Gap, ...]]) -> Declared:
    return reference[0]
