"""Server access logs show requests that the trail's data events leave out, failed ones too."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Severity


def _takes_logs(graph: Graph, bucket: ResourceView) -> bool:
    """Whether other buckets log into it: a log of the log would never end."""
    for logging in graph.of("aws:s3/bucketLogging:BucketLogging"):
        target = graph.target(logging, "targetBucket", ("aws:s3/bucket:Bucket",))
        if target is not None and target.urn == bucket.urn:
            return True
    return False


RULE = companion(
    title="S3 buckets record every access",
    severity=Severity.MEDIUM,
    why="Server access logs show requests that the trail's data events leave out, failed ones too.",
    remedy="declare a `BucketLogging` for the bucket",
    types=("aws:s3/bucket:Bucket",),
    by=(("aws:s3/bucketLogging:BucketLogging", "bucket"),),
    leave_out=_takes_logs,
)
