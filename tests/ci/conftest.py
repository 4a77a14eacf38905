"""One clone of the last commit for all tests; each takes one of its own from there."""

from __future__ import annotations

from pathlib import Path

import pytest
from ci_clone import ROOT, Clone


@pytest.fixture(scope="session")
def trunk(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The base of every proposal. Nothing is changed in it."""
    return Clone(ROOT, tmp_path_factory.mktemp("trunk") / "clone")


@pytest.fixture
def clone(trunk: Clone, tmp_path: Path) -> Clone:
    """Where one proposal is made."""
    return Clone(trunk.folder, tmp_path / "clone")
