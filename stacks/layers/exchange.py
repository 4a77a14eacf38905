"""The exchange: the half of layer `data` through which files come from partners and go to them."""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.event_notice import EventNotice
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.malware_scan import MalwareScan
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.sftp_server import SftpServer
from billing_identity.components.aws.sftp_user import SftpUser
from billing_identity.components.aws.topic_readers import TopicReaders
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.stacks.bind.aws.exchange import ExchangeArgs, exchange_args, scan_args
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import Names, StoreGroup
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.regions import has_fips

MALWARE_PLANS = 25
"""Buckets that GuardDuty scans in an account and Region (GuardDuty User Guide, quotas of Malware Protection
for S3; earlier editions say 10). AWS does not offer to raise it."""


def declare_exchange(context: Context, names: Names) -> ExchangeArgs:
    """What the home shard has: topic, scanner's role, notices; server, users and uploads where wanted."""
    passing = handover(context)
    args = exchange_args(context.catalogue, names, passing.key_arn, context.as_of)
    boundary = passing.boundary(context.settings.aws.accounts["data"])

    def options(name: str, catalogue_id: str, *after: pulumi.Resource) -> pulumi.ResourceOptions:
        context.index[name] = catalogue_id
        return pulumi.ResourceOptions.merge(
            context.providers.with_aws("data"), pulumi.ResourceOptions(depends_on=list(after))
        )

    here = args.topic["tags"]["CatalogueId"]
    topic = AlarmTopic("data-alarms", args.topic, options("data-alarms", here))
    context.made["exchange/topic"] = topic
    if args.readers is not None:
        TopicReaders("data-alarms-readers", args.readers, options("data-alarms-readers", here, topic))
    context.made["exchange/scanner"] = ServiceRole(
        "exchange-scanner", args.scanner, options("exchange-scanner", here, *boundary)
    )
    for name, notice in args.notices.items():
        EventNotice(name, notice, options(name, here, topic))
    if args.server is not None and args.log is not None and args.partners is not None:
        log = LogGroup("exchange-log", args.log, options("exchange-log", here))
        role = ServiceRole("exchange-sftp", args.partners, options("exchange-sftp", here, *boundary))
        server = SftpServer("exchange-server", args.server, options("exchange-server", here, log))
        for name, user in args.users.items():
            # Not protected: the access of a partner or client who leaves has to end with the next update.
            placed = pulumi.ResourceOptions.merge(
                options(name, user["tags"]["CatalogueId"], role), pulumi.ResourceOptions(protect=False)
            )
            SftpUser(name, {**user, "server_id": server.server_id}, placed)
        if args.alarm is not None:
            TrailAlarm("exchange-refused", args.alarm, options("exchange-refused", here, log, topic))
    if args.uploads is not None:
        GuardedRole("exchange-upload", args.uploads, options("exchange-upload", here, *boundary))
    context.gaps.extend(_gaps(context, args))
    return args


def declare_scan(context: Context, names: Names, group: StoreGroup, store: pulumi.Resource) -> None:
    """The scan of a group's exchange store."""
    name = f"scan-exchange{group.suffix}"
    context.index[name] = group.catalogue_id
    scanner = context.made.get("exchange/scanner")
    MalwareScan(
        name,
        scan_args(names, group),
        pulumi.ResourceOptions.merge(
            context.providers.with_aws("data"),
            pulumi.ResourceOptions(
                depends_on=[store, *([scanner] if scanner is not None else [])], protect=group.protect
            ),
        ),
    )


def _gaps(context: Context, args: ExchangeArgs) -> list[Gap]:
    found: list[Gap] = []
    for region in (context.settings.aws.region, context.settings.aws.replica_region):
        if not has_fips(region):
            found.append(
                Gap(
                    "aws",
                    f"FIPS endpoints in {region}",
                    "AWS runs none there",
                    "ordinary endpoints: TLS 1.2 or newer, by a module whose validation AWS does not claim",
                )
            )
    if args.server is None:
        found.append(
            Gap(
                "aws",
                "SFTP server",
                "no `aws.exchange` in the settings, or no flow with `sftp`",
                "we connect to partners' servers",
            )
        )
    if args.uploads is None:
        found.append(
            Gap(
                "aws",
                "Uploads by HTTPS",
                "no `upload_signers` in the settings",
                "clients upload by SFTP" if args.server else "we fetch from clients' and partners' servers",
            )
        )
    return found


def too_many_scans(groups: int) -> list[Gap]:
    """The gap when more exchange stores want a scan than GuardDuty gives."""
    if groups <= MALWARE_PLANS:
        return []
    return [
        Gap(
            "aws",
            "Scan of every exchange store",
            f"{groups} exchange stores, and GuardDuty scans {MALWARE_PLANS} in an account and Region",
            "nothing in a store without a scan can be read, since no object gets the tag; put clients with "
            "keys of their own into further accounts",
        )
    ]
