"""Checks of the components that collect, detect and give access; see `verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from billing_identity.components.aws.account_detection import AccountDetection
from billing_identity.components.aws.activity_bucket import ActivityBucket
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.alert_routing import AlertRouting
from billing_identity.components.aws.data_discovery import DataDiscovery
from billing_identity.components.aws.documents_bucket import DocumentsBucket
from billing_identity.components.aws.event_alert import EventAlert
from billing_identity.components.aws.event_forwarder import EventForwarder
from billing_identity.components.aws.event_hub import EventHub
from billing_identity.components.aws.event_log_access import EventLogAccess
from billing_identity.components.aws.event_stream import EventStream
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.guardrails import Guardrails
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.log_queue import LogQueue
from billing_identity.components.aws.log_search import LogSearch
from billing_identity.components.aws.network_logs import NetworkLogs
from billing_identity.components.aws.object_reads_alarm import ObjectReadsAlarm
from billing_identity.components.aws.permission_set import PermissionSet
from billing_identity.components.aws.pipeline_provider import PipelineProvider
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.siem_feed import SiemFeed
from billing_identity.components.aws.workforce_boundary import WorkforceBoundary
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.collection import collection_args
from billing_identity.stacks.bind.aws.detection import detection_args
from billing_identity.stacks.bind.aws.documents import document_args
from billing_identity.stacks.bind.aws.keys import KeyArn
from billing_identity.stacks.bind.aws.stores import ISSUER, Names
from billing_identity.stacks.bind.aws.workforce import workforce_args

Check = Callable[[], None]


def collection_checks(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> Iterator[Check]:
    """What the logging layer collects and searches."""
    found = collection_args(catalogue, names, key_arn)
    yield partial(ActivityBucket.check, "activity-logs", found.bucket)
    for name, role in found.roles.items():
        yield partial(ServiceRole.check, name, role)
    yield partial(GuardedRole.check, "log-collector", found.collector)
    yield partial(EventStream.check, "events", found.stream)
    for name, queue in found.queues.items():
        yield partial(LogQueue.check, name, queue)
    yield partial(EventLogAccess.check, "events-to-logs", found.log_access)
    yield partial(EventHub.check, "security-bus", found.hub)
    yield partial(LogSearch.check, "log-search", found.search)
    for name, (_, network) in found.networks.items():
        yield partial(NetworkLogs.check, name, network)
    if found.siem_role is not None:
        yield partial(GuardedRole.check, "siem-reader", found.siem_role)
    if found.siem_feed is not None:
        yield partial(SiemFeed.check, "siem-feed", found.siem_feed)
    kept = document_args(catalogue, names, key_arn)
    yield partial(DocumentsBucket.check, "issued-documents", kept.bucket)
    yield partial(GuardedRole.check, ISSUER, kept.issuer)


def detection_checks(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> Iterator[Check]:
    """What the detection layer declares. The day decides only which groups are named in a pattern."""
    found = detection_args(catalogue, names, key_arn, date.today())
    if found.okta_hub is not None:
        yield partial(EventHub.check, "okta-bus", found.okta_hub)
    yield partial(AlarmTopic.check, "security-pages", found.pages)
    yield partial(AlertRouting.check, "alert-routing", found.routing)
    for alert, group in found.counted.items():
        yield partial(LogGroup.check, f"log-alert-{alert}", group)
    for alert, args in found.alerts.items():
        yield partial(EventAlert.check, f"alert-{alert}", args)
    yield partial(ObjectReadsAlarm.check, "alert-large-download", found.reads)
    yield partial(DataDiscovery.check, "ephi-discovery", found.discovery)
    for placed in found.accounts:
        for duty, role in placed.roles.items():
            yield partial(ServiceRole.check, f"{duty}-{placed.purpose}", role)
        for region, detection in placed.detection.items():
            yield partial(AccountDetection.check, f"detection-{placed.purpose}-{region}", detection)
        for region, forwarder in placed.forwarders.items():
            yield partial(EventForwarder.check, f"forward-{placed.purpose}-{region}", forwarder)


def workforce_checks(catalogue: Catalogue, names: Names) -> Iterator[Check]:
    """What the workforce layer declares. The day decides only which roles a set is assigned to."""
    found = workforce_args(catalogue, names, date.today())
    for purpose, boundary in found.boundaries.items():
        yield partial(WorkforceBoundary.check, f"workforce-boundary-{purpose}", boundary)
    for made in found.sets:
        yield partial(PermissionSet.check, made.name, made.args)
    for what, roles in (("break-glass", found.emergency), ("reader", found.readers)):
        for purpose, role in roles.items():
            yield partial(GuardedRole.check, f"{what}-{purpose}", role)
    for duty, role in found.pipeline.items():
        yield partial(GuardedRole.check, duty, role)
    if found.provider is not None:
        yield partial(PipelineProvider.check, "pipeline", found.provider)
    if found.guardrails is not None:
        yield partial(Guardrails.check, "guardrails", found.guardrails)
