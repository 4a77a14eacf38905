"""Layer `logging`: audit trail, locked archive, log groups and the alarm topic, in the log account."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.logs import log_args
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.context import Context


def build(context: Context) -> None:
    """Declares the log account: archive and its access logs, log groups, trail, alarm topic and alarms."""
    passing = handover(context)
    args = log_args(context.catalogue, Names(context.short_name, context.settings), passing.key_arn)
    catalogue_id = args.archive["tags"]["CatalogueId"]

    def options(name: str, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        context.index[name] = catalogue_id
        return pulumi.ResourceOptions.merge(
            context.providers.with_aws("logs"), pulumi.ResourceOptions(depends_on=list(after))
        )

    passing.guard("logging", "logs")
    access = AccessLogBucket("logs-access", args.access, options("logs-access"))
    archive = LogArchiveBucket("log-archive", args.archive, options("log-archive", access))
    groups = {
        content: LogGroup(f"log-{content}", group, options(f"log-{content}"))
        for content, group in args.groups.items()
    }
    boundary = passing.boundary(context.settings.aws.accounts["logs"])
    role = ServiceRole("trail-delivery", args.delivery, options("trail-delivery", *boundary))
    AuditTrail("audit-trail", args.trail, options("audit-trail", archive, groups["trail"], role))
    topic = AlarmTopic("security-alarms", args.topic, options("security-alarms"))
    for alarm, alarm_args in args.alarms.items():
        name = f"alarm-{alarm}"
        TrailAlarm(name, alarm_args, options(name, groups["trail"], topic))
