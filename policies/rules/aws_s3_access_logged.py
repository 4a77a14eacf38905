"""Server access logs show requests that the trail's data events leave out, failed ones too."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Severity, StackExample

_BUCKET = "aws:s3/bucket:Bucket"
_LOGGING = "aws:s3/bucketLogging:BucketLogging"
_URN = "urn:pulumi:prod::example::aws::"


def _takes_logs(graph: Graph, bucket: ResourceView, _: RuleContext) -> bool:
    """Whether other buckets log into it: a log of the log would never end."""
    for logging in graph.of(_LOGGING):
        target = graph.target(logging, "targetBucket", (_BUCKET,))
        if target is not None and target.urn == bucket.urn:
            return True
    return False


RULE = companion(
    title="S3 buckets record every access",
    severity=Severity.MEDIUM,
    why="Server access logs show requests that the trail's data events leave out, failed ones too.",
    remedy="declare a `BucketLogging` for the bucket",
    types=(_BUCKET,),
    by=((_LOGGING, "bucket"),),
    leave_out=_takes_logs,
    spared=StackExample(
        "a bucket that takes the logs of another",
        (
            ResourceRecord(f"{_URN}x", _BUCKET, "x", {"bucket": "x"}, id="x"),
            ResourceRecord(f"{_URN}logs", _BUCKET, "logs", {"bucket": "logs"}, id="logs"),
            ResourceRecord(f"{_URN}logging", _LOGGING, "x", {"bucket": "x", "targetBucket": "logs"}),
        ),
        weaker={f"{_LOGGING}: bucket": ("other",), f"{_LOGGING}: targetBucket": ("other", "")},
    ),
    spared_reads={f"{_LOGGING}: targetBucket": "fails"},
)
