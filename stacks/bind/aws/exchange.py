"""The exchange with partners: SFTP server and users, uploads by HTTPS, scanner, notices of what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.account_guards import boundary_arn
from billing_identity.components.aws.alarm_topic import AlarmTopicArgs
from billing_identity.components.aws.event_notice import EventNoticeArgs
from billing_identity.components.aws.guarded_role import GuardedRoleArgs
from billing_identity.components.aws.log_group import LogGroupArgs
from billing_identity.components.aws.malware_scan import MalwareScanArgs
from billing_identity.components.aws.policies import exchange_policy as policies
from billing_identity.components.aws.service_role import ServiceRoleArgs
from billing_identity.components.aws.sftp_server import SftpNetworkArgs, SftpServerArgs
from billing_identity.components.aws.sftp_user import SftpUserArgs
from billing_identity.components.aws.topic_readers import TopicReadersArgs
from billing_identity.components.aws.trail_alarm import TrailAlarmArgs
from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.access import lapsed
from billing_identity.roles.exchange import PartnerAccess, exchanges, partner_accesses
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.bind.aws.keys import LOGS, KeyArn
from billing_identity.stacks.bind.aws.stores import EXCHANGE, Names, StoreGroup, store_groups, tags
from billing_identity.stacks.names import partition, role_arn


@dataclass(frozen=True)
class ExchangeArgs:
    """What the home shard has of the exchange."""

    topic: AlarmTopicArgs
    readers: TopicReadersArgs | None
    scanner: ServiceRoleArgs
    notices: dict[str, EventNoticeArgs]
    """By component name."""
    log: LogGroupArgs | None
    server: SftpServerArgs | None
    partners: ServiceRoleArgs | None
    users: dict[str, SftpUserArgs]
    """By component name, without the server's id."""
    alarm: TrailAlarmArgs | None
    uploads: GuardedRoleArgs | None


def scan_args(names: Names, group: StoreGroup) -> MalwareScanArgs:
    """Scan of a group's exchange store."""
    settings = names.settings
    return {
        "bucket": names.store(EXCHANGE, group.client),
        "region": settings.aws.region,
        "role_arn": role_arn(settings.aws, "data", names.role("scanner")),
        "tags": tags(settings, group.owner, "ephi", group.catalogue_id),
    }


def exchange_args(catalogue: Catalogue, names: Names, key_arn: KeyArn, as_of: date | None) -> ExchangeArgs:
    """The exchange of the home shard; server, users and uploads only with `exchange` in the settings.

    On day `as_of` a partner without an agreement has no users left; None leaves them all in, for checks.
    Raises ComponentInputError for a reviewer whose permission set does not use keys.
    """
    settings = names.settings
    aws = settings.aws
    account, region = aws.accounts["data"], aws.region
    system = cloud_system(catalogue)
    tagged = tags(settings, system.owner, "ephi", f"system:{system.id}")
    topic_arn = arns.topic(account, region, names.data_alarms)
    urls = [*aws.alerting.pager_urls, *([aws.alerting.ticket_url] if aws.alerting.ticket_url else [])]
    stores = [names.store(EXCHANGE), f"{names.store(EXCHANGE)}-*"]
    accesses = partner_accesses(catalogue) if aws.exchange is not None else ()
    return ExchangeArgs(
        topic={
            "topic": names.data_alarms,
            "region": region,
            "account_id": account,
            "key_arn": key_arn(LOGS),
            "tags": tagged,
        },
        readers={
            "topic_arn": topic_arn,
            "region": region,
            "urls": urls,
            "catalogue_id": tagged["CatalogueId"],
        }
        if urls
        else None,
        scanner={
            "role": names.role("scanner"),
            "service": "malware-protection-plan.guardduty.amazonaws.com",
            "source_arns": [
                f"arn:{partition(region)}:guardduty:{region}:{account}:malware-protection-plan/*"
            ],
            "policy": policies.scanner(stores, account, region, aws.accounts["keys"]),
            "boundary_arn": boundary_arn(account, region),
            "description": "GuardDuty scans what arrives in the exchange stores and tags it",
            "tags": tagged,
        },
        notices=dict(_notices(names, topic_arn, tagged)),
        log={
            "log_group": names.exchange_log,
            "region": region,
            "retention_days": checks.next_retention(catalogue.access_policy.retention.logs_days),
            "key_arn": key_arn(LOGS),
            "tags": tagged,
        }
        if accesses
        else None,
        server=_server(names, accesses, tagged) if accesses else None,
        partners={
            "role": names.role("sftp"),
            "service": "transfer.amazonaws.com",
            "source_arns": [f"arn:{partition(region)}:transfer:{region}:{account}:user/*"],
            "policy": policies.partners(stores, account, region, aws.accounts["keys"]),
            "boundary_arn": boundary_arn(account, region),
            "description": "SFTP users; each session is narrowed to one folder",
            "tags": tagged,
        }
        if accesses
        else None,
        users={
            f"sftp-{access.user}": _user(names, access)
            for access in accesses
            if as_of is None or not lapsed(catalogue, access.flow.vendor, as_of)
        },
        alarm={
            "alarm": f"{names.base}-sftp-refused",
            "description": "Somebody who reaches the SFTP server is refused again and again: a partner with "
            "an old key, or one who should not be there. Ask the partner by telephone.",
            "namespace": "BillingIdentity",
            "region": region,
            "log_group": names.exchange_log,
            "pattern": '{ $.activity-type = "AUTH_FAILURE" }',
            "count": 10,
            "window_minutes": 15,
            "topic_arn": topic_arn,
            "tags": tagged,
        }
        if accesses
        else None,
        uploads=_uploads(catalogue, names, tagged),
    )


