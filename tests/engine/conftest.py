from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from project import PACK, Project


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if shutil.which("pulumi") is None:
        skip = pytest.mark.skip(reason="the Pulumi CLI is not on PATH")
        for item in items:
            if Path(__file__).parent in Path(str(item.fspath)).parents:
                item.add_marker(skip)


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The whole reference organisation, from empty to done, with the pack, in one stack."""
    project = Project.make(tmp_path_factory.mktemp("engine"))
    project.init("all-prod")
    project.pulumi("up", "--yes", *PACK, stack="all-prod")
    yield project
