"""The reference organisation on the real engine, in one stack, against the sandbox."""

from __future__ import annotations

import json
from datetime import date

import pytest
from project import PACK, Project

from billing_identity.review.preview.compare import differences
from billing_identity.review.preview.config import load_stack_config
from billing_identity.review.preview.run import run_program

pytestmark = pytest.mark.engine
STACK = "all-prod"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
HARDENING = (
    BLOCK,
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
)


def test_from_empty_to_done(deployed: Project) -> None:
    state = deployed.export(STACK)
    types = {resource["type"] for resource in state.values()}
    assert {"okta:group/rule:Rule", "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"} <= types
    assert {"aws:kms/key:Key", "aws:cloudtrail/trail:Trail", BLOCK} <= types


def test_a_second_up_changes_nothing(deployed: Project) -> None:
    deployed.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes", stack=STACK)


def test_refresh_finds_nothing(deployed: Project) -> None:
    deployed.pulumi("refresh", "--preview-only", "--expect-no-changes", stack=STACK)


def test_engine_and_offline_preview_agree(deployed: Project) -> None:
    config = load_stack_config(deployed.folder, STACK)
    values = {**config.values, "billing-identity:asOf": date.today().isoformat()}
    preview = run_program(deployed.folder, STACK, values)
    assert not preview.errors
    assert differences(preview, deployed.state_of(STACK)) == []


def test_a_tampered_object_is_found(deployed: Project) -> None:
    bucket = next(resource for resource in deployed.export(STACK).values() if resource["type"] == BLOCK)
    edit = ("sandbox", "edit", BLOCK, bucket["id"], "--state", str(deployed.state))
    done = deployed.cli(*edit, json.dumps({"blockPublicPolicy": False}))
    assert done.returncode == 0, done.stderr
    said = deployed.pulumi("refresh", "--preview-only", "--expect-no-changes", stack=STACK, code=None)
    assert "blockPublicPolicy" in said
    assert "error" in said
    assert deployed.cli(*edit, json.dumps({"blockPublicPolicy": True})).returncode == 0
    deployed.pulumi("refresh", "--preview-only", "--expect-no-changes", stack=STACK)


def test_preview_with_the_pack_passes(deployed: Project) -> None:
    said = deployed.pulumi("preview", *PACK, stack=STACK)
    assert "mandatory" not in said.replace("mandatory policies", "")


def test_destroy_leaves_what_is_protected_with_its_hardening(deployed: Project) -> None:
    before = deployed.export(STACK)
    deployed.pulumi("destroy", "--yes", "--skip-preview", "--exclude-protected", stack=STACK)
    after = deployed.export(STACK)
    assert all(urn in after for urn, resource in before.items() if resource.get("protect"))
    buckets = [resource for resource in before.values() if resource["type"] == "aws:s3/bucket:Bucket"]
    assert buckets
    for bucket in buckets:
        kept = {
            resource["type"]
            for resource in after.values()
            if (resource.get("inputs") or {}).get("bucket") == bucket["id"]
        }
        assert set(HARDENING) <= kept, f"{bucket['id']} was left without {set(HARDENING) - kept}"
    groups = [resource for resource in after.values() if resource["type"] == "okta:group/rule:Rule"]
    assert groups == [], "what is not protected is gone"
