"""What each duty may do in AWS: one document a duty, naming actions and, where they have names, resources."""

from collections.abc import Callable, Mapping

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import Statement, allow, deny, document
from billing_identity.components.aws.policies.duty_scope import Scope
from billing_identity.components.aws.policies.key_policy import DESTROY, MANAGE, READ, WRITE_POLICY

SET_LIMIT = 32768
"""Characters of a permission set's in-line policy (IAM Identity Center quotas)."""


def duty_policy(duty: str, scope: Scope) -> str:
    """In-line policy of the permission set of a duty (one of DUTIES). Raises KeyError for any other."""
    return document(f"duty {duty}", DUTIES[duty](scope), SET_LIMIT)


def _key_administrator(scope: Scope) -> list[Statement]:
    return [
        allow("ManageKeys", (*READ, *MANAGE), resources=(*scope.keys, *scope.aliases)),
        allow("FindKeys", ("kms:ListAliases", "kms:ListKeys", "tag:GetResources"), resources=("*",)),
    ]


def _key_custodian(scope: Scope) -> list[Statement]:
    return [
        allow(
            "EndKeysAndWriteTheirPolicies",
            (*READ, *DESTROY, *WRITE_POLICY, "kms:CancelKeyDeletion"),
            resources=(*scope.keys, *scope.aliases),
        ),
        allow("FindKeys", ("kms:ListAliases", "kms:ListKeys"), resources=("*",)),
    ]


