"""The exchange and the backups of the reference organisation, on named resources of the real program."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from aws_program import catalogue, clean, run, settings

from billing_identity.roles.exchange import clients_of, partner_accesses
from billing_identity.roles.model.client import Offboarding
from billing_identity.stacks.layers.exchange import MALWARE_PLANS, too_many_scans

Whole = dict[tuple[str, str], Any]
SERVER, USER, SSH_KEY = "aws:transfer/server:Server", "aws:transfer/user:User", "aws:transfer/sshKey:SshKey"
VAULT, PLAN = "aws:backup/vault:Vault", "aws:backup/plan:Plan"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
SCAN = "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan"
RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
PROVIDER = "pulumi:providers:aws"


def inputs(whole: Whole, type_: str, name: str) -> dict[str, Any]:
    return whole[(type_, name)].inputs


def named(whole: Whole, type_: str) -> set[str]:
    return {name for kind, name in whole if kind == type_}


def with_aws(**changes: Any) -> Any:
    return settings().model_copy(update={"aws": settings().aws.model_copy(update=changes)})


def test_the_server_stands_in_the_network_and_speaks_only_new_ciphers(whole: Whole) -> None:
    server = inputs(whole, SERVER, "exchange-server")
    assert server["endpointType"] == "VPC"
    assert server["protocols"] == ["SFTP"]
    assert server["identityProviderType"] == "SERVICE_MANAGED"
    assert server["securityPolicyName"] == "TransferSecurityPolicy-FIPS-2025-03"
    assert "hostKey" not in server
    log = inputs(whole, "aws:cloudwatch/logGroup:LogGroup", "exchange-log")
    account = "100000000004"
    assert server["structuredLogDestinations"] == [
        f"arn:aws:logs:us-east-1:{account}:log-group:{log['name']}:*"
    ]
    assert log["retentionInDays"] == 2192
    assert log["kmsKeyId"] == whole[("aws:kms/key:Key", "key-logs")].outputs["arn"]


def test_only_the_partners_networks_reach_it(whole: Whole) -> None:
    rules = [item.inputs for (type_, _), item in whole.items() if type_ == RULE]
    assert {(rule["cidrIpv4"], rule["fromPort"], rule["toPort"], rule["ipProtocol"]) for rule in rules} == {
        (address, 22, 22, "tcp")
        for access in partner_accesses(catalogue())
        for address in access.sftp.addresses
    }
    assert "ingress" not in inputs(whole, "aws:ec2/securityGroup:SecurityGroup", "exchange-server")


def test_each_user_sees_one_clients_folder_and_has_its_partners_keys(whole: Whole) -> None:
    users = named(whole, USER)
    assert users == {
        "sftp-claims-to-waystar-clwl",
        "sftp-claims-to-waystar-hrbr",
        "sftp-claims-to-waystar-lkor",
        "sftp-claims-to-waystar-rvbh",
        "sftp-claims-to-waystar-smpd",
        "sftp-hospital-extracts-rvbh",
    }
    for name in users:
        user = inputs(whole, USER, name)
        code = name.rsplit("-", 1)[-1]
        flow = name.removeprefix("sftp-").removesuffix(f"-{code}")
        bucket = "meridian-prod-ephi-exchange" + ("-rvbh" if code == "rvbh" else "")
        ways = ("in", "out") if flow == "claims-to-waystar" else ("in",)
        assert user["homeDirectoryType"] == "LOGICAL"
        assert user["homeDirectoryMappings"] == [
            {"entry": f"/{way}", "target": f"/{bucket}/{code}/{flow}/{way}"} for way in ways
        ]
        assert user["tags"]["ReplaceKeysBy"] > "2026-11-24"
        key = inputs(whole, SSH_KEY, f"{name}-1")
        assert key["body"].startswith("ecdsa-sha2-")
        assert len(key["body"].split()) == 2


def test_a_client_whose_data_was_returned_has_no_user_left() -> None:
    client = catalogue().clients["harbor-family-practice"]
    gone = client.model_copy(
        update={"offboarding": Offboarding(ends_on=date(2026, 10, 1), returned_on=date(2026, 11, 1))}
    )
    without = dataclasses.replace(catalogue(), clients={**catalogue().clients, client.id: gone})
    before = {access.user for access in partner_accesses(catalogue())}
    assert before - {access.user for access in partner_accesses(without)} == {"claims-to-waystar-hrbr"}


def test_a_vendor_serves_the_clients_that_use_it_and_no_others() -> None:
    client = catalogue().clients["summit-pediatrics"]
    left = tuple(system for system in client.systems if system != "waystar")
    without = dataclasses.replace(
        catalogue(),
        clients={**catalogue().clients, client.id: client.model_copy(update={"systems": left})},
    )
    flow = next(flow for flow in catalogue().systems["aws"].flows if flow.name == "claims-to-waystar")
    assert client.id in {found.id for found in clients_of(catalogue(), flow)}
    assert client.id not in {found.id for found in clients_of(without, flow)}


def test_whatever_arrives_is_scanned_and_tagged(whole: Whole) -> None:
    assert named(whole, SCAN) == {"scan-exchange", "scan-exchange-riverbend-hospital"}
    for name in named(whole, SCAN):
        plan = inputs(whole, SCAN, name)
        assert plan["role"] == "arn:aws:iam::100000000004:role/meridian-prod-scanner"
        assert plan["actions"] == [{"taggings": [{"status": "ENABLED"}]}]
        assert "objectPrefixes" not in plan["protectedResource"]["s3Bucket"]


def test_every_store_that_keeps_is_backed_up_under_the_right_key(whole: Whole) -> None:
    keys = {
        "backup": whole[("aws:kms/key:Key", "key-backup")].outputs["arn"],
        "backup-riverbend-hospital": whole[("aws:kms/key:Key", "key-client-riverbend-hospital")].outputs[
            "arn"
        ],
    }
    values = set()
    for name, key in keys.items():
        assert inputs(whole, VAULT, f"{name}-vault")["kmsKeyArn"] == key
        assert inputs(whole, VAULT, f"{name}-vault")["tags"]["Fips140"].startswith("FIPS 140-3")
        selection = inputs(whole, "aws:backup/selection:Selection", name)
        values.add(selection["selectionTags"][0]["value"])
        rule = inputs(whole, PLAN, name)["rules"][0]
        vault = inputs(whole, VAULT, f"{name}-copies")
        assert rule["copyActions"][0]["destinationVaultArn"] == (
            f"arn:aws:backup:us-west-2:100000000006:backup-vault:{vault['name']}"
        )
        assert (rule["lifecycle"]["deleteAfter"], vault["region"]) == (35, "us-west-2")
    stores = [item.inputs for (type_, _), item in whole.items() if type_ == "aws:s3/bucket:Bucket"]
    held = {item["bucket"]: item["tags"].get("Backup") for item in stores if "-ephi-" in item["bucket"]}
    assert {value for name, value in held.items() if "-exchange" not in name} == values
    assert {value for name, value in held.items() if "-exchange" in name} == {"none"}


def test_production_locks_for_good_and_a_trial_does_not(whole: Whole) -> None:
    for name in named(whole, LOCK):
        lock = inputs(whole, LOCK, name)
        assert (lock["minRetentionDays"], lock["maxRetentionDays"], lock["changeableForDays"]) == (35, 366, 3)
    trial = settings().model_copy(update={"environment": "trial"})
    found = clean(run(with_settings=trial))
    assert all("changeableForDays" not in item.inputs for (type_, _), item in found.items() if type_ == LOCK)


def test_restores_are_tried_under_a_declared_key(whole: Whole) -> None:
    plan = inputs(whole, "aws:backup/restoreTestingPlan:RestoreTestingPlan", "restore-test")
    assert plan["scheduleExpression"] == "cron(0 9 ? * 1#1 *)"
    tried = inputs(whole, "aws:backup/restoreTestingSelection:RestoreTestingSelection", "restore-test")
    assert tried["protectedResourceType"] == "S3"
    assert tried["restoreMetadataOverrides"] == {
        "encryptionType": "SSE-KMS",
        "kmsKey": whole[("aws:kms/key:Key", "key-backup")].outputs["arn"],
    }


def test_what_fails_is_told_and_so_is_silence(whole: Whole) -> None:
    topic = "arn:aws:sns:us-east-1:100000000004:meridian-prod-data-alarms"
    for name in (
        *("exchange-malware-found", "exchange-scan-failed", "notice-backup-failed"),
        *("notice-backup-copy-failed", "notice-restore-failed"),
    ):
        assert inputs(whole, "aws:cloudwatch/eventTarget:EventTarget", name)["arn"] == topic
    silent = inputs(whole, "aws:cloudwatch/metricAlarm:MetricAlarm", "backup")
    assert silent["treatMissingData"] == "breaching"
    assert silent["alarmActions"] == [topic]
    readers = [
        item.inputs
        for (type_, _), item in whole.items()
        if type_ == "aws:sns/topicSubscription:TopicSubscription"
    ]
    assert {item["endpoint"] for item in readers if item["topic"] == topic} == {
        *settings().aws.alerting.pager_urls,
        settings().aws.alerting.ticket_url,
    }


def test_volumes_of_the_data_account_take_its_own_key(whole: Whole) -> None:
    key = inputs(whole, "aws:ebs/defaultKmsKey:DefaultKmsKey", "volumes-data-us-east-1")["keyArn"]
    assert key == whole[("aws:kms/key:Key", "key-ephi")].outputs["arn"]


def test_without_partners_and_another_account_the_gaps_say_so() -> None:
    bare = with_aws(exchange=None, backup=settings().aws.backup.model_copy(update={"account": None}))
    preview = run(with_settings=bare)
    found = clean(preview)
    assert not named(found, SERVER) | named(found, USER)
    assert named(found, SCAN) == {"scan-exchange", "scan-exchange-riverbend-hospital"}
    assert "100000000006" not in str([item.inputs for item in found.values()])


@pytest.mark.parametrize(
    ("region", "fips"), [("us-east-1", "true"), ("us-gov-west-1", "true"), ("eu-west-2", None)]
)
def test_providers_use_fips_endpoints_where_there_are_some(region: str, fips: str | None) -> None:
    found = clean(run(["keys"], with_settings=with_aws(region=region)))
    providers = [item.inputs for (type_, _), item in found.items() if type_ == PROVIDER]
    assert providers
    assert {item.get("useFipsEndpoint") for item in providers} == {fips}


def test_more_stores_than_guardduty_scans_is_a_stated_gap() -> None:
    assert not too_many_scans(MALWARE_PLANS)
    assert "nothing in a store without a scan can be read" in too_many_scans(MALWARE_PLANS + 1)[0].stand_in
