"""What the log account takes in beside the trail: events, network logs, exports; and how it is searched."""

from __future__ import annotations

from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.activity_bucket import ActivityBucketArgs
from billing_identity.components.aws.event_hub import EventHubArgs
from billing_identity.components.aws.event_log_access import EventLogAccessArgs
from billing_identity.components.aws.event_stream import EventStreamArgs
from billing_identity.components.aws.guarded_role import GuardedRoleArgs
from billing_identity.components.aws.log_queue import LogQueueArgs
from billing_identity.components.aws.log_search import LogSearchArgs
from billing_identity.components.aws.network_logs import NetworkLogsArgs
from billing_identity.components.aws.policies import log_roles
from billing_identity.components.aws.policies.activity_policy import COLLECTED
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.components.aws.siem_feed import SiemFeedArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import deployers, lock_mode, organization_id
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.keys import LOGS, KeyArn
from billing_identity.stacks.bind.aws.log_tables import tables
from billing_identity.stacks.bind.aws.saved_queries import QUERIES
from billing_identity.stacks.bind.aws.stores import Names, tags
from billing_identity.stacks.names import okta_event_bus, okta_event_source, partition, role_arn
from billing_identity.stacks.settings import Purpose


@dataclass(frozen=True)
class CollectionArgs:
    """Arguments of the components, by component name where there are several."""

    bucket: ActivityBucketArgs
    roles: dict[str, ServiceRoleArgs]
    collector: GuardedRoleArgs
    stream: EventStreamArgs
    queues: dict[str, LogQueueArgs]
    log_access: EventLogAccessArgs
    hub: EventHubArgs
    search: LogSearchArgs
    networks: dict[str, tuple[Purpose, NetworkLogsArgs]]
    """With the account that each belongs to."""
    siem_role: GuardedRoleArgs | None
    siem_feed: SiemFeedArgs | None


def log_tags(catalogue: Catalogue, names: Names) -> dict[str, str]:
    """Tags of everything in the log account."""
    system = cloud_system(catalogue)
    return tags(names.settings, system.owner, "security", f"system:{system.id}")


def hub_args(catalogue: Catalogue, names: Names, key_arn: KeyArn, *, partner: bool) -> EventHubArgs:
    """The security bus, or Okta's bus (`partner`), with what both have in common."""
    aws = names.settings.aws
    account, region = aws.accounts["logs"], aws.region
    okta = names.settings.okta
    source = okta_event_source(names.short, names.settings)
    args: EventHubArgs = {
        "bus": okta_event_bus(okta.org_name, source) if partner and okta is not None else names.security_bus,
        "partner": partner,
        "region": region,
        "account_id": account,
        "senders": [] if partner else sorted({*aws.places.values()}),
        "archive": f"{names.base}-{'okta' if partner else 'security'}",
        "retention_days": catalogue.access_policy.retention.logs_days,
        "stream_arn": arns.stream(account, region, f"{names.base}-events"),
        "stream_role_arn": role_arn(aws, "logs", names.role("events-to-stream")),
        "topic_arn": arns.topic(account, region, names.alarms),
        "dead_letters_arn": arns.queue(account, region, names.dead_letters),
        "key_arn": key_arn(LOGS),
        "tags": log_tags(catalogue, names),
    }
    organization = organization_id(names.settings)
    if organization is not None:
        args["organization_id"] = organization
    if partner:
        args["silence_minutes"] = 60
        args["log_group_arn"] = arns.log_group(account, region, names.log_group("identity"))
    return args


