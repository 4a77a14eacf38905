"""The same organisation in a stack a layer: the real engine and the offline preview agree there too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from project import PACK, Project
from test_engine_reference import HARDENING

from billing_identity.review.preview.compare import differences
from billing_identity.review.preview.merge import merge
from billing_identity.review.stack_runs import Request, previews_of
from billing_identity.sandbox import commands
from billing_identity.stacks.program import BUILDERS

pytestmark = pytest.mark.engine
BUCKET = "aws:s3/bucket:Bucket"
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
    the_end_leaves_nothing_bare(project)


def the_end_leaves_nothing_bare(project: Project) -> None:
    """Every layer destroyed as far as protection allows, last first: each store keeps its hardening, in its
    own stack's state and in the cloud."""
    before = {stack: project.export(stack) for stack in STACKS}
    for stack in reversed(STACKS):
        project.pulumi("destroy", "--yes", "--skip-preview", "--exclude-protected", stack=stack)
    stores = 0
    for stack in STACKS:
        after = project.export(stack)
        assert all(urn in after for urn, item in before[stack].items() if item.get("protect"))
        for item in before[stack].values():
            if item["type"] != BUCKET:
                continue
            stores += 1
            kept = {
                left["type"]
                for left in after.values()
                if (left.get("inputs") or {}).get("bucket") == item["id"]
            }
            assert set(HARDENING) <= kept, f"{item['id']} was left without {set(HARDENING) - kept}"
    assert stores > 20
    there = commands.ls(project.state, "aws")
    buckets = {item["id"] for item in there if item["type"] == BUCKET}
    assert len(buckets) == stores
    for type_ in HARDENING:
        assert buckets <= {item["id"] for item in there if item["type"] == type_}, type_
