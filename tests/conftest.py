"""How hypothesis runs, and how catalogues are read faster.

Hypothesis runs repeatably by default, since a pull request must not fail by chance.

`pytest --hypothesis-profile=explore` looks for new counterexamples, with ten times as many examples.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from billing_identity.roles.yaml_tree import Tree, read_tree

TREES: dict[tuple[str, bytes], Tree] = {}

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=1000, deadline=None, print_blob=True)
settings.load_profile("repeatable")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files with the same name and bytes are parsed once a session; hundreds of cases differ in one file."""

    def remembered(path: Path, name: str) -> Tree:
        key = (name, path.read_bytes())
        if key not in TREES:
            TREES[key] = read_tree(path, name)
        return TREES[key]

    monkeypatch.setattr("billing_identity.roles.loader.read_tree", remembered)
