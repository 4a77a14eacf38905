"""Documents of roles that AWS services take on: trust, permissions, and the boundary around all of them."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import (
    INLINE_LIMIT,
    MANAGED_LIMIT,
    TRUST_LIMIT,
    Conditions,
    allow,
    deny,
    document,
)


def service_trust(service: str, source_arns: Sequence[str], account: str | None = None) -> str:
    """Trust in one AWS service, acting for these resources only.

    `source_arns` are ARNs or patterns; `account` is theirs where the ARNs have none, as with S3.
    """
    accounts = sorted({account or arns.account_of(arn) for arn in source_arns} - {""})
    conditions: Conditions = {"ArnLike": {"aws:SourceArn": list(source_arns)}}
    if accounts:
        conditions = {**conditions, "StringEquals": {"aws:SourceAccount": accounts}}
    return document(
        f"trust of {service}",
        [
            allow(
                "OnlyThisServiceForTheseResources",
                ("sts:AssumeRole",),
                principals={"Service": [service]},
                conditions=conditions,
            )
        ],
        TRUST_LIMIT,
    )


def trail_to_log_group(log_group_arn: str, stream_prefixes: Sequence[str]) -> str:
    """What CloudTrail needs to copy events into a log group.

    `stream_prefixes` are the ids of the account and of the organisation, with which its streams begin.
    """
    streams = [f"{log_group_arn}:log-stream:{prefix}_*" for prefix in stream_prefixes]
    return document(
        "CloudTrail delivery",
        [
            allow("CreateItsStreams", ("logs:CreateLogStream",), resources=streams),
            allow("WriteToItsStreams", ("logs:PutLogEvents",), resources=streams),
        ],
        INLINE_LIMIT,
    )


def replication(
    pairs: Sequence[tuple[str, str]], region: str, replica_region: str, source_keys: str, replica_keys: str
) -> str:
    """What S3 needs to copy from each source bucket to its replica, by ARN, between the two Regions.

    `source_keys` and `replica_keys` are patterns of the keys account's keys in each Region. The keys' own
    policies bind each key to its buckets.
    """
    sources = [source for source, _ in pairs]
    replicas = [replica for _, replica in pairs]
    read = ("s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl")
    return document(
        "replication",
        [
            allow(
                "ReadTheConfiguration", ("s3:GetReplicationConfiguration", "s3:ListBucket"), resources=sources
            ),
            allow(
                "ReadTheObjects",
                (*read, "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"),
                resources=[f"{source}/*" for source in sources],
            ),
            allow(
                "WriteTheCopies",
                ("s3:ReplicateObject", "s3:ReplicateTags"),
                resources=[f"{replica}/*" for replica in replicas],
            ),
            allow(
                "DecryptInTheSourceRegion",
                ("kms:Decrypt",),
                resources=(source_keys,),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
            ),
            allow(
                "EncryptInTheReplicaRegion",
                ("kms:Encrypt", "kms:GenerateDataKey"),
                resources=(replica_keys,),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{replica_region}.amazonaws.com"}},
            ),
        ],
        INLINE_LIMIT,
    )


BOUNDARY_NAME = "billing-identity-service-boundary"
"""Managed policy in every account: the most that any service role of the program can ever do."""


def boundary() -> str:
    """Permissions boundary of service roles: whatever a role is granted, none of this."""
    return document(
        "service boundary",
        [
            allow("WhatTheRoleItselfGrants", ("*",), resources=("*",)),
            deny(
                "NoIdentityOrOrganisation",
                ("account:*", "iam:*", "organizations:*", "sso:*", "sso-directory:*", "identitystore:*"),
                resources=("*",),
                principals=None,
            ),
            deny(
                "NoKeyManagement",
                (
                    *("kms:CreateAlias", "kms:CreateCustomKeyStore", "kms:CreateKey", "kms:Delete*"),
                    *("kms:Disable*", "kms:ImportKeyMaterial", "kms:Put*", "kms:ReplicateKey"),
                    *("kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:Update*"),
                ),
                resources=("*",),
                principals=None,
            ),
            deny(
                "NoGrantsButForAwsResources",
                ("kms:CreateGrant",),
                resources=("*",),
                principals=None,
                conditions={"BoolIfExists": {"kms:GrantIsForAWSResource": "false"}},
            ),
            deny(
                "NoBlindingOfTheAudit",
                (
                    *("cloudtrail:Delete*", "cloudtrail:Put*", "cloudtrail:Stop*", "cloudtrail:Update*"),
                    *("config:Delete*", "config:Stop*", "guardduty:Delete*", "guardduty:Disassociate*"),
                    *("guardduty:UpdateDetector", "logs:Delete*", "logs:PutRetentionPolicy"),
                    *("securityhub:Delete*", "securityhub:Disable*"),
                ),
                resources=("*",),
                principals=None,
            ),
            deny(
                "NoWeakeningOfStores",
                (
                    *("s3:BypassGovernanceRetention", "s3:DeleteBucket*", "s3:PutAccountPublicAccessBlock"),
                    *("s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning"),
                    *("s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"),
                ),
                resources=("*",),
                principals=None,
            ),
        ],
        MANAGED_LIMIT,
    )
