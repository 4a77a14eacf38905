"""What each duty may do in AWS: one document a duty, naming actions and, where they have names, resources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import Statement, allow, deny, document
from billing_identity.components.aws.policies.key_policy import DESTROY, MANAGE, READ, WRITE_POLICY

SET_LIMIT = 32768
"""Characters of a permission set's in-line policy (IAM Identity Center quotas)."""


@dataclass(frozen=True)
class Scope:
    """Where the duties work: names and accounts by construction."""

    region: str
    replica_region: str
    keys_account: str
    data_account: str
    logs_account: str
    store_prefix: str
    """What the names of the ePHI stores begin with."""
    archive: str
    activity: str
    documents: str
    search_results: str
    workgroup: str
    database: str
    log_groups: str
    """Pattern of the log groups' names."""

    @property
    def partition(self) -> str:
        """Partition of the Region."""
        return arns.partition(self.region)

    @property
    def keys(self) -> tuple[str, str]:
        """Patterns of the keys in both Regions."""
        return (
            arns.keys_of(self.keys_account, self.region),
            arns.keys_of(self.keys_account, self.replica_region),
        )

    @property
    def aliases(self) -> tuple[str, ...]:
        """Patterns of the keys' aliases: KMS asks for rights to the alias and to its key."""
        return tuple(
            f"arn:{self.partition}:kms:{region}:{self.keys_account}:alias/*"
            for region in (self.region, self.replica_region)
        )

    def via(self, *services: str) -> dict[str, dict[str, list[str]]]:
        """Condition: through these services, in either Region."""
        return {
            "StringEquals": {
                "kms:ViaService": [
                    f"{service}.{region}.amazonaws.com"
                    for service in services
                    for region in (self.region, self.replica_region)
                ]
            }
        }


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


def _security_auditor(_: Scope) -> list[Statement]:
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


def _break_glass(scope: Scope) -> list[Statement]:
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
        no_cover_up(),
    ]


def no_cover_up() -> Statement:
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


def break_glass_role(scope: Scope) -> str:
    """Policy of the break-glass role that every account has outside IAM Identity Center."""
    return document("break-glass role", _break_glass(scope), 10240)


def reader_role() -> str:
    """Policy of the role with which previews and drift checks read an account: states, never contents."""
    return document("reader role", _security_auditor_plus(), 10240)


def _security_auditor_plus() -> list[Statement]:
    read = (
        *("athena:Get*", "athena:List*", "ec2:Describe*", "ec2:Get*", "events:Describe*", "events:List*"),
        *(
            "firehose:Describe*",
            "firehose:List*",
            "glue:Get*",
            "identitystore:Describe*",
            "identitystore:GetGroupId",
        ),
        *(
            "identitystore:ListGroups",
            "kms:List*",
            "logs:Describe*",
            "logs:ListTags*",
            "route53resolver:Get*",
        ),
        *("route53resolver:List*", "s3:GetAnalyticsConfiguration", "s3:GetLifecycleConfiguration"),
        *(
            "s3:GetReplicationConfiguration",
            "s3:ListBucket",
            "sns:Get*",
            "sns:List*",
            "sqs:GetQueue*",
            "sqs:ListQueue*",
        ),
        *(
            "sso:Describe*",
            "sso:List*",
            "sso:GetInlinePolicyForPermissionSet",
            "sso:GetPermissionsBoundaryForPermissionSet",
        ),
        *("tag:GetResources", "transfer:Describe*", "transfer:List*"),
    )
    return [allow("ReadStates", read, resources=("*",)), *_security_auditor(_NOWHERE)]


_NOWHERE = Scope("", "", "", "", "", "", "", "", "", "", "", "", "")

DUTIES: Mapping[str, Callable[[Scope], list[Statement]]] = {
    "break-glass": _break_glass,
    "ephi-data-operator": _data_operator,
    "key-administrator": _key_administrator,
    "key-custodian": _key_custodian,
    "log-reader": _log_reader,
    "network-operator": _network_operator,
    "security-auditor": _security_auditor,
}
"""Duties by name, which is the id of the entitlement in the catalogue."""
