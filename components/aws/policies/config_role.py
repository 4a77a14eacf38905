"""What AWS Config may do: read configurations, and deliver them to the archive."""

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import INLINE_LIMIT, allow, document

_READ = (
    *("access-analyzer:Get*", "access-analyzer:List*", "acm:DescribeCertificate", "acm:ListCertificates"),
    *("athena:Get*", "athena:List*", "backup:Describe*", "backup:Get*", "backup:List*"),
    *("cloudtrail:DescribeTrails", "cloudtrail:Get*", "cloudtrail:ListTags", "cloudwatch:DescribeAlarms"),
    *("ec2:Describe*", "ec2:GetEbsEncryptionByDefault", "elasticloadbalancing:Describe*", "events:Describe*"),
    *("events:List*", "firehose:DescribeDeliveryStream", "firehose:List*", "glue:Get*", "guardduty:Get*"),
    *("guardduty:List*", "iam:Get*", "iam:List*", "kms:DescribeKey", "kms:GetKeyPolicy"),
    *("kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListKeys", "kms:ListResourceTags"),
    *("lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:List*", "logs:Describe*"),
    *(
        "logs:ListTagsForResource",
        "rds:Describe*",
        "rds:ListTagsForResource",
        "s3:GetAccountPublicAccessBlock",
    ),
    *("s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration"),
    *("s3:GetReplicationConfiguration", "s3:ListAllMyBuckets", "s3:ListBucket", "securityhub:Describe*"),
    *("sns:Get*", "sns:List*", "sqs:GetQueueAttributes", "sqs:List*", "transfer:Describe*", "transfer:List*"),
    "tag:GetResources",
)
"""Configurations, never contents: no object, message, secret or log event."""


def recorder(archive: str, account: str, partition: str) -> str:
    """Policy of the recorder's role. `archive` is the bucket's name."""
    arn = arns.bucket(archive, partition)
    return document(
        "Config recorder",
        [
            allow("ReadConfigurations", _READ, resources=("*",)),
            allow(
                "Deliver",
                ("s3:PutObject",),
                resources=(f"{arn}/AWSLogs/{account}/Config/*",),
                conditions={"StringLike": {"s3:x-amz-acl": "bucket-owner-full-control"}},
            ),
        ],
        INLINE_LIMIT,
    )
