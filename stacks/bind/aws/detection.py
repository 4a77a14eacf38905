"""The detection layer: who watches which account, where alerts go, and what counts as too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.account_detection import AccountDetectionArgs
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.alarm_topic import AlarmTopicArgs
from billing_identity.components.aws.alert_routing import AlertRoutingArgs
from billing_identity.components.aws.data_discovery import DataDiscoveryArgs
from billing_identity.components.aws.event_alert import EventAlertArgs
from billing_identity.components.aws.event_forwarder import EventForwarderArgs
from billing_identity.components.aws.event_hub import EventHubArgs
from billing_identity.components.aws.log_group import LogGroupArgs
from billing_identity.components.aws.object_reads_alarm import ObjectReadsAlarmArgs
from billing_identity.components.aws.policies import log_roles
from billing_identity.components.aws.policies.config_role import recorder
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws import alerts
from billing_identity.stacks.bind.aws.collection import hub_args, log_tags
from billing_identity.stacks.bind.aws.keys import LOGS, KeyArn
from billing_identity.stacks.bind.aws.stores import Names, store_groups
from billing_identity.stacks.bind.aws.watch_aws import forwarding_pattern
from billing_identity.stacks.names import partition, role_arn
from billing_identity.stacks.settings import AwsSettings, Place


@dataclass(frozen=True)
class Placed:
    """Everything of one account."""

    purpose: Place
    account: str
    roles: dict[str, ServiceRoleArgs]
    detection: dict[str, AccountDetectionArgs]
    """By Region."""
    forwarders: dict[str, EventForwarderArgs]
    """By Region."""


@dataclass(frozen=True)
class DetectionArgs:
    """Arguments of the detection layer's components."""

    okta_hub: EventHubArgs | None
    pages: AlarmTopicArgs
    routing: AlertRoutingArgs
    counted: dict[str, LogGroupArgs]
    """Log group by alert id, for alerts with a count."""
    alerts: dict[str, EventAlertArgs]
    reads: ObjectReadsAlarmArgs
    discovery: DataDiscoveryArgs
    accounts: tuple[Placed, ...]


def detection_args(catalogue: Catalogue, names: Names, key_arn: KeyArn, as_of: date) -> DetectionArgs:
    """Everything of the layer. Raises ComponentInputError for a retention that AWS Config can't keep."""
    settings = names.settings
    aws, alerting = settings.aws, settings.aws.alerting
    account, region = aws.accounts["logs"], aws.region
    tagged = log_tags(catalogue, names)
    days = catalogue.access_policy.retention.logs_days
    found = alerts.alert_args(catalogue, names, as_of)
    topics = {"pages": alerts.pages(names), "tickets": names.alarms}
    download = catalogue.access_policy.alerts[alerts.ON_THE_TRAIL]
    return DetectionArgs(
        okta_hub=hub_args(catalogue, names, key_arn, partner=True) if settings.okta is not None else None,
        pages={
            "topic": alerts.pages(names),
            "region": region,
            "account_id": account,
            "key_arn": key_arn(LOGS),
            "tags": tagged,
        },
        routing={
            "base": names.base,
            "region": region,
            "pages_arn": arns.topic(account, region, topics["pages"]),
            "tickets_arn": arns.topic(account, region, topics["tickets"]),
            "pager_urls": list(alerting.pager_urls),
            "ticket_url": alerting.ticket_url or "",
            "weekly_pages": alerting.weekly_pages,
            "weekly_tickets": alerting.weekly_tickets,
            "undelivered_queue": names.dead_letters,
            "tags": tagged,
        },
        counted={
            alert: {
                "log_group": args["log_group"],
                "region": region,
                "retention_days": checks.next_retention(days),
                "key_arn": key_arn(LOGS),
                "tags": tagged,
            }
            for alert, args in found.items()
            if "log_group" in args
        },
        alerts=found,
        reads={
            "alarm": f"{names.base}-{alerts.ON_THE_TRAIL}",
            "title": download.title,
            "region": region,
            "log_group": names.log_group("trail"),
            "bucket_prefix": names.store_prefix,
            "count": download.count,
            "window_minutes": download.window_minutes,
            "namespace": "BillingIdentity",
            "topic_arn": arns.topic(account, region, names.alarms),
            "tags": tagged,
        },
        discovery={
            "region": region,
            "account_id": aws.accounts["data"],
            "buckets": [
                names.store(store, group.client)
                for group in store_groups(catalogue, None)
                for store in group.stores
            ],
            "sampling_percentage": 10,
            "tags": tagged,
        },
        accounts=tuple(_accounts(catalogue, names, key_arn)),
    )


def event_regions(aws: AwsSettings) -> list[str]:
    """Regions in which rules forward events: where the program works, and where IAM, Organizations and the
    global sign-in endpoints send theirs, which is there and nowhere else."""
    home = "us-gov-west-1" if partition(aws.region) == "aws-us-gov" else "us-east-1"
    return sorted({aws.region, aws.replica_region, home})


def _accounts(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> list[Placed]:
    aws = names.settings.aws
    place = partition(aws.region)
    everywhere = event_regions(aws)
    bus = arns.event_bus(aws.accounts["logs"], aws.region, names.security_bus)
    pattern = alerts.compact(forwarding_pattern(alerts.break_glass_roles(names)))
    tagged = log_tags(catalogue, names)
    done: set[str] = set()
    found: list[Placed] = []
    for purpose, account in aws.places.items():
        if account in done:
            continue
        done.add(account)
        forwarding, recording = names.role("event-forwarding"), names.role("config-recorder")
        found.append(
            Placed(
                purpose=purpose,
                account=account,
                roles={
                    "event-forwarding": {
                        "role": forwarding,
                        "service": "events.amazonaws.com",
                        "source_arns": [f"arn:{place}:events:*:{account}:rule/*"],
                        "policy": log_roles.put_to_bus(bus),
                        "boundary_arn": boundary_arn(account, aws.region),
                        "description": "EventBridge forwards security events to the log account",
                        "tags": tagged,
                    },
                    "config-recorder": {
                        "role": recording,
                        "service": "config.amazonaws.com",
                        "source_arns": [f"arn:{place}:config:*:{account}:*"],
                        "policy": recorder(names.archive, account, place),
                        "boundary_arn": boundary_arn(account, aws.region),
                        "description": "AWS Config reads configurations and delivers them to the archive",
                        "tags": tagged,
                    },
                },
                detection={
                    region: {
                        "region": region,
                        "home": region == aws.region,
                        "recorder_role_arn": role_arn(aws, purpose, recording),
                        "archive_bucket": names.archive,
                        "key_arn": key_arn(LOGS),
                        "retention_days": catalogue.access_policy.retention.logs_days,
                        "unused_days": catalogue.access_policy.inactivity.workforce_days,
                        "parameters": {
                            "LogRetentionDays": str(catalogue.access_policy.retention.logs_days),
                            "UnusedCredentialsMaxAge": str(catalogue.access_policy.inactivity.workforce_days),
                        },
                        "tags": tagged,
                    }
                    for region in (aws.region, aws.replica_region)
                },
                forwarders={
                    region: {
                        "rule": f"{names.base}-security-events",
                        "region": region,
                        "pattern": pattern,
                        "bus_arn": bus,
                        "role_arn": role_arn(aws, purpose, forwarding),
                        "tags": tagged,
                    }
                    for region in everywhere
                },
            )
        )
    return found
