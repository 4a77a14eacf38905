"""Layer `logging`: audit trail, locked archive, activity logs, their search and issued documents."""

from __future__ import annotations

from typing import Protocol

import pulumi

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.activity_bucket import ActivityBucket
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.documents_bucket import DocumentsBucket
from billing_identity.components.aws.event_hub import EventHub
from billing_identity.components.aws.event_log_access import EventLogAccess
from billing_identity.components.aws.event_stream import EventStream
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.log_queue import LogQueue
from billing_identity.components.aws.log_search import LogSearch
from billing_identity.components.aws.network_logs import NetworkLogs
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.siem_feed import SiemFeed
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.stacks.bind.aws.collection import collection_args
from billing_identity.stacks.bind.aws.documents import document_args
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.logs import log_args
from billing_identity.stacks.bind.aws.stores import ISSUER, Names
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
    context.made.update({"logs/archive": archive, "logs/topic": topic, "logs/trail": groups["trail"]})
    for alarm, alarm_args in args.alarms.items():
        name = f"alarm-{alarm}"
        TrailAlarm(name, alarm_args, options(name, groups["trail"], topic))
    _collect(context, options, [*boundary, access, topic])
    kept = document_args(context.catalogue, Names(context.short_name, context.settings), passing.key_arn)
    DocumentsBucket("issued-documents", kept.bucket, options("issued-documents", access))
    GuardedRole(ISSUER, kept.issuer, options(ISSUER, *boundary))


class _Options(Protocol):
    def __call__(self, name: str, *after: pulumi.Resource) -> pulumi.ResourceOptions: ...


def _collect(context: Context, options: _Options, before: list[pulumi.Resource]) -> None:
    """What comes in beside the trail, and the search over all of it."""
    names = Names(context.short_name, context.settings)
    args = collection_args(context.catalogue, names, handover(context).key_arn)
    roles = [ServiceRole(name, role, options(name, *before)) for name, role in args.roles.items()]
    bucket = ActivityBucket("activity-logs", args.bucket, options("activity-logs", *before))
    GuardedRole("log-collector", args.collector, options("log-collector", *before))
    queues = [LogQueue(name, queue, options(name)) for name, queue in args.queues.items()]
    stream = EventStream("events", args.stream, options("events", bucket, *roles))
    access = EventLogAccess("events-to-logs", args.log_access, options("events-to-logs"))
    hub = EventHub("security-bus", args.hub, options("security-bus", stream, *queues, *before))
    context.made.update({"logs/security-bus": hub, "logs/access": access})
    LogSearch("log-search", args.search, options("log-search", bucket))
    for name, (purpose, network) in args.networks.items():
        context.index[name] = network["tags"]["CatalogueId"]
        placed = pulumi.ResourceOptions.merge(
            context.providers.with_aws(purpose), pulumi.ResourceOptions(depends_on=[bucket])
        )
        NetworkLogs(name, network, placed)
    if args.siem_role is not None and args.siem_feed is not None:
        GuardedRole("siem-reader", args.siem_role, options("siem-reader", *before))
        SiemFeed("siem-feed", args.siem_feed, options("siem-feed", *queues))
