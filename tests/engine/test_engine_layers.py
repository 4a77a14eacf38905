"""The same organisation in a stack a layer: the real engine and the offline preview agree there too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from project import PACK, Project

from billing_identity.review.preview.compare import differences
from billing_identity.review.preview.merge import merge
from billing_identity.review.previewing import Request, previews_of
from billing_identity.stacks.program import BUILDERS

pytestmark = pytest.mark.engine
STACKS = tuple(f"{layer}-prod" for layer in BUILDERS)


def test_layers_in_order(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    for stack in STACKS:
        project.init(stack)
        project.pulumi("up", "--yes", "--skip-preview", *PACK, stack=stack)
    for stack in STACKS:
        project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes", stack=stack)
    previews = previews_of(Request(project.folder, STACKS, date.today()))
    assert [error for preview in previews for error in preview.errors] == []
    states = [project.state_of(stack) for stack in STACKS]
    for preview, state in zip(previews, states, strict=True):
        assert {item.urn for item in preview.registrations} == {item.urn for item in state.registrations}
    # Judged together, since a key's id in one stack is an input in another.
    assert differences(merge(previews), merge(states)) == []