def collection_args(catalogue: Catalogue, names: Names, key_arn: KeyArn) -> CollectionArgs:
    """Everything that takes in and searches logs, in the log account."""
    settings = names.settings
    aws = settings.aws
    account, region = aws.accounts["logs"], aws.region
    tagged = log_tags(catalogue, names)
    key = key_arn(LOGS)
    keys = arns.keys_of(aws.accounts["keys"], region)
    place = partition(region)
    stream = arns.stream(account, region, f"{names.base}-events")
    bus = arns.event_bus(account, region, names.security_bus)
    bucket: ActivityBucketArgs = {
        "bucket": names.activity,
        "region": region,
        "account_id": account,
        "keys_account_id": aws.accounts["keys"],
        "key_arn": key,
        "log_bucket": names.access_logs("logs"),
        "accounts": sorted(set(aws.places.values())),
        "writers": [role_arn(aws, "logs", names.role(duty)) for duty in ("event-delivery", "log-collector")],
        "deployers": deployers(settings, "logs"),
        "lock_mode": lock_mode(settings),
        "retention_days": catalogue.access_policy.retention.logs_days,
        "tags": tagged,
    }
    organization = organization_id(settings)
    if organization is not None:
        bucket["organization_id"] = organization
    queues = {"undelivered-events": names.dead_letters}
    siem_role: GuardedRoleArgs | None = None
    siem_feed: SiemFeedArgs | None = None
    if aws.siem is not None:
        queue = f"{names.base}-siem-notices"
        queues["siem-notices"] = queue
        queue_arn = arns.queue(account, region, queue)
        buckets = [names.archive, names.activity]
        siem_role = {
            "role": names.role("siem-reader"),
            "trust": log_roles.outside_trust(aws.siem.account, aws.siem.external_id, place),
            "policy": log_roles.siem_reader(buckets, queue_arn, keys, region),
            "boundary_arn": boundary_arn(account, region),
            "description": "The outside SIEM reads log files",
            "tags": tagged,
        }
        siem_feed = {
            "rule": f"{names.base}-siem-notices",
            "region": region,
            "buckets": buckets,
            "queue_arn": queue_arn,
            "tags": tagged,
        }
    search: LogSearchArgs = {
        "workgroup": f"{names.base}-log-search",
        "database": f"{names.base}-logs".replace("-", "_"),
        "region": region,
        "account_id": account,
        "keys_account_id": aws.accounts["keys"],
        "key_arn": key,
        "results_bucket": names.search_results,
        "retention_days": catalogue.access_policy.retention.logs_days,
        "log_bucket": names.access_logs("logs"),
        "deployers": deployers(settings, "logs"),
        "scan_limit_gigabytes": 200,
        "tables": tables(names),
        "queries": QUERIES,
        "tags": tagged,
    }
    if organization is not None:
        search["organization_id"] = organization
    return CollectionArgs(
        bucket=bucket,
        roles={
            "event-delivery": {
                "role": names.role("event-delivery"),
                "service": "firehose.amazonaws.com",
                "source_arns": [stream],
                "policy": log_roles.event_delivery(names.activity, keys, region),
                "boundary_arn": boundary_arn(account, region),
                "description": "Firehose writes events into the activity logs",
                "tags": tagged,
            },
            "events-to-stream": {
                "role": names.role("events-to-stream"),
                "service": "events.amazonaws.com",
                "source_arns": [f"arn:{place}:events:{region}:{account}:rule/*"],
                "policy": log_roles.put_to_stream(stream),
                "boundary_arn": boundary_arn(account, region),
                "description": "EventBridge hands events to the delivery stream",
                "tags": tagged,
            },
        },
        collector={
            "role": names.role("log-collector"),
            "trust": log_roles.role_trust(
                aws.accounts["data"], [role_arn(aws, "data", names.role("log-export"))], place
            ),
            "policy": log_roles.collector(names.activity, COLLECTED, bus, keys, region),
            "boundary_arn": boundary_arn(account, region),
            "description": "Collectors add exports of systems and endpoints, and Entra's log records",
            "tags": tagged,
        },
        stream={
            "stream": f"{names.base}-events",
            "region": region,
            "bucket": names.activity,
            "role_arn": role_arn(aws, "logs", names.role("event-delivery")),
            "key_arn": key,
            "tags": tagged,
        },
        queues={
            name: {"queue": queue, "region": region, "account_id": account, "key_arn": key, "tags": tagged}
            for name, queue in queues.items()
        },
        log_access={
            "policy": f"{names.base}-events-to-logs",
            "region": region,
            "log_groups": [arns.log_group(account, region, names.log_group("*"))],
            "catalogue_id": tagged["CatalogueId"],
        },
        hub=hub_args(catalogue, names, key_arn, partner=False),
        search=search,
        networks={
            f"network-{network.vpc_id}": (
                network.account,
                {
                    "vpc_id": network.vpc_id,
                    "region": network.region,
                    "bucket": names.activity,
                    "tags": tagged,
                },
            )
            for network in aws.networks
        },
        siem_role=siem_role,
        siem_feed=siem_feed,
    )


def exporter_args(catalogue: Catalogue, names: Names) -> ServiceRoleArgs:
    """Role of the jobs (ECS tasks of the data account) that send exports: all it can do is take on the
    collector's."""
    aws = names.settings.aws
    account, region = aws.accounts["data"], aws.region
    place = partition(region)
    return {
        "role": names.role("log-export"),
        "service": "ecs-tasks.amazonaws.com",
        "source_arns": [f"arn:{place}:ecs:{region}:{account}:*"],
        "policy": log_roles.take_on(role_arn(aws, "logs", names.role("log-collector"))),
        "boundary_arn": boundary_arn(account, region),
        "description": "Jobs that export logs of systems and endpoints",
        "tags": log_tags(catalogue, names),
    }
