"""Where AWS resources say who else may use them: policy documents, and plain principals, by type token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing_identity.policies.framework.documents import NARROWING, Statement
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, UndecidedError

FURTHER = (
    "aws:acmpca/policy:Policy",
    "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
    "aws:codebuild/resourcePolicy:ResourcePolicy",
    "aws:dsql/clusterPolicy:ClusterPolicy",
    "aws:glue/resourcePolicy:ResourcePolicy",
    "aws:lambda/resourcePolicy:ResourcePolicy",
    "aws:mediastore/containerPolicy:ContainerPolicy",
    "aws:oam/sinkPolicy:SinkPolicy",
    "aws:opensearchingest/resourcePolicy:ResourcePolicy",
    "aws:redshift/resourcePolicy:ResourcePolicy",
    "aws:redshiftserverless/resourcePolicy:ResourcePolicy",
    "aws:s3/filesFileSystemPolicy:FilesFileSystemPolicy",
    "aws:s3/vectorsVectorBucketPolicy:VectorsVectorBucketPolicy",
    "aws:s3control/accessGrantsInstanceResourcePolicy:AccessGrantsInstanceResourcePolicy",
    "aws:s3control/bucketPolicy:BucketPolicy",
    "aws:schemas/registryPolicy:RegistryPolicy",
    "aws:ses/identityPolicy:IdentityPolicy",
    "aws:sesv2/emailIdentityPolicy:EmailIdentityPolicy",
    "aws:vpclattice/resourcePolicy:ResourcePolicy",
)
"""Types with `policy` that other rules of who is let in do not name."""
ELSEWHERE = {
    "aws:amp/resourcePolicy:ResourcePolicy": "policyDocument",
    "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": "deliveryDestinationPolicy",
    "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": "accessPolicy",
    "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
    "aws:s3tables/tableBucketPolicy:TableBucketPolicy": "resourcePolicy",
    "aws:s3tables/tablePolicy:TablePolicy": "resourcePolicy",
    "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": "resourcePolicy",
    "aws:xray/resourcePolicy:ResourcePolicy": "policyDocument",
}
"""The same, with the document under another name."""
DOCUMENTS = {
    **ELSEWHERE,
    **dict.fromkeys(
        (
            *FURTHER,
            "aws:backup/vaultPolicy:VaultPolicy",
            "aws:cloudwatch/eventBusPolicy:EventBusPolicy",
            "aws:dynamodb/resourcePolicy:ResourcePolicy",
            "aws:ecr/registryPolicy:RegistryPolicy",
            "aws:ecr/repositoryPolicy:RepositoryPolicy",
            "aws:efs/fileSystemPolicy:FileSystemPolicy",
            "aws:kinesis/resourcePolicy:ResourcePolicy",
            "aws:kms/externalKey:ExternalKey",
            "aws:kms/key:Key",
            "aws:kms/keyPolicy:KeyPolicy",
            "aws:kms/replicaExternalKey:ReplicaExternalKey",
            "aws:kms/replicaKey:ReplicaKey",
            "aws:msk/clusterPolicy:ClusterPolicy",
            "aws:s3/accessPoint:AccessPoint",
            "aws:s3/bucket:Bucket",
            "aws:s3/bucketPolicy:BucketPolicy",
            "aws:s3control/accessPointPolicy:AccessPointPolicy",
            "aws:s3control/objectLambdaAccessPointPolicy:ObjectLambdaAccessPointPolicy",
            "aws:secretsmanager/secret:Secret",
            "aws:secretsmanager/secretPolicy:SecretPolicy",
            "aws:sns/topic:Topic",
            "aws:sns/topicPolicy:TopicPolicy",
            "aws:sqs/queue:Queue",
            "aws:sqs/queuePolicy:QueuePolicy",
        ),
        "policy",
    ),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "policyDocument",
    "aws:iam/role:Role": "assumeRolePolicy",
    "aws:opensearch/domain:Domain": "accessPolicies",
    "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
    "aws:s3control/multiRegionAccessPointPolicy:MultiRegionAccessPointPolicy": "details.policy",
}
"""Every type with a policy of who may use it, and the property that holds the document."""
FILLED_IN = (
    *("aws:kms/externalKey:ExternalKey", "aws:kms/key:Key"),
    *("aws:kms/replicaExternalKey:ReplicaExternalKey", "aws:kms/replicaKey:ReplicaKey"),
    *("aws:opensearch/domain:Domain", "aws:s3/accessPoint:AccessPoint", "aws:s3/bucket:Bucket"),
    *("aws:secretsmanager/secret:Secret", "aws:sns/topic:Topic", "aws:sqs/queue:Queue"),
)
"""Types whose policy the provider fills in where the program leaves it out: unknown before they are made."""

PRINCIPALS = {
    "aws:cloudwatch/eventPermission:EventPermission": ("principal",),
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": ("principalArn",),
    "aws:lakeformation/permissions:Permissions": ("principal",),
    "aws:lambda/layerVersionPermission:LayerVersionPermission": ("principal",),
    "aws:lambda/permission:Permission": ("principal", "sourceAccount"),
}
"""Properties that name an account or a principal of one. Grants, shares and images to others are refused
outright (`aws-no-sharing-beside-policies`), and so are shared snapshots."""


OWNED = (
    *("aws:cloudtrail/trail:Trail", "aws:cloudwatch/logGroup:LogGroup", "aws:dynamodb/table:Table"),
    *("aws:iam/policy:Policy", "aws:iam/role:Role", "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"),
    *("aws:lambda/function:Function", "aws:rds/cluster:Cluster", "aws:rds/instance:Instance"),
    *("aws:secretsmanager/secret:Secret", "aws:sns/topic:Topic", "aws:sqs/queue:Queue"),
)
"""Types whose `arn` the provider makes: what stands in it as account is an account of the program."""


def own_accounts(graph: Graph) -> frozenset[str]:
    """Accounts in which the program has resources, as far as their ARNs are known."""
    found: set[str] = set()
    for resource in graph.of(*OWNED):
        try:
            found.add(account_of(resource.text("arn", "")))
        except (UndecidedError, MalformedError):
            continue
    return frozenset(found - {""})


_ACCOUNT = re.compile(r"(\d{12}|o-[a-z0-9]{10,32})(?=$|[:/])")


def parties(statement: Statement) -> Iterator[str]:
    """Whom an Allow statement lets in from an account or organisation: account numbers, organisations' ids,
    ARNs, and whatever else stands there as a principal of AWS.
    """
    for principal in statement.principals:
        kind, _, name = principal.partition(":")
        if kind in ("AWS", "CanonicalUser") and "*" not in name:
            yield name
    for _, key, values in statement.conditions:
        if key.lower() in NARROWING:
            yield from (value for value in values if not set(value) & set("*?") or value.startswith("arn:"))


def account_of(party: str) -> str:
    """The account or organisation of a party; empty when nothing tells it."""
    if party.startswith("arn:"):
        fields = party.split(":")
        return fields[4] if len(fields) > 5 else ""
    match = _ACCOUNT.match(party)
    return match[0] if match is not None else ""
