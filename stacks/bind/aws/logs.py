"""The log account: archive and its access logs, log groups, trail, alarms."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.access_log_bucket import AccessLogBucketArgs
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.alarm_topic import AlarmTopicArgs
from billing_identity.components.aws.audit_trail import AuditTrailArgs
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucketArgs
from billing_identity.components.aws.log_group import LogGroupArgs
from billing_identity.components.aws.policies.service_role import trail_to_log_group
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.components.aws.trail_alarm import TrailAlarmArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import (
    deployers,
    lock_mode,
    organization_id,
    organization_trail,
)
from billing_identity.stacks.bind.aws.alarms import alarms
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.keys import LOGS, KeyArn, trail_arns
from billing_identity.stacks.bind.aws.stores import Names, tags
from billing_identity.stacks.names import partition, role_arn

LOG_GROUPS = {
    "trail": "CloudTrail events of every account",
    "identity": "System log of Okta, sign-in and audit logs of Entra",
}
"""Log groups by content."""


@dataclass(frozen=True)
class LogArgs:
    """Arguments of the components of the log account."""

    access: AccessLogBucketArgs
    archive: LogArchiveBucketArgs
    groups: dict[str, LogGroupArgs]
    """By content."""
    delivery: ServiceRoleArgs
    trail: AuditTrailArgs
    topic: AlarmTopicArgs
    alarms: dict[str, TrailAlarmArgs]
    """By id."""


def log_args(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> LogArgs:
    """Everything of the log account. `key_arn` gives the ARN of a key by its id.

    Raises ComponentInputError for a retention that CloudWatch Logs can't express.
    """
    settings = names.settings
    account, region = settings.aws.accounts["logs"], settings.aws.region
    system = cloud_system(catalogue)
    tagged = tags(settings, system.owner, "security", f"system:{system.id}")
    organization = organization_id(settings)
    days = catalogue.access_policy.retention.logs_days
    key = key_arn(LOGS)
    access: AccessLogBucketArgs = {
        "bucket": names.access_logs("logs"),
        "region": region,
        "account_id": account,
        "sources": [names.activity, names.archive, names.documents, names.search_results],
        "deployers": deployers(settings, "logs"),
        "retention_days": days,
        "tags": tagged,
    }
    archive: LogArchiveBucketArgs = {
        "bucket": names.archive,
        "region": region,
        "account_id": account,
        "keys_account_id": settings.aws.accounts["keys"],
        "key_arn": key,
        "log_bucket": names.access_logs("logs"),
        "trails": trail_arns(names),
        "config_accounts": sorted(set(settings.aws.places.values())),
        "deployers": deployers(settings, "logs"),
        "lock_mode": lock_mode(settings),
        "retention_days": days,
        "tags": tagged,
    }
    if organization is not None:
        access["organization_id"] = organization
        archive["organization_id"] = organization
    group_arn = arns.log_group(account, region, names.log_group("trail"))
    topic_arn = arns.topic(account, region, names.alarms)
    return LogArgs(
        access=access,
        archive=archive,
        groups={
            content: {
                "log_group": names.log_group(content),
                "region": region,
                "retention_days": checks.next_retention(days),
                "key_arn": key,
                "tags": tagged,
            }
            for content in LOG_GROUPS
        },
        delivery={
            "role": names.role("trail-delivery"),
            "service": "cloudtrail.amazonaws.com",
            "source_arns": trail_arns(names),
            "policy": trail_to_log_group(
                group_arn, [account] if organization is None else [account, organization]
            ),
            "boundary_arn": boundary_arn(account, region),
            "description": "CloudTrail copies events into the trail's log group",
            "tags": tagged,
        },
        trail={
            "trail": names.trail,
            "region": region,
            "bucket": names.archive,
            "key_arn": key,
            "log_group_arn": group_arn,
            "log_role_arn": role_arn(settings.aws, "logs", names.role("trail-delivery")),
            "organization": organization_trail(settings),
            "object_prefixes": [names.store_prefix],
            "insights": partition(region) == "aws",
            "tags": tagged,
        },
        topic={
            "topic": names.alarms,
            "region": region,
            "account_id": account,
            "key_arn": key,
            "tags": tagged,
        },
        alarms={
            alarm.id: {
                "alarm": f"{names.base}-{alarm.id}",
                "description": alarm.description,
                "namespace": "BillingIdentity",
                "region": region,
                "log_group": names.log_group("trail"),
                "pattern": alarm.pattern,
                "count": 1,
                "window_minutes": 1,
                "topic_arn": topic_arn,
                "tags": tagged,
            }
            for alarm in alarms(names)
        },
    )
