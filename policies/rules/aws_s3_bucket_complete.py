"""Each bucket has what protects it: S3 declares these apart, and leaving one out leaves its weak default."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    AWS_BUCKET,
    AWS_BUCKET_ENCRYPTION,
    AWS_BUCKET_POLICY,
    AWS_BUCKET_PUBLIC_ACCESS,
    AWS_BUCKET_VERSIONING,
)
from billing_identity.policies.framework.wire import UNKNOWN

COMPANIONS = {
    AWS_BUCKET_PUBLIC_ACCESS: "BucketPublicAccessBlock (public access is possible)",
    AWS_BUCKET_VERSIONING: "BucketVersioning (what is overwritten is gone)",
    AWS_BUCKET_ENCRYPTION: "BucketServerSideEncryptionConfiguration (Amazon's own key)",
    AWS_BUCKET_POLICY: "BucketPolicy (plain HTTP is answered)",
}


def _complete(graph: Graph, _: RuleContext) -> Iterator[Finding]:
    have: dict[str, set[str]] = {kind: set() for kind in COMPANIONS}
    doubtful: dict[str, list[str]] = {kind: [] for kind in COMPANIONS}
    for kind in COMPANIONS:
        for companion in graph.of(kind):
            try:
                bucket = graph.target(companion, "bucket", (AWS_BUCKET,))
                if bucket is not None:
                    have[kind].add(bucket.urn)
            except (UndecidedError, MalformedError):
                doubtful[kind].append(companion.name)
    for bucket in graph.of(AWS_BUCKET):
        for kind, what in COMPANIONS.items():
            if bucket.urn in have[kind]:
                continue
            if doubtful[kind]:
                which = ", ".join(doubtful[kind])
                yield Finding(f"can't tell yet which bucket {which} belongs to", urn=bucket.urn, doubt=True)
            else:
                yield Finding(f"the bucket has no {what}", urn=bucket.urn)
        yield from told(_destroyable(bucket), bucket.urn)


def _destroyable(bucket: ResourceView) -> Iterator[Finding]:
    if bucket.flag("forceDestroy", default=False):
        yield Finding("`forceDestroy` is true: `destroy` deletes every object", urn=bucket.urn)


_NAME = "meridian-prod-edi-835"


def _records(
    *left_out: str, named: object = _NAME, depends: bool = False, **more: object
) -> tuple[ResourceRecord, ...]:
    bucket = f"urn:pulumi:prod::data::{AWS_BUCKET}::edi-835"
    return (
        ResourceRecord(bucket, AWS_BUCKET, "edi-835", {"bucket": _NAME, **more}, id=_NAME),
        *(
            ResourceRecord(
                f"urn:pulumi:prod::data::{kind}::edi-835",
                kind,
                "edi-835",
                {"bucket": named},
                property_dependencies={"bucket": (bucket,)} if depends else {},
            )
            for kind in COMPANIONS
            if kind not in left_out
        ),
    )


RULE = StackRule(
    title="S3 buckets have everything that protects them",
    severity=Severity.HIGH,
    why="S3's protections are resources of their own; what is not declared stays at its weak default.",
    remedy="declare the missing resource for the bucket, and leave `forceDestroy` false",
    types=(AWS_BUCKET,),
    checks=(_complete,),
    reads={
        **dict.fromkeys((f"{kind}: bucket" for kind in COMPANIONS), "fails"),
        f"{AWS_BUCKET}: forceDestroy": "safe",
    },
    weaker={
        **dict.fromkeys((f"{kind}: bucket" for kind in COMPANIONS), ("other", "")),
        f"{AWS_BUCKET}: forceDestroy": (True, "true"),
    },
    allowed=(
        StackExample("everything", _records()),
        StackExample("everything, by dependency", _records(named=UNKNOWN, depends=True)),
    ),
    disallowed=(
        *(StackExample(f"without {kind}", _records(kind)) for kind in COMPANIONS),
        StackExample("for another bucket", _records(named="other")),
        StackExample("destroyable", _records(forceDestroy=True)),
    ),
    undecided=(StackExample("a bucket not known yet", _records(named=UNKNOWN)),),
    blind_spot="Protections declared in another stack: run the pack over both, or keep them together.",
)
