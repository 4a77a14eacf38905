"""Protection, alerts and offboarding go by what a store holds."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="Stores say what they hold and who answers for it",
    severity=Severity.LOW,
    why="Protection, alerts and offboarding go by what a store holds.",
    remedy="set the tags `DataClass` and `Owner`",
    types=(
        "aws:s3/bucket:Bucket",
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:dynamodb/table:Table",
        "aws:efs/fileSystem:FileSystem",
        "aws:sqs/queue:Queue",
        "aws:backup/vault:Vault",
        "aws:kms/key:Key",
    ),
    wants=(
        Set(path="tags.DataClass", example="ephi"),
        Set(path="tags.Owner", example="cloud-engineer"),
    ),
)
