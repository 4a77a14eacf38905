"""Checks of the components of the exchange and of backups; see `verify`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.backup_plan import BackupPlan
from billing_identity.components.aws.backup_vault import BackupVault
from billing_identity.components.aws.event_notice import EventNotice
from billing_identity.components.aws.guarded_role import GuardedRole
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.malware_scan import MalwareScan
from billing_identity.components.aws.restore_test import RestoreTest
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.components.aws.sftp_server import SftpServer
from billing_identity.components.aws.sftp_user import SftpUser
from billing_identity.components.aws.topic_readers import TopicReaders
from billing_identity.components.aws.trail_alarm import TrailAlarm
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.backup import backup_args
from billing_identity.stacks.bind.aws.exchange import exchange_args, scan_args
from billing_identity.stacks.bind.aws.keys import KeyArn
from billing_identity.stacks.bind.aws.stores import Names, is_home, store_groups

Check = Callable[[], None]


def exchange_checks(
    catalogue: Catalogue, names: Names, key_arn: KeyArn, shard: str | None
) -> Iterator[Check]:
    """A check for each component of the exchange in a shard."""
    for group in store_groups(catalogue, shard):
        if group.exchanges:
            yield partial(MalwareScan.check, f"scan-exchange{group.suffix}", scan_args(names, group))
    if not is_home(shard):
        return
    found = exchange_args(catalogue, names, key_arn, None)
    yield partial(AlarmTopic.check, "data-alarms", found.topic)
    if found.readers is not None:
        yield partial(TopicReaders.check, "data-alarms-readers", found.readers)
    yield partial(ServiceRole.check, "exchange-scanner", found.scanner)
    for name, notice in found.notices.items():
        yield partial(EventNotice.check, name, notice)
    if found.log is not None:
        yield partial(LogGroup.check, "exchange-log", found.log)
    if found.server is not None:
        yield partial(SftpServer.check, "exchange-server", found.server)
    if found.partners is not None:
        yield partial(ServiceRole.check, "exchange-sftp", found.partners)
    for name, user in found.users.items():
        yield partial(SftpUser.check, name, user)
    if found.alarm is not None:
        yield partial(TrailAlarm.check, "exchange-refused", found.alarm)
    if found.uploads is not None:
        yield partial(GuardedRole.check, "exchange-upload", found.uploads)


def backup_checks(catalogue: Catalogue, names: Names, key_arn: KeyArn, shard: str | None) -> Iterator[Check]:
    """A check for each component of backups in a shard."""
    found = backup_args(catalogue, names, key_arn, shard)
    for bound in found.groups:
        name = f"backup{bound.group.suffix}"
        yield partial(BackupVault.check, f"{name}-vault", bound.vault)
        yield partial(BackupVault.check, f"{name}-copies", bound.copies)
        yield partial(BackupPlan.check, name, bound.plan)
    if found.role is not None:
        yield partial(ServiceRole.check, "backup-role", found.role)
    if found.restorer is not None:
        yield partial(GuardedRole.check, "restore-test-role", found.restorer)
    if found.test is not None:
        yield partial(RestoreTest.check, "restore-test", found.test)
    for name, notice in found.notices.items():
        yield partial(EventNotice.check, name, notice)
