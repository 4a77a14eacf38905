"""CloudWatch Logs and CloudTrail."""

from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.aws.kms import find_key, policy_of
from billing_identity.sandbox.services.aws.organization import ID as ORGANIZATION_ID
from billing_identity.sandbox.services.aws.policy import lets_service
from billing_identity.sandbox.services.aws.s3 import POLICY, find_bucket, part
from billing_identity.sandbox.services.registry import (
    Call,
    before,
    before_creation,
    computes,
    keyed,
    validates,
)
from billing_identity.sandbox.wire import Properties

GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
FILTER: Final = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
TRAIL: Final = "aws:cloudtrail/trail:Trail"
# Days, from the CloudWatch Logs API, PutRetentionPolicy.
RETENTION: Final = (
    0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
    1096, 1827, 2192, 2557, 2922, 3288, 3653,
)  # fmt: skip


@validates(GROUP)
def retention(inputs: Properties) -> list[Failure]:
    """Only some numbers of days are retention periods."""
    days = inputs.get("retentionInDays")
    if isinstance(days, float) and int(days) not in RETENTION:
        choice = " ".join(str(d) for d in RETENTION)
        return [
            Failure("retentionInDays", f"expected retention_in_days to be one of [{choice}], got {days:g}")
        ]
    return []


@before_creation(GROUP)
def name_is_free(call: Call) -> None:
    """One group of a name in an account and Region."""
    if any(o.region == call.region for o in call.others(GROUP, "name", call.text("name"))):
        doing = f"creating CloudWatch Logs Log Group ({call.text('name')})"
        message = "The specified log group already exists"
        refuse(doing, "CloudWatch Logs: CreateLogGroup", "ResourceAlreadyExistsException", message, 400)


@before(GROUP)
def key_serves_logs(call: Call) -> None:
    """The key of a log group must exist and let the service use it for that group."""
    name = call.text("kmsKeyId")
    if not name:
        return
    arn = f"arn:aws:logs:{call.region}:{call.account}:log-group:{call.text('name')}"
    key = find_key(call.store, name, call.account, call.region)
    service = f"logs.{call.region}.amazonaws.com"
    known = key is not None and name.startswith("arn:")
    if key is None and name.startswith("arn:") and not call.store.has_account("aws", name.split(":")[4]):
        return
    if (
        not known
        or key is None
        or not lets_service(policy_of(call.store, key), service, "kms:GenerateDataKey", encryption_arn=arn)
    ):
        doing = f"creating CloudWatch Logs Log Group ({call.text('name')})"
        message = f"The specified KMS key does not exist or is not allowed to be used with Arn '{arn}'"
        refuse(doing, "CloudWatch Logs: CreateLogGroup", "AccessDeniedException", message, 400)


@before(
    FILTER,
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
)
def group_exists(call: Call) -> None:
    """Filters and policies hang on a group that exists."""
    name = call.inputs.get("logGroupName", call.inputs.get("logGroup"))
    if not any(o.region == call.region for o in call.others(GROUP, "name", name)):
        what = call.token.rsplit(":", 1)[-1]
        message = "The specified log group does not exist."
        refuse(
            f"putting CloudWatch Logs {what}",
            f"CloudWatch Logs: Put{what}",
            "ResourceNotFoundException",
            message,
            400,
        )


@keyed(FILTER)
def of_filter(properties: Properties, identifier: str) -> str:
    """Filter names are unique within their group."""
    return f"{properties.get('logGroupName', '')}:{identifier}"


@computes(TRAIL)
def trail_outputs(call: Call) -> Properties:
    """Where the trail was made."""
    topic = call.text("snsTopicName")
    return {
        "homeRegion": call.region,
        "snsTopicArn": f"arn:aws:sns:{call.region}:{call.account}:{topic}" if topic else "",
    }


def _trail(call: Call, code: str, message: str) -> None:
    verb = "creating" if call.old is None else "updating"
    operation = "CreateTrail" if call.old is None else "UpdateTrail"
    refuse(f"{verb} CloudTrail Trail ({call.text('name')})", f"CloudTrail: {operation}", code, message)


@before(TRAIL)
def bucket_takes_logs(call: Call) -> None:
    """CloudTrail tries its bucket before it makes the trail."""
    name = call.text("s3BucketName")
    if find_bucket(call.store, name) is None:
        _trail(call, "S3BucketDoesNotExistException", f"S3 bucket {name} does not exist!")
    policy = (part(call.store, POLICY, name) or {}).get("policy")
    arn = f"arn:aws:cloudtrail:{call.region}:{call.account}:trail/{call.text('name')}"
    prefix = f"{call.text('s3KeyPrefix')}/" if call.text("s3KeyPrefix") else ""
    owners = [call.account]
    if call.inputs.get("isOrganizationTrail") is True:
        owners.append(ORGANIZATION_ID)
    service = "cloudtrail.amazonaws.com"
    reads = lets_service(policy, service, "s3:GetBucketAcl", f"arn:aws:s3:::{name}", arn)
    writes = any(
        lets_service(policy, service, "s3:PutObject", f"arn:aws:s3:::{name}/{prefix}AWSLogs/{owner}/x", arn)
        for owner in owners
    )
    if not (reads and writes):
        message = f"Incorrect S3 bucket policy is detected for bucket: {name}"
        _trail(call, "InsufficientS3BucketPolicyException", message)


@before(TRAIL)
def key_serves_trail(call: Call) -> None:
    """The trail's key must exist and let CloudTrail use it."""
    name = call.text("kmsKeyId")
    if not name or (name.startswith("arn:") and not call.store.has_account("aws", name.split(":")[4])):
        return
    key = find_key(call.store, name, call.account, call.region)
    if key is None:
        _trail(call, "KmsKeyNotFoundException", f"KMS key not found: {name}")
        return
    arn = f"arn:aws:cloudtrail:{call.region}:{call.account}:trail/{call.text('name')}"
    if not lets_service(
        policy_of(call.store, key), "cloudtrail.amazonaws.com", "kms:GenerateDataKey", "", arn, arn
    ):
        message = (
            f"Insufficient permissions to access S3 bucket {call.text('s3BucketName')} or KMS key {name}."
        )
        _trail(call, "InsufficientEncryptionPolicyException", message)


@before(TRAIL)
def group_takes_logs(call: Call) -> None:
    """A log group is given with `:*` at its end, exists, and comes with a role."""
    arn = call.text("cloudWatchLogsGroupArn")
    if not arn:
        return
    if not arn.endswith(":*"):
        _trail(
            call,
            "InvalidCloudWatchLogsLogGroupArnException",
            "Access denied. Check the permissions for your role.",
        )
    if not any(o.props.get("arn") == arn.removesuffix(":*") for o in call.store.find(GROUP, call.account)):
        message = "CloudTrail cannot validate the specified log group ARN."
        _trail(call, "InvalidCloudWatchLogsLogGroupArnException", message)
    role = call.text("cloudWatchLogsRoleArn")
    if not any(o.props.get("arn") == role for o in call.store.find("aws:iam/role:Role", call.account)):
        message = "CloudTrail cannot validate the specified role ARN."
        _trail(call, "InvalidCloudWatchLogsRoleArnException", message)