def _server(names: Names, accesses: tuple[PartnerAccess, ...], tagged: dict[str, str]) -> SftpServerArgs:
    settings = names.settings
    exchange = settings.aws.exchange
    if exchange is None:
        raise ComponentInputError("exchange: no settings")
    networks: dict[str, SftpNetworkArgs] = {}
    for access in accesses:
        for cidr in access.sftp.addresses:
            networks.setdefault(cidr, {"cidr": cidr, "partner": access.flow.counterparty})
    args: SftpServerArgs = {
        "server": f"{names.base}-sftp",
        "region": settings.aws.region,
        "vpc_id": exchange.vpc_id,
        "subnet_ids": list(exchange.subnet_ids),
        "networks": [networks[cidr] for cidr in sorted(networks)],
        "security_policy": exchange.security_policy,
        "log_group_arn": arns.log_group(
            settings.aws.accounts["data"], settings.aws.region, names.exchange_log
        ),
        "tags": tagged,
    }
    if exchange.address_allocation_ids:
        args["address_allocation_ids"] = list(exchange.address_allocation_ids)
    return args


def _user(names: Names, access: PartnerAccess) -> SftpUserArgs:
    settings = names.settings
    own = access.client if access.client.own_key else None
    return {
        "server_id": "",
        "user": access.user,
        "region": settings.aws.region,
        "role_arn": role_arn(settings.aws, "data", names.role("sftp")),
        "bucket": names.store(EXCHANGE, own),
        "folder": access.folder,
        "brings": access.flow.direction in ("in", "both"),
        "fetches": access.flow.direction in ("out", "both"),
        "keys_account_id": settings.aws.accounts["keys"],
        "public_keys": [key.public_key for key in access.sftp.keys],
        "tags": {
            **tags(settings, access.sftp.keys[0].owner, "ephi", f"client:{access.client.id}"),
            "ReplaceKeysBy": min(key.replace_by for key in access.sftp.keys).isoformat(),
        },
    }


def _uploads(catalogue: Catalogue, names: Names, tagged: dict[str, str]) -> GuardedRoleArgs | None:
    settings = names.settings
    aws = settings.aws
    if aws.exchange is None or not aws.exchange.upload_signers:
        return None
    own = {group.client.id for group in store_groups(catalogue, None) if group.client and group.exchanges}
    codes = sorted(
        client.code.lower()
        for client in catalogue.clients.values()
        if exchanges(client) and (not client.own_key or client.id in own)
    )
    return {
        "role": names.role("upload"),
        "trust": policies.upload_trust(aws.exchange.upload_signers, codes, aws.region),
        "policy": policies.uploads(
            names.store(EXCHANGE), aws.accounts["data"], aws.region, aws.accounts["keys"]
        ),
        "boundary_arn": boundary_arn(aws.accounts["data"], aws.region),
        "session_seconds": 3600,
        "description": "Signs uploads by HTTPS into one client's folder; reads nothing",
        "tags": tagged,
    }


def _notices(names: Names, topic_arn: str, tagged: dict[str, str]) -> Iterator[tuple[str, EventNoticeArgs]]:
    prefix = names.store(EXCHANGE)
    paths = {
        "what": "$.detail.scanResultDetails.scanResultStatus",
        "bucket": "$.detail.s3ObjectDetails.bucketName",
        "object": "$.detail.s3ObjectDetails.objectKey",
        "when": "$.time",
    }
    for name, statuses, sentence in (
        (
            "malware-found",
            ["THREATS_FOUND"],
            "Malware arrived: <object> in <bucket> at <when> (<what>). Nobody can read it. Call the partner, "
            "treat it as a security incident, and let a reviewer look at it in isolation.",
        ),
        (
            "scan-failed",
            ["ACCESS_DENIED", "FAILED", "UNSUPPORTED"],
            "A file could not be scanned: <object> in <bucket> at <when> (<what>). It stays unreadable until "
            "it was scanned again or a reviewer decides.",
        ),
    ):
        yield (
            f"exchange-{name}",
            {
                "rule": f"{names.base}-{name}",
                "sentence": sentence,
                "region": names.settings.aws.region,
                "pattern": json.dumps(
                    {
                        "source": ["aws.guardduty"],
                        "detail-type": ["GuardDuty Malware Protection Object Scan Result"],
                        "detail": {
                            "scanResultDetails": {"scanResultStatus": statuses},
                            "s3ObjectDetails": {"bucketName": [{"prefix": prefix}]},
                        },
                    },
                    sort_keys=True,
                    separators=(",", ":"),
                ),
                "paths": paths,
                "topic_arn": topic_arn,
                "tags": tagged,
            },
        )
