"""Fixtures of the catalogue's tests: the reference, and a copy to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from catalogue_bench import Workbench

from billing_identity.roles.loader import REFERENCE, Loaded, load


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    root = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, root)
    return Workbench(root)


@pytest.fixture(scope="session")
def reference() -> Loaded:
    return load(REFERENCE)
