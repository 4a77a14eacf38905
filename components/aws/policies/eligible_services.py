"""Services that the organisation's accounts may use: those under AWS's business associate addendum, and those
that manage accounts.

Compared with AWS's own copy of its list, in the GitHub repository
`aws-samples/landing-zone-accelerator-on-aws-for-healthcare` (commit 50e15ba; `scp-hcl-hipaa-service.json` and
`Readme.md` in `config/service-control-policies`). The page itself,
aws.amazon.com/compliance/hipaa-eligible-services-reference, could not be opened.
"""

from datetime import date

LISTED = date(2026, 11, 24)
"""Day on which the lists below were last changed."""
COMPARED: date | None = date(2025, 4, 16)
"""Day as of which AWS's list read that these were last compared with; None: never compared."""
LIST_DAYS = 120
"""Days after which the lists have to be compared with AWS's HIPAA Eligible Services Reference again."""
ELIGIBLE = (
    "acm",
    "acm-pca",
    "apigateway",
    "athena",
    "autoscaling",
    "backup",
    "backup-storage",
    "batch",
    "cassandra",
    "cloudformation",
    "cloudfront",
    "cloudhsm",
    "cloudtrail",
    "cloudwatch",
    "cognito-idp",
    "config",
    "dms",
    "dynamodb",
    "ebs",
    "ec2",
    "ec2messages",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "elasticfilesystem",
    "elasticloadbalancing",
    "events",
    "firehose",
    "fsx",
    "glue",
    "guardduty",
    "inspector2",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "macie2",
    "network-firewall",
    "organizations",
    "rds",
    "rds-db",
    "redshift",
    "route53",
    "route53resolver",
    "s3",
    "secretsmanager",
    "securityhub",
    "sns",
    "sqs",
    "ssm",
    "ssmmessages",
    "sso",
    "sso-directory",
    "states",
    "storagegateway",
    "textract",
    "transfer",
    "waf",
    "wafv2",
    "workspaces",
)
"""Prefixes of eligible services that a billing company has a use for; each stands in AWS's copy."""
TOOLS = (
    "access-analyzer",
    "artifact",
    "aws-portal",
    "ce",
    "iam",
    "resource-groups",
    "sts",
    "support",
    "trustedadvisor",
)
"""Prefixes that AWS's copy lets through as tools that typically hold no protected health information."""
UNLISTED = (
    "account",
    "billing",
    "health",
    "identitystore",
    "servicequotas",
    "signin",
    "tag",
)
"""Prefixes that AWS's copy does not name and this program lets through: they manage accounts, groups, quotas
and tags, and no client's data is put there."""
