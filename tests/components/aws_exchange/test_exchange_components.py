"""Exchange, backup, database and volume components: what they refuse, and that the pack accepts the rest."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from aws_samples import ACCOUNT, BUCKET, DEPLOY, KEY_ARN, KEYS, TAGS

from billing_identity.components.aws.backup_plan import BackupPlan
from billing_identity.components.aws.backup_vault import BackupVault
from billing_identity.components.aws.encrypted_database import ENGINES, EncryptedDatabase
from billing_identity.components.aws.encrypted_volumes import EncryptedVolumes
from billing_identity.components.aws.ephi_bucket import EphiBucket
from billing_identity.components.aws.event_notice import EventNotice
from billing_identity.components.aws.malware_scan import MalwareScan
from billing_identity.components.aws.policies.exchange_policy import partner_session
from billing_identity.components.aws.restore_test import RestoreTest
from billing_identity.components.aws.sftp_server import SECURITY_POLICIES, SftpServer
from billing_identity.components.aws.sftp_user import SftpUser
from billing_identity.components.aws.topic_readers import TopicReaders
from billing_identity.components.errors import ComponentInputError
from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.tls import TRANSFER
from billing_identity.review.preview.run import run_callable
from billing_identity.review.previewing import records

README = Path(__file__).parents[3] / "components" / "aws" / "README.md"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/exchange"
PUBLIC = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY= partner"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:alarms"
SCAN = {"bucket": "acme-ephi", "region": "us-east-1", "role_arn": ROLE, "tags": TAGS}
SERVER = {
    "server": "acme-sftp",
    "region": "us-east-1",
    "vpc_id": "vpc-0123456789",
    "subnet_ids": ["subnet-0123456789"],
    "networks": [{"cidr": "192.0.2.0/28", "partner": "Clearinghouse"}],
    "log_group_arn": f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:sftp",
    "tags": TAGS,
}
USER = {
    "server_id": "s-0123456789abcdef0",
    "user": "clearinghouse-acme",
    "region": "us-east-1",
    "role_arn": ROLE,
    "bucket": "acme-ephi",
    "folder": "acme/claims",
    "brings": True,
    "fetches": True,
    "keys_account_id": KEYS,
    "public_keys": [PUBLIC],
    "tags": TAGS,
}
VAULT = {
    "vault": "acme-ephi",
    "region": "us-east-1",
    "account_id": ACCOUNT,
    "key_arn": KEY_ARN,
    "lock": "compliance",
    "minimum_days": 35,
    "maximum_days": 366,
    "deployers": DEPLOY,
    "tags": TAGS,
}
PLAN = {
    "plan": "acme-ephi",
    "region": "us-east-1",
    "vault": "acme-ephi",
    "copy_vault_arn": f"arn:aws:backup:us-west-2:{ACCOUNT}:backup-vault:acme-ephi-replica",
    "role_arn": ROLE,
    "tag_key": "Backup",
    "tag_value": "ephi",
    "schedule": "cron(0 6 ? * * *)",
    "keep_days": 35,
    "topic_arn": TOPIC,
    "tags": TAGS,
}
RESTORE = {
    "test": "acme_restore_test",
    "region": "us-east-1",
    "vault_arns": ["*"],
    "schedule": "cron(0 9 ? * 1#1 *)",
    "window_days": 7,
    "resource_type": "S3",
    "tag_key": "DataClass",
    "tag_value": "ephi",
    "role_arn": ROLE,
    "key_arn": KEY_ARN,
    "validation_hours": 24,
    "tags": TAGS,
}
DATABASE = {
    "database": "acme-billing",
    "region": "us-east-1",
    "engine": "postgres",
    "engine_version": "17",
    "family": "postgres17",
    "instance_class": "db.m7g.large",
    "storage_gib": 100,
    "subnet_group": "acme-private",
    "security_group_ids": ["sg-0123456789"],
    "key_arn": KEY_ARN,
    "master_username": "acme_owner",
    "tags": TAGS,
}
VOLUMES = {"key_arns": {"us-east-1": KEY_ARN}, "catalogue_id": "system:aws"}
NOTICE = {
    "rule": "acme-malware",
    "sentence": "Malware in <object>. Call the partner.",
    "region": "us-east-1",
    "pattern": '{"source":["aws.guardduty"]}',
    "paths": {"object": "$.detail.object"},
    "topic_arn": TOPIC,
    "tags": TAGS,
}
READERS = {
    "topic_arn": TOPIC,
    "region": "us-east-1",
    "urls": ["https://tickets.example/a"],
    "catalogue_id": "system:aws",
}
ALL: dict[str, tuple[Any, dict[str, Any]]] = {
    "store": (EphiBucket, {**BUCKET, "quarantine": {"scanner_role_arn": ROLE, "reviewers": []}}),
    "scan": (MalwareScan, SCAN),
    "server": (SftpServer, SERVER),
    "user": (SftpUser, USER),
    "vault": (BackupVault, VAULT),
    "plan": (BackupPlan, PLAN),
    "restore": (RestoreTest, RESTORE),
    "database": (EncryptedDatabase, DATABASE),
    "volumes": (EncryptedVolumes, VOLUMES),
    "notice": (EventNotice, NOTICE),
    "readers": (TopicReaders, READERS),
}
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("store", {"quarantine": {"scanner_role_arn": "*", "reviewers": []}}, "scanner_role_arn"),
    ("store", {"notifiers": ["everybody"]}, "notifiers"),
    ("scan", {"prefixes": [str(number) for number in range(6)]}, "five at most"),
    ("scan", {"role_arn": "scanner"}, "role_arn"),
    (
        "server",
        {"security_policy": "TransferSecurityPolicy-2018-11"},
        "write one of TransferSecurityPolicy-F",
    ),
    ("server", {"security_policy": "TransferSecurityPolicy-FIPS-2020-06"}, "write one of"),
    ("server", {"networks": []}, "nobody reaches"),
    ("server", {"networks": [{"cidr": "0.0.0.0/0", "partner": "x"}]}, "wider than a /24"),
    ("server", {"networks": [{"cidr": "52.0.0.0/8", "partner": "x"}]}, "wider than a /24"),
    ("server", {"networks": [{"cidr": "2001:db8::/32", "partner": "x"}]}, "wider than a /48"),
    ("server", {"networks": [{"cidr": "127.0.0.0/28", "partner": "x"}]}, "no network from which"),
    ("server", {"networks": [{"cidr": "192.0.2.1/28", "partner": "x"}]}, "write a network"),
    ("server", {"networks": [{"cidr": "office", "partner": "x"}]}, "write a network"),
    ("server", {"subnet_ids": []}, "subnet_ids: empty"),
    ("server", {"address_allocation_ids": ["eipalloc-1", "eipalloc-2"]}, "one for each subnet"),
    ("user", {"public_keys": ["-----BEGIN OPENSSH " + "PRIVATE KEY-----"]}, "is a private key"),
    ("user", {"public_keys": ["c3NoLXJzYQ=="]}, "OpenSSH's form"),
    ("user", {"public_keys": []}, "one to ten"),
    ("user", {"folder": "acme/../other"}, "without . and .."),
    ("user", {"folder": "/acme"}, "single slashes"),
    ("user", {"folder": "acme/*"}, "single slashes"),
    ("user", {"user": "-x"}, "3 to 100"),
    ("user", {"brings": False, "fetches": False}, "one of them"),
    ("vault", {"lock": "none"}, "compliance or governance"),
    ("vault", {"minimum_days": 7}, "write 35 or more"),
    ("vault", {"maximum_days": 30}, "from minimum_days"),
    ("vault", {"vault": "acme ephi"}, "2 to 50"),
    ("vault", {"source_accounts": ["1"]}, "12 digits"),
    ("plan", {"copy_vault_arn": PLAN["copy_vault_arn"].replace("us-west-2", "us-east-1")}, "own Region"),
    ("plan", {"copy_vault_arn": "acme-ephi-replica"}, "ARN of a backup vault"),
    ("plan", {"schedule": "daily"}, "write cron"),
    ("plan", {"keep_days": 7}, "write 35 or more"),
    ("restore", {"test": "acme-restore"}, "underscores"),
    ("restore", {"vault_arns": []}, "vault_arns: empty"),
    ("restore", {"validation_hours": 0}, "1 to 168"),
    ("database", {"engine": "oracle"}, "write one of postgres"),
    ("database", {"family": "mysql8.4"}, "one of engine postgres"),
    ("database", {"engine_version": "16"}, "write the one of version 16"),
    ("database", {"engine_version": "latest"}, "write the one of version latest"),
    ("database", {"instance_class": "large"}, "such as db.m7g.large"),
    ("database", {"authority": "rds-ca-2019"}, "rds-ca-rsa4096-g1"),
    ("database", {"backup_days": 1}, "7 to 35"),
    ("database", {"security_group_ids": []}, "who may reach it"),
    ("database", {"database": "Acme_Billing"}, "lower-case"),
    ("database", {"master_username": "postgres"}, "nobody guesses"),
    ("volumes", {"key_arns": {}}, "key_arns: empty"),
    ("volumes", {"key_arns": {"moon": KEY_ARN}}, "AWS Region"),
    ("notice", {"sentence": "Malware in <bucket>."}, "nothing gives <bucket>"),
    ("notice", {"sentence": 'Malware "found".'}, "no quotes"),
    ("readers", {"urls": ["http://tickets.example"]}, "https://"),
]


@pytest.mark.parametrize(("name", "changes", "message"), BAD)
def test_bad_arguments_register_nothing(name: str, changes: dict[str, Any], message: str) -> None:
    component, args = ALL[name]
    with pytest.raises(ComponentInputError, match=message.replace("(", r"\(")):
        component(name, {**copy.deepcopy(args), **changes})


@pytest.fixture(scope="module")
def declared() -> dict[tuple[str, str], Any]:
    def program() -> None:
        for name, (component, args) in ALL.items():
            component(name, copy.deepcopy(args))

    found = run_callable(program)
    assert not found.errors, [str(error) for error in found.errors]
    return {(item.type, item.name): item.inputs for item in found.registrations}


def test_a_database_is_closed_in_every_way(declared: dict[tuple[str, str], Any]) -> None:
    inputs = declared[("aws:rds/instance:Instance", "database")]
    assert inputs["storageEncrypted"] is True
    assert {
        inputs["kmsKeyId"],
        inputs["masterUserSecretKmsKeyId"],
        inputs["performanceInsightsKmsKeyId"],
    } == {KEY_ARN}
    assert inputs["manageMasterUserPassword"] is True
    assert "password" not in inputs
    assert inputs["publiclyAccessible"] is False
    assert inputs["deletionProtection"] is True
    assert inputs["skipFinalSnapshot"] is False
    assert inputs["finalSnapshotIdentifier"] == "acme-billing-final"
    assert inputs["backupRetentionPeriod"] == 35
    assert inputs["enabledCloudwatchLogsExports"] == ["postgresql", "upgrade"]
    parameters = declared[("aws:rds/parameterGroup:ParameterGroup", "database")]["parameters"]
    assert {item["name"]: item["value"] for item in parameters} == {
        "rds.force_ssl": "1",
        "ssl_min_protocol_version": "TLSv1.2",
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_refuses_plain_connections(engine: str) -> None:
    args = {**copy.deepcopy(DATABASE), "engine": engine, "family": f"{engine}17"}
    found = run_callable(lambda: EncryptedDatabase("db", args) and None)  # type: ignore[arg-type]
    assert not found.errors, [str(error) for error in found.errors]
    group = next(item for item in found.registrations if item.type.endswith(":ParameterGroup"))
    assert len(group.inputs["parameters"]) == 2
    assert ENGINES[engine][0] in {item["name"] for item in group.inputs["parameters"]}


def test_volumes_take_the_declared_key(declared: dict[tuple[str, str], Any]) -> None:
    assert declared[("aws:ebs/encryptionByDefault:EncryptionByDefault", "volumes-us-east-1")]["enabled"]
    assert declared[("aws:ebs/defaultKmsKey:DefaultKmsKey", "volumes-us-east-1")]["keyArn"] == KEY_ARN


def test_a_governance_lock_has_no_days_of_grace() -> None:
    args = {**copy.deepcopy(VAULT), "lock": "governance"}
    found = run_callable(lambda: BackupVault("vault", args) and None)  # type: ignore[arg-type]
    lock = next(item for item in found.registrations if "vaultLock" in item.type)
    assert "changeableForDays" not in lock.inputs
    assert lock.inputs["minRetentionDays"] == 35


def test_server_and_policy_pack_accept_the_same_names() -> None:
    assert set(SECURITY_POLICIES) == set(TRANSFER)


def test_the_longest_session_policy_fits() -> None:
    """Longest names that the catalogue allows: company, environment, flow and client code."""
    text = partner_session(
        "a" * 63,
        f"{'c' * 8}/{'f' * 40}",
        brings=True,
        fetches=True,
        region="us-gov-west-1",
        keys_account=KEYS,
    )
    assert len(text) <= 2048


def test_the_pack_has_nothing_against_them() -> None:
    """Every rule of the pack."""

    def program() -> None:
        for name, (component, args) in ALL.items():
            component(name, copy.deepcopy(args))

    report = evaluate(records(run_callable(program)), PackConfig())
    assert report.findings or report.counts
    seen = {rule for rule, counts in report.counts.items() if counts.passed}
    assert {
        *("aws-transfer-security-policy", "aws-transfer-inside-vpc", "aws-transfer-logged"),
        *("aws-transfer-home-logical", "aws-backup-copied", "aws-backup-kept", "aws-backup-vault-locked"),
        *("aws-backup-vault-encrypted", "aws-backup-vault-lock-declared", "aws-backup-plan-selects"),
        *("aws-restore-tested", "aws-rds-encrypted", "aws-rds-not-public", "aws-rds-deletion-protected"),
        *("aws-rds-logs-exported", "aws-rds-multi-zone", "aws-rds-backed-up"),
        "aws-ebs-encrypted-by-default",
    } <= seen
    # The test's own provider has no Region; every component names one on each resource.
    ours = [found for found in report.findings if not found.type.startswith("pulumi:providers:")]
    assert not [(found.rule, found.name, found.message) for found in ours]


def test_the_examples_of_the_readme_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:

        def program(text: str = block) -> None:
            exec(compile(text, str(README), "exec"), {"__name__": "example"})

        found = run_callable(program)
        assert not found.errors, [str(error) for error in found.errors]
        assert len(found.registrations) > 2
