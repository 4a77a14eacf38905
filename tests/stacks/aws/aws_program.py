"""Runs the AWS layers of the reference organisation offline, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from iam_evaluator import Caller

from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.preview.run import run_callable
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers import data, keys, logging
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Settings, load_settings

ROOT = Path(__file__).parents[3]
BUILD = {"keys": keys.build, "logging": logging.build, "data": data.build}
OWN_KEY = "riverbend-hospital"
SUFFIX = "0123456789abcdef"


@cache
def catalogue() -> Catalogue:
    loaded = load(ROOT / "roles" / "catalogue")
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


@cache
def settings() -> Settings:
    found, problems = load_settings(ROOT, "prod")
    assert found is not None, problems
    return found


def run(
    layers: Iterable[str] = BUILD,
    *,
    shard: str | None = None,
    unknown: bool = False,
    with_catalogue: Catalogue | None = None,
    with_settings: Settings | None = None,
    references: dict[str, Any] | None = None,
    indexes: list[dict[str, str]] | None = None,
) -> Preview:
    chosen = with_settings or settings()

    def program() -> None:
        context = Context(
            settings=chosen,
            catalogue=with_catalogue or catalogue(),
            as_of=date(2026, 11, 24),
            layers=frozenset(layers),
            providers=Providers(chosen),
            shard=shard,
        )
        for name in BUILD:
            if name in context.layers:
                BUILD[name](context)
        if indexes is not None:
            indexes.append(context.index)

    return run_callable(
        program,
        root=ROOT,
        stack="all-prod",
        project="billing-identity",
        unknown=unknown,
        references=references,
        config={"pulumi:disable-default-providers": '["*"]'},
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
