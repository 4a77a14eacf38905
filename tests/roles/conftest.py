"""Fixtures of the catalogue's tests: the reference, and a copy to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from catalogue_bench import Workbench

from billing_identity.roles.loader import REFERENCE, Loaded, load
from billing_identity.roles.yaml_tree import Tree, read_tree

TREES: dict[tuple[str, bytes], Tree] = {}


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    root = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, root)
    return Workbench(root)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files with the same name and bytes are parsed once a session; hundreds of cases differ in one file."""

    def remembered(path: Path, name: str) -> Tree:
        key = (name, path.read_bytes())
        if key not in TREES:
            TREES[key] = read_tree(path, name)
        return TREES[key]

    monkeypatch.setattr("billing_identity.roles.loader.read_tree", remembered)


@pytest.fixture(scope="session")
def reference() -> Loaded:
    return load(REFERENCE)
