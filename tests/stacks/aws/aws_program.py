"""Runs the AWS layers of the reference organisation offline, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from iam_evaluator import Caller

from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.variant_previews import declared, reference
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.context import Context
from billing_identity.stacks.settings import Settings

ROOT = Path(__file__).parents[3]
LAYERS = ("keys", "logging", "data")
OWN_KEY = "riverbend-hospital"
SUFFIX = "0123456789abcdef"


def catalogue() -> Catalogue:
    return reference()[0]


def settings() -> Settings:
    return reference()[1]


def run(
    layers: Iterable[str] = LAYERS,
    *,
    shard: str | None = None,
    unknown: bool = False,
    with_catalogue: Catalogue | None = None,
    with_settings: Settings | None = None,
    references: dict[str, Any] | None = None,
    contexts: list[Context] | None = None,
) -> Preview:
    return declared(
        with_catalogue or catalogue(),
        with_settings or settings(),
        layers,
        shard=shard,
        contexts=contexts,
        unknown=unknown,
        references=references,
    )


def clean(preview: Preview) -> dict[tuple[str, str], Registration]:
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}


def policy(whole: dict[tuple[str, str], Registration], type_: str, name: str) -> str:
    found = whole[(type_, name)].inputs["policy"]
    assert isinstance(found, str)
    return found


KEY, REPLICA, BUCKET = "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def federated(account: str, permission_set: str) -> Caller:
    path = "aws-reserved/sso.amazonaws.com"
    return Caller(
        f"arn:aws:iam::{account}:role/{path}/AWSReservedSSO_{permission_set}_{SUFFIX}",
        organization=settings().aws.organization_id,
    )


def context_of(bucket: str, region: str = "us-east-1") -> dict[str, str]:
    return {
        "kms:ViaService": f"s3.{region}.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}",
    }
