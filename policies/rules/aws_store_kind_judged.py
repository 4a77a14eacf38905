"""Stores of kinds for which this pack has no rules are refused, not waved through."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Data lies in kinds of store that rules judge",
    severity=Severity.HIGH,
    why="Nobody reads whether such a store is encrypted, closed to the public, logged or backed up.",
    remedy="use a kind that the rules know, or record an exception that says how this one is protected",
    types=(
        "aws:docdb/elasticCluster:ElasticCluster",
        "aws:dms/replicationConfig:ReplicationConfig",
        "aws:ecrpublic/repository:Repository",
        "aws:elasticache/serverlessCache:ServerlessCache",
        "aws:elasticsearch/domain:Domain",
        "aws:elasticsearch/domainPolicy:DomainPolicy",
        "aws:emr/cluster:Cluster",
        "aws:glacier/vault:Vault",
        "aws:keyspaces/table:Table",
        "aws:lightsail/bucket:Bucket",
        "aws:lightsail/database:Database",
        "aws:lightsail/instance:Instance",
        "aws:mediastore/container:Container",
        "aws:memorydb/cluster:Cluster",
        "aws:msk/serverlessCluster:ServerlessCluster",
        "aws:neptunegraph/graph:Graph",
        "aws:opensearch/serverlessCollection:ServerlessCollection",
        "aws:qldb/ledger:Ledger",
        "aws:s3/directoryBucket:DirectoryBucket",
        "aws:s3/vectorsVectorBucket:VectorsVectorBucket",
        "aws:s3tables/tableBucket:TableBucket",
        "aws:timestreaminfluxdb/dbInstance:DbInstance",
        "aws:timestreamwrite/database:Database",
        "aws:workspaces/workspace:Workspace",
    ),
    blind_spot="Kinds of store newer than the SDK that the pack was written against.",
)