def _data_operator(scope: Scope) -> list[Statement]:
    stores = f"arn:{scope.partition}:s3:::{scope.store_prefix}*"
    return [
        allow(
            "FindStores",
            ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketVersions"),
            resources=(stores,),
        ),
        allow("SeeTheirNames", ("s3:ListAllMyBuckets",), resources=("*",)),
        allow(
            "ReadAndWriteObjects",
            ("s3:AbortMultipartUpload", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"),
            resources=(f"{stores}/*",),
        ),
        allow(
            "UseTheirKeys",
            ("kms:Decrypt", "kms:GenerateDataKey"),
            resources=scope.keys,
            conditions=scope.via("s3"),
        ),
    ]


def _log_reader(scope: Scope) -> list[Statement]:
    place, region, account = scope.partition, scope.region, scope.logs_account
    results = arns.bucket(scope.search_results, place)
    kept = (scope.archive, scope.activity, scope.documents)
    buckets = [results, *(arns.bucket(name, place) for name in kept)]
    catalog = f"arn:{place}:glue:{region}:{account}"
    groups = arns.log_group(account, region, scope.log_groups)
    return [
        allow("FindLogFiles", ("s3:GetBucketLocation", "s3:ListBucket"), resources=buckets),
        allow("ReadLogFiles", ("s3:GetObject",), resources=[f"{bucket}/*" for bucket in buckets]),
        allow("DecryptThem", ("kms:Decrypt",), resources=scope.keys, conditions=scope.via("s3", "logs")),
        allow("WriteResults", ("s3:AbortMultipartUpload", "s3:PutObject"), resources=(f"{results}/*",)),
        allow("EncryptResults", ("kms:GenerateDataKey",), resources=scope.keys, conditions=scope.via("s3")),
        allow(
            "AskTheSavedQueries",
            (
                *("athena:BatchGetNamedQuery", "athena:BatchGetQueryExecution", "athena:GetNamedQuery"),
                *("athena:GetQueryExecution", "athena:GetQueryResults", "athena:GetQueryResultsStream"),
                *("athena:GetWorkGroup", "athena:ListNamedQueries", "athena:ListQueryExecutions"),
                *("athena:StartQueryExecution", "athena:StopQueryExecution"),
            ),
            resources=(f"arn:{place}:athena:{region}:{account}:workgroup/{scope.workgroup}",),
        ),
        allow(
            "ReadTheTables",
            ("glue:GetDatabase", "glue:GetPartitions", "glue:GetTable", "glue:GetTables"),
            resources=(
                f"{catalog}:catalog",
                f"{catalog}:database/{scope.database}",
                f"{catalog}:table/{scope.database}/*",
            ),
        ),
        allow(
            "ReadLogGroups",
            ("logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetQueryResults", "logs:StartQuery"),
            resources=(groups, f"{groups}:*"),
        ),
        allow(
            "FindLogGroupsAndAlarms",
            (
                "cloudwatch:DescribeAlarms",
                "cloudwatch:GetMetricData",
                "logs:DescribeLogGroups",
                "logs:StopQuery",
            ),
            resources=("*",),
        ),
    ]


def states_without_contents() -> list[Statement]:
    """Reads configurations and findings of an account, never what it holds."""
    return [
        allow(
            "ReadConfigurationsAndFindings",
            (
                *("access-analyzer:Get*", "access-analyzer:List*", "backup:Describe*", "backup:List*"),
                *("cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus"),
                *("cloudwatch:DescribeAlarms", "config:BatchGet*", "config:Describe*", "config:Get*"),
                *("config:List*", "ec2:DescribeFlowLogs", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs"),
                *("events:DescribeRule", "events:ListRules", "events:ListTargetsByRule", "guardduty:Get*"),
                *("guardduty:List*", "iam:GenerateCredentialReport", "iam:Get*", "iam:List*"),
                *("kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases"),
                *("kms:ListKeys", "logs:DescribeLogGroups", "logs:DescribeMetricFilters", "macie2:Get*"),
                *(
                    "macie2:List*",
                    "organizations:Describe*",
                    "organizations:List*",
                    "s3:GetAccountPublicAccessBlock",
                ),
                *(
                    "s3:GetBucket*",
                    "s3:GetEncryptionConfiguration",
                    "s3:ListAllMyBuckets",
                    "securityhub:BatchGet*",
                ),
                *("securityhub:Describe*", "securityhub:Get*", "sns:GetTopicAttributes", "sns:ListTopics"),
            ),
            resources=("*",),
        ),
        deny(
            "NoContents",
            (
                *("athena:GetQueryResults", "kms:Decrypt", "logs:FilterLogEvents", "logs:GetLogEvents"),
                *(
                    "s3:GetObject*",
                    "secretsmanager:GetSecretValue",
                    "sqs:ReceiveMessage",
                    "ssm:GetParameter*",
                ),
            ),
            resources=("*",),
            principals=None,
        ),
    ]


def _network_operator(scope: Scope) -> list[Statement]:
    return [
        allow(
            "OperateNetworks",
            (
                *("ec2:AssociateRouteTable", "ec2:AuthorizeSecurityGroup*", "ec2:CreateNatGateway"),
                *("ec2:CreateRoute", "ec2:CreateRouteTable", "ec2:CreateSecurityGroup", "ec2:CreateSubnet"),
                *("ec2:CreateTags", "ec2:CreateVpcEndpoint", "ec2:DeleteNatGateway", "ec2:DeleteRoute"),
                *(
                    "ec2:DeleteRouteTable",
                    "ec2:DeleteSecurityGroup",
                    "ec2:DeleteVpcEndpoints",
                    "ec2:Describe*",
                ),
                *("ec2:ModifyVpcEndpoint", "ec2:ReplaceRoute", "ec2:RevokeSecurityGroup*"),
                *("route53resolver:Get*", "route53resolver:List*", "transfer:Describe*", "transfer:List*"),
            ),
            resources=("*",),
            conditions={"StringEquals": {"aws:RequestedRegion": [scope.region, scope.replica_region]}},
        ),
        deny(
            "NoLoggingNoData",
            ("ec2:DeleteFlowLogs", "kms:*", "route53resolver:Disassociate*", "s3:GetObject*"),
            resources=("*",),
            principals=None,
        ),
    ]


def break_glass(scope: Scope) -> list[Statement]:
    """Restores the service and works with the data, while logging stays out of reach."""
    return [
        *_data_operator(scope),
        allow(
            "RestoreService",
            (
                *(
                    "backup:Describe*",
                    "backup:Get*",
                    "backup:List*",
                    "backup:StartRestoreJob",
                    "cloudwatch:Describe*",
                ),
                *("cloudwatch:GetMetricData", "ec2:Describe*", "ec2:RebootInstances", "ec2:StartInstances"),
                *("ec2:StopInstances", "rds:Describe*", "rds:RebootDBInstance", "rds:RestoreDBInstance*"),
                *("transfer:Describe*", "transfer:StartServer", "transfer:StopServer"),
            ),
            resources=("*",),
        ),
        _no_cover_up(),
    ]


def _no_cover_up() -> Statement:
    """What stays out of reach in an emergency too: logging, keys' policies, protection of stores."""
    return deny(
        "LoggingAndProtectionStay",
        (
            *("backup:Delete*", "cloudtrail:*", "config:Delete*", "config:Stop*", "guardduty:Delete*"),
            *("guardduty:Update*", "iam:*", "kms:Disable*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"),
            *("logs:Delete*", "logs:PutRetentionPolicy", "organizations:*", "s3:BypassGovernanceRetention"),
            *("s3:DeleteBucket*", "s3:PutAccountPublicAccessBlock", "s3:PutBucket*", "securityhub:*"),
        ),
        resources=("*",),
        principals=None,
    )


DUTIES: Mapping[str, Callable[[Scope], list[Statement]]] = {
    "break-glass": break_glass,
    "ephi-data-operator": _data_operator,
    "key-administrator": _key_administrator,
    "key-custodian": _key_custodian,
    "log-reader": _log_reader,
    "network-operator": _network_operator,
    "security-auditor": lambda _: states_without_contents(),
}
"""Duties by name, which is the id of the entitlement in the catalogue."""
