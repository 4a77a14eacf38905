"""The AWS layers of the reference organisation: what is declared and how the documents meet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aws_program import (
    BUCKET,
    BUCKET_POLICY,
    KEY,
    OWN_KEY,
    REPLICA,
    catalogue,
    clean,
    context_of,
    federated,
    policy,
    run,
    settings,
)
from iam_evaluator import Caller, Request, allowed

from billing_identity.stacks.bind.aws.stores import STORES
from billing_identity.stacks.context import Context


def account_of(purpose: str) -> str:
    return next(account for name, account in settings().aws.accounts.items() if name == purpose)


def test_there_is_a_key_for_each_class_and_for_the_client_that_asks(whole: Any) -> None:
    assert {name for type_, name in whole if type_ == KEY} == {
        "key-logs",
        "key-ephi",
        "key-backup",
        f"key-client-{OWN_KEY}",
    }
    assert {name for type_, name in whole if type_ == REPLICA} == {
        "key-logs-replica",
        "key-ephi-replica",
        "key-backup-replica",
        f"key-client-{OWN_KEY}-replica",
    }


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("suffix", ["", f"-{OWN_KEY}"])
def test_every_store_has_a_copy_under_the_replica_of_its_own_key(whole: Any, store: str, suffix: str) -> None:
    key = whole[(KEY, "key-ephi" if not suffix else f"key-client{suffix}")]
    encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    for name, arn in (
        (f"ephi-{store}{suffix}", key.outputs["arn"]),
        (f"ephi-{store}{suffix}-replica", key.outputs["arn"].replace("us-east-1", "us-west-2")),
    ):
        rule = whole[(encryption, name)].inputs["rules"][0]["applyServerSideEncryptionByDefault"]
        region = arn.split(":")[3]
        assert rule["sseAlgorithm"] == "aws:kms"
        assert rule["kmsMasterKeyId"].split(":")[3] == region
    assert (
        key.outputs["arn"]
        == whole[(encryption, f"ephi-{store}{suffix}")].inputs["rules"][0][
            "applyServerSideEncryptionByDefault"
        ]["kmsMasterKeyId"]
    )


def test_each_account_is_reached_by_its_own_provider_and_keys_by_the_custodian(whole: Any) -> None:
    aws = settings().aws
    for type_, name, purpose, role in (
        (KEY, "key-ephi", "keys", aws.key_custodian_role),
        (BUCKET, "log-archive", "logs", aws.deploy_role),
        (BUCKET, "ephi-edi", "data", aws.deploy_role),
    ):
        provider_urn = whole[(type_, name)].provider.rsplit("::", 1)[0]
        provider = next(item for item in whole.values() if item.urn == provider_urn)
        roles = provider.inputs["assumeRoles"]
        roles = json.loads(roles) if isinstance(roles, str) else roles
        assert roles[0]["roleArn"] == f"arn:aws:iam::{account_of(purpose)}:role/{role}"


@pytest.mark.parametrize(
    ("purpose", "permission_set", "action", "bucket", "may"),
    [
        ("data", "EphiDataOperator", "kms:Decrypt", "meridian-prod-ephi-edi", True),
        ("data", "BreakGlass", "kms:Decrypt", "meridian-prod-ephi-edi", True),
        ("data", "EphiDataOperator", "kms:Decrypt", "meridian-prod-ephi-edi-rvbh", False),
        ("data", "NetworkOperator", "kms:Decrypt", "meridian-prod-ephi-edi", False),
        ("data", "LogReader", "kms:Decrypt", "meridian-prod-ephi-edi", False),
        ("keys", "EphiDataOperator", "kms:Decrypt", "meridian-prod-ephi-edi", False),
        ("keys", "KeyAdministrator", "kms:EnableKeyRotation", "", True),
        ("keys", "KeyAdministrator", "kms:Decrypt", "meridian-prod-ephi-edi", False),
        ("keys", "KeyAdministrator", "kms:ScheduleKeyDeletion", "", False),
        ("keys", "KeyCustodian", "kms:ScheduleKeyDeletion", "", True),
        ("keys", "KeyCustodian", "kms:Decrypt", "meridian-prod-ephi-edi", False),
        ("keys", "BreakGlass", "kms:PutKeyPolicy", "", False),
    ],
)
def test_people_reach_the_shared_key_as_the_catalogue_says(
    whole: Any, purpose: str, permission_set: str, action: str, bucket: str, may: bool
) -> None:
    who = federated(account_of(purpose), permission_set)
    context = context_of(bucket) if bucket else {}
    assert allowed(policy(whole, KEY, "key-ephi"), Request(who, action, context=context)) is may


def test_a_client_s_key_serves_that_client_s_stores_only(whole: Any) -> None:
    who = federated(settings().aws.accounts["data"], "EphiDataOperator")
    document = policy(whole, KEY, f"key-client-{OWN_KEY}")
    for bucket, may in (("meridian-prod-ephi-edi-rvbh", True), ("meridian-prod-ephi-edi", False)):
        assert allowed(document, Request(who, "kms:Decrypt", context=context_of(bucket))) is may


def test_replication_decrypts_here_and_encrypts_there(whole: Any) -> None:
    arn = f"arn:aws:iam::{settings().aws.accounts['data']}:role/meridian-prod-replication"
    who = Caller(arn, organization=settings().aws.organization_id)
    here, there = policy(whole, KEY, "key-ephi"), policy(whole, REPLICA, "key-ephi-replica")
    original = context_of("meridian-prod-ephi-edi")
    copied = context_of("meridian-prod-ephi-edi-replica", "us-west-2")
    assert allowed(here, Request(who, "kms:Decrypt", context=original))
    assert not allowed(here, Request(who, "kms:GenerateDataKey", context=original))
    assert allowed(there, Request(who, "kms:GenerateDataKey", context=copied))
    assert not allowed(there, Request(who, "kms:Decrypt", context=copied))


def test_the_trail_can_write_where_it_must(whole: Any) -> None:
    """Trail, archive, key and role are declared apart; here their documents meet."""
    aws = settings().aws
    trail = whole[("aws:cloudtrail/trail:Trail", "audit-trail")].inputs
    arn = f"arn:aws:cloudtrail:{aws.region}:{aws.management_account}:trail/{trail['name']}"
    service = Caller(service="cloudtrail.amazonaws.com")
    source = {"aws:SourceArn": arn, "aws:SourceAccount": aws.management_account}
    key = trail["kmsKeyId"]
    delivered = {
        "s3:x-amz-acl": "bucket-owner-full-control",
        "s3:x-amz-server-side-encryption": "aws:kms",
        "s3:x-amz-server-side-encryption-aws-kms-key-id": key,
    }
    target = f"arn:aws:s3:::{trail['s3BucketName']}"
    archive = policy(whole, BUCKET_POLICY, "log-archive")
    assert allowed(archive, Request(service, "s3:GetBucketAcl", target, source))
    folder = f"{target}/AWSLogs/{aws.organization_id}/{aws.accounts['data']}/x.json.gz"
    assert allowed(archive, Request(service, "s3:PutObject", folder, {**source, **delivered}))
    encrypt = {**source, "kms:EncryptionContext:aws:cloudtrail:arn": arn}
    assert allowed(policy(whole, KEY, "key-logs"), Request(service, "kms:GenerateDataKey", context=encrypt))
    role = whole[("aws:iam/role:Role", "trail-delivery")]
    assert trail["cloudWatchLogsRoleArn"] == role.outputs["arn"]
    assert allowed(role.inputs["assumeRolePolicy"], Request(service, "sts:AssumeRole", context=source))
    group = trail["cloudWatchLogsGroupArn"].removesuffix(":*")
    stream = f"{group}:log-stream:{aws.organization_id}_{aws.accounts['data']}_CloudTrail_us-east-1"
    duty = policy(whole, "aws:iam/rolePolicy:RolePolicy", "trail-delivery")
    assert allowed(duty, Request(Caller(role.outputs["arn"]), "logs:PutLogEvents", stream))


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        (("aws:cloudtrail/trail:Trail", "audit-trail"), ("aws:s3/bucketPolicy:BucketPolicy", "log-archive")),
        (("aws:cloudtrail/trail:Trail", "audit-trail"), ("aws:iam/rolePolicy:RolePolicy", "trail-delivery")),
        (("aws:cloudtrail/trail:Trail", "audit-trail"), ("aws:cloudwatch/logGroup:LogGroup", "log-trail")),
        (("aws:cloudtrail/trail:Trail", "audit-trail"), (KEY, "key-logs")),
        (("aws:iam/role:Role", "trail-delivery"), ("aws:iam/policy:Policy", "guards-logs")),
        (("aws:iam/role:Role", "replication"), ("aws:iam/policy:Policy", "guards-data")),
        ((BUCKET, "ephi-edi"), (BUCKET_POLICY, "data-access")),
        ((BUCKET, "ephi-edi"), ("aws:iam/rolePolicy:RolePolicy", "replication")),
        ((BUCKET, "log-archive"), (BUCKET_POLICY, "logs-access")),
        (
            ("aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarm-root-used"),
            ("aws:cloudwatch/logGroup:LogGroup", "log-trail"),
        ),
        (
            ("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm-root-used"),
            ("aws:sns/topic:Topic", "security-alarms"),
        ),
    ],
)
def test_what_a_service_looks_at_is_there_before(
    whole: Any, later: tuple[str, str], earlier: tuple[str, str]
) -> None:
    """Names are known in advance, so nothing but these dependencies keeps the order.

    A child is registered when its component has been, and that when all it depends on has been.
    """
    by_urn = {item.urn: item for item in whole.values()}
    item, before = whole[later], set[str]()
    while item is not None:
        before |= set(item.dependencies)
        item = by_urn.get(item.parent)
    assert whole[earlier].urn in before


def test_log_groups_can_use_their_key(whole: Any) -> None:
    aws = settings().aws
    document = policy(whole, KEY, "key-logs")
    for name in ("log-trail", "log-identity"):
        group = whole[("aws:cloudwatch/logGroup:LogGroup", name)].inputs
        arn = f"arn:aws:logs:{aws.region}:{aws.accounts['logs']}:log-group:{group['name']}"
        request = Request(
            Caller(service="logs.us-east-1.amazonaws.com"),
            "kms:GenerateDataKey",
            context={"kms:EncryptionContext:aws:logs:arn": arn},
        )
        assert allowed(document, request)
        assert group["retentionInDays"] == 2192


def test_the_trail_records_every_ephi_store_and_nothing_escapes_its_prefix(whole: Any) -> None:
    selectors = whole[("aws:cloudtrail/trail:Trail", "audit-trail")].inputs["advancedEventSelectors"]
    prefixes = next(
        field["startsWiths"]
        for selector in selectors
        for field in selector["fieldSelectors"]
        if field["field"] == "resources.ARN"
    )
    stores = [item.inputs for item in whole.values() if item.type == BUCKET]
    ephi = [item["bucket"] for item in stores if item["tags"]["DataClass"] == "ephi"]
    assert len(ephi) == 20
    for bucket in ephi:
        assert f"arn:aws:s3:::{bucket}/".startswith(tuple(prefixes))
        for log in ("data-access", "data-access-replica"):
            document = policy(whole, BUCKET_POLICY, log)
            source = {
                "aws:SourceArn": f"arn:aws:s3:::{bucket}",
                "aws:SourceAccount": settings().aws.accounts["data"],
            }
            name = whole[(BUCKET, log)].inputs["bucket"]
            request = Request(
                Caller(service="logging.s3.amazonaws.com"), "s3:PutObject", f"arn:aws:s3:::{name}/x", source
            )
            assert allowed(document, request)


def test_access_logs_stay_in_the_region_of_their_store(whole: Any) -> None:
    places = {item.inputs["bucket"]: item.inputs["region"] for item in whole.values() if item.type == BUCKET}
    logs = [item for item in whole.values() if item.type == "aws:s3/bucketLogging:BucketLogging"]
    assert len(logs) >= 19
    for item in logs:
        assert places[item.inputs["targetBucket"]] == item.inputs["region"], item.urn


def test_resources_say_whose_they_are(whole: Any) -> None:
    for item in whole.values():
        if item.type in (KEY, REPLICA, BUCKET, "aws:iam/role:Role", "aws:cloudtrail/trail:Trail"):
            tagged = item.inputs["tags"]
            assert {"Owner", "DataClass", "CatalogueId", "Environment"} <= set(tagged), item.urn
            assert tagged["Owner"] in catalogue().roles
            kind, _, name = tagged["CatalogueId"].partition(":")
            assert name in {"system": catalogue().systems, "client": catalogue().clients}[kind]


def test_the_index_names_every_component() -> None:
    contexts: list[Context] = []
    found = clean(run(contexts=contexts))
    components = {item.name for item in found.values() if item.type.startswith("billing-identity:aws:")}
    assert set(contexts[0].index) == components


@pytest.mark.parametrize("unknown", [False, True])
def test_no_document_of_any_layer_depends_on_anything(unknown: bool) -> None:
    found = clean(run(unknown=unknown))
    documents = [
        (item, name)
        for item in found.values()
        for name in ("policy", "assumeRolePolicy")
        if item.type.startswith("aws:") and name in item.inputs
    ]
    assert len(documents) >= 49
    for item, name in documents:
        assert not item.property_dependencies.get(name), item.urn
        assert json.loads(item.inputs[name])["Version"] == "2012-10-17"
