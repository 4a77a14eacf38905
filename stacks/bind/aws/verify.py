"""Checks the arguments of every AWS component of a run before the first of them is registered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from billing_identity.components.aws.access_log_bucket import AccessLogBucket
from billing_identity.components.aws.account_guards import AccountGuards
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.audit_trail import AuditTrail
from billing_identity.components.aws.customer_managed_key import CustomerManagedKey
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.aws.log_archive_bucket import LogArchiveBucket
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import check_trail
from billing_identity.stacks.bind.aws.collection import exporter_args
from billing_identity.stacks.bind.aws.data import data_args
from billing_identity.stacks.bind.aws.guards import guard_args
from billing_identity.stacks.bind.aws.keys import KeyArn, key_args
from billing_identity.stacks.bind.aws.logs import log_args
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.bind.aws.verify_exchange import backup_checks, exchange_checks
from billing_identity.stacks.bind.aws.verify_monitoring import (
    collection_checks,
    detection_checks,
    workforce_checks,
)
from billing_identity.stacks.names import partition
from billing_identity.stacks.settings import Settings

Check = Callable[[], None]


def verify(
    catalogue: Catalogue, settings: Settings, short_name: str, layers: frozenset[str], shard: str | None
) -> None:
    """Raises one ComponentInputError with every fault of the AWS layers among `layers`, a line each."""
    names = Names(short_name, settings)
    binders: dict[str, Callable[[], Iterator[Check]]] = {
        "keys": lambda: _keys(catalogue, names, shard),
        "logging": lambda: _logging(catalogue, names),
        "data": lambda: _data(catalogue, names, shard),
        "detection": lambda: detection_checks(catalogue, names, _arns(names.settings)),
        "workforce": lambda: workforce_checks(catalogue, names),
    }
    faults: dict[str, None] = {}
    for layer, bind in binders.items():
        if layer not in layers:
            continue
        try:
            checks = list(bind())
        except ComponentInputError as error:
            faults.update(dict.fromkeys(str(error).splitlines()))
            continue
        for check in checks:
            try:
                check()
            except ComponentInputError as error:
                faults.update(dict.fromkeys(str(error).splitlines()))
    if faults:
        raise ComponentInputError("\n".join(faults))


def _arns(settings: Settings) -> KeyArn:
    """Stands in for the keys, whose ids are not known before they are made."""
    aws = settings.aws

    def arn(key: str, *, replica: bool = False) -> str:
        region = aws.replica_region if replica else aws.region
        return f"arn:{partition(region)}:kms:{region}:{aws.accounts['keys']}:key/{key}"

    return arn


def _keys(catalogue: Catalogue, names: Names, shard: str | None) -> Iterator[Check]:
    yield partial(AccountGuards.check, "guards-keys", guard_args(catalogue, names.settings, "keys"))
    for key, bound in key_args(catalogue, names, shard).items():
        yield partial(CustomerManagedKey.check, f"key-{key}", bound.args)


def _logging(catalogue: Catalogue, names: Names) -> Iterator[Check]:
    found = log_args(catalogue, names, _arns(names.settings))
    yield partial(check_trail, names.settings)
    yield partial(AccountGuards.check, "guards-logs", guard_args(catalogue, names.settings, "logs"))
    yield partial(AccessLogBucket.check, "logs-access", found.access)
    yield partial(LogArchiveBucket.check, "log-archive", found.archive)
    for content, group in found.groups.items():
        yield partial(LogGroup.check, f"log-{content}", group)
    yield partial(ServiceRole.check, "trail-delivery", found.delivery)
    yield partial(AuditTrail.check, "audit-trail", found.trail)
    yield partial(AlarmTopic.check, "security-alarms", found.topic)
    for alarm, args in found.alarms.items():
        yield partial(TrailAlarm.check, f"alarm-{alarm}", args)
    yield from collection_checks(catalogue, names, _arns(names.settings))


def _data(catalogue: Catalogue, names: Names, shard: str | None) -> Iterator[Check]:
    found = data_args(catalogue, names, _arns(names.settings), shard)
    for place in ("data", "copies"):
        if place in names.settings.aws.places:
            yield partial(
                AccountGuards.check, f"guards-{place}", guard_args(catalogue, names.settings, place)
            )
    for name, access in found.access.items():
        yield partial(AccessLogBucket.check, name, access)
    yield partial(ServiceRole.check, "log-export", exporter_args(catalogue, names))
    for group in found.groups:
        yield partial(ServiceRole.check, f"replication{group.group.suffix}", group.role)
        for name, store in group.stores.items():
            yield partial(EphiBucket.check, name, store)
    yield from exchange_checks(catalogue, names, _arns(names.settings), shard)
    yield from backup_checks(catalogue, names, _arns(names.settings), shard)
