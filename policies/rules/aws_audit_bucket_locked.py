"""Whoever breaks in wants the traces gone; a lock that an administrator may lift goes with him."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.requirement import days, names
from billing_identity.policies.framework.retention import (
    DAYS,
    LOCK,
    MODE,
    SIX_YEARS,
    YEARS,
    default_retention,
)
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import AWS_BUCKET, AWS_TRAIL
from billing_identity.policies.framework.wire import UNKNOWN


def _locked(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for trail in graph.of(AWS_TRAIL):
        yield from told(_archived(graph, trail, context), trail.urn)


def _archived(graph: Graph, trail: ResourceView, context: RuleContext) -> Iterator[Finding]:
    bucket = graph.target(trail, "s3BucketName", (AWS_BUCKET,))
    if bucket is not None:
        yield from _kept(graph, bucket, context)
        return
    name = trail.text("s3BucketName", "")
    if name not in context.texts("archives"):
        yield Finding(f"`s3BucketName` is {name or 'missing'}: no bucket of this program", urn=trail.urn)


def _kept(graph: Graph, bucket: ResourceView, context: RuleContext) -> Iterator[Finding]:
    least = context.number("minimumDays")
    modes = ("COMPLIANCE",) if context.settings.production else ("COMPLIANCE", "GOVERNANCE")
    for lock in graph.of(LOCK):
        target = graph.target(lock, "bucket", (AWS_BUCKET,))
        if target is None or target.urn != bucket.urn:
            continue
        mode, kept = lock.text(MODE, ""), default_retention(lock)
        if mode not in modes:
            wanted = " or ".join(modes)
            yield Finding(f"`{MODE}` of {bucket.name} is {mode or 'missing'}, not {wanted}", urn=lock.urn)
        if kept < least:
            yield Finding(f"`{DAYS}` of {bucket.name} is {kept:g}: at least {least:g}", urn=lock.urn)
        return
    yield Finding("takes the audit trail, and no BucketObjectLockConfiguration is for it", urn=bucket.urn)


def _of(kind: str, **props: object) -> ResourceRecord:
    return ResourceRecord(f"urn:pulumi:prod::logs::{kind}::x", kind, "x", props, id=f"{kind}-1")


_BUCKET = ResourceRecord(
    "urn:pulumi:prod::logs::b::archive", AWS_BUCKET, "archive", {"bucket": "archive"}, id="archive"
)
_RETENTION: dict[str, object] = {"mode": "COMPLIANCE", "days": float(SIX_YEARS)}


def _all(retention: object, to: object = "archive") -> tuple[ResourceRecord, ...]:
    lock = _of(LOCK, bucket="archive", rule={"defaultRetention": retention})
    return (_BUCKET, lock, _of(AWS_TRAIL, name="all", s3BucketName=to))


RULE = StackRule(
    title="Buckets of the audit trail are locked for six years",
    severity=Severity.HIGH,
    why="Whoever breaks in wants the traces gone; a lock that an administrator may lift goes with him.",
    remedy=(
        "declare a BucketObjectLockConfiguration with mode COMPLIANCE and 2192 days for the bucket, "
        "or name a locked bucket of another program in `archives`"
    ),
    parameters={
        "archives": names((), "Names of buckets of other programs that were seen to be locked."),
        "minimumDays": days(SIX_YEARS, "Days at least: six years hold up to two leap days.", 30),
    },
    types=(AWS_TRAIL,),
    checks=(_locked,),
    reads={
        f"{AWS_TRAIL}: s3BucketName": "fails",
        f"{LOCK}: bucket": "fails",
        f"{LOCK}: {MODE}": "fails",
        f"{LOCK}: {DAYS}": "fails",
        f"{LOCK}: {YEARS}": "fails",
    },
    weaker={
        f"{AWS_TRAIL}: s3BucketName": ("elsewhere", ""),
        f"{LOCK}: bucket": ("other", ""),
        f"{LOCK}: {MODE}": ("GOVERNANCE", ""),
        f"{LOCK}: {DAYS}": (1.0, 2191.0, 0.0),
        f"{LOCK}: {YEARS}": (5.0, 0.0),
    },
    allowed=(
        StackExample("the trail's", _all(_RETENTION)),
        StackExample("told in years", _all({"mode": "COMPLIANCE", "years": 7.0})),
        StackExample(
            "by GOVERNANCE before production",
            _all({**_RETENTION, "mode": "GOVERNANCE"}),
            settings={"environment": "staging"},
        ),
    ),
    disallowed=(
        StackExample("by GOVERNANCE", _all({**_RETENTION, "mode": "GOVERNANCE"})),
        StackExample("for a day", _all({**_RETENTION, "days": 1.0})),
        StackExample("of another program", (_of(AWS_TRAIL, name="all", s3BucketName="elsewhere"),)),
        StackExample("not locked", (_BUCKET, _of(AWS_TRAIL, name="all", s3BucketName="archive"))),
    ),
    undecided=(
        StackExample("a bucket not known yet", _all(_RETENTION, to=UNKNOWN)),
        StackExample("days not known yet", _all({**_RETENTION, "days": UNKNOWN})),
    ),
    blind_spot="Buckets of flow logs and of other logs: aws-s3-object-lock-fixed, where they are locked.",
)
