"""Layer `logging`: audit trail, locked archive, log groups and the alarm topic, in the log account."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.access_log_bucket import AccessLogBucket, AccessLogBucketArgs
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket, LogArchiveBucketArgs
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.policies.service_role import trail_to_log_group
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.stacks.bind.aws.accounts import deployers, guards, lock_mode, organization_id
from billing_identity.stacks.bind.aws.alarms import alarms
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.guards import declare_guards
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.keys import LOGS, trail_arns
from billing_identity.stacks.bind.aws.stores import Names, tags
from billing_identity.stacks.context import Context

LOG_GROUPS = {
    "trail": "CloudTrail events of every account",
    "identity": "System log of Okta, sign-in and audit logs of Entra",
}
"""Log groups by content."""


def build(context: Context) -> None:
    """Declares the log account: archive and its access logs, log groups, trail and alarm topic."""
    settings = context.settings
    account, region = settings.aws.accounts["logs"], settings.aws.region
    system = cloud_system(context.catalogue)
    catalogue_id = f"system:{system.id}"
    tagged = tags(settings, system.owner, "security", catalogue_id)
    names = Names(context.short_name, settings)
    organization = organization_id(settings)
    days = context.catalogue.access_policy.retention.logs_days
    key = handover(context).key_arn(LOGS)

    def options(*after: pulumi.Resource) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions.merge(
            context.providers.with_aws("logs"), pulumi.ResourceOptions(depends_on=list(after))
        )

    if guards(settings, "logging"):
        declare_guards(context, "logs")
    access_args: AccessLogBucketArgs = {
        "bucket": names.access_logs("logs"),
        "region": region,
        "account_id": account,
        "sources": [names.archive],
        "deployers": deployers(settings, "logs"),
        "retention_days": days,
        "tags": tagged,
    }
    archive_args: LogArchiveBucketArgs = {
        "bucket": names.archive,
        "region": region,
        "account_id": account,
        "keys_account_id": settings.aws.accounts["keys"],
        "key_arn": key,
        "log_bucket": names.access_logs("logs"),
        "trails": trail_arns(names),
        "deployers": deployers(settings, "logs"),
        "lock_mode": lock_mode(settings),
        "retention_days": days,
        "tags": tagged,
    }
    if organization is not None:
        access_args["organization_id"] = organization
        archive_args["organization_id"] = organization
    access = AccessLogBucket("logs-access", access_args, options())
    archive = LogArchiveBucket("log-archive", archive_args, options(access))
    groups = {
        content: LogGroup(
            f"log-{content}",
            {
                "log_group": names.log_group(content),
                "region": region,
                "retention_days": checks.next_retention(days),
                "key_arn": key,
                "tags": tagged,
            },
            options(),
        )
        for content in LOG_GROUPS
    }
    group_arn = arns.log_group(account, region, names.log_group("trail"))
    prefixes = [account] if organization is None else [account, organization]
    role = ServiceRole(
        "trail-delivery",
        {
            "role": names.role("trail-delivery"),
            "service": "cloudtrail.amazonaws.com",
            "source_arns": trail_arns(names),
            "policy": trail_to_log_group(group_arn, prefixes),
            "boundary_arn": boundary_arn(account, region),
            "description": "CloudTrail copies events into the trail's log group",
            "tags": tagged,
        },
        options(*handover(context).boundary(account)),
    )
    AuditTrail(
        "audit-trail",
        {
            "trail": names.trail,
            "region": region,
            "bucket": archive.bucket_name,
            "key_arn": key,
            "log_group_arn": group_arn,
            "log_role_arn": role.arn,
            "organization": settings.aws.organization_trail and organization is not None,
            "object_prefixes": [names.store_prefix],
            "insights": not region.startswith("us-gov-"),
            "tags": tagged,
        },
        options(archive, groups["trail"], role),
    )
    topic = AlarmTopic(
        "security-alarms",
        {
            "topic": names.alarms,
            "region": region,
            "account_id": account,
            "key_arn": key,
            "tags": tagged,
        },
        options(),
    )
    guarding = list(alarms(names))
    for alarm in guarding:
        TrailAlarm(
            f"alarm-{alarm.id}",
            {
                "alarm": f"{names.base}-{alarm.id}",
                "description": alarm.description,
                "namespace": "BillingIdentity",
                "region": region,
                "log_group": groups["trail"].log_group_name,
                "pattern": alarm.pattern,
                "count": 1,
                "window_minutes": 1,
                "topic_arn": topic.arn,
                "tags": tagged,
            },
            options(),
        )
    made = ("logs-access", "log-archive", *(f"log-{content}" for content in LOG_GROUPS))
    for name in (
        *made,
        "trail-delivery",
        "audit-trail",
        "security-alarms",
        *(f"alarm-{alarm.id}" for alarm in guarding),
    ):
        context.index[name] = catalogue_id
