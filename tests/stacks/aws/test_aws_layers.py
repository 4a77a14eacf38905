"""The AWS layers of the reference organisation: what is declared, and that shards and stacks agree."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from iam_evaluator import Caller, Request, allowed, denied_by

from billing_identity.components.errors import ComponentInputError
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.preview.run import run_callable
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Offboarding
from billing_identity.roles.model.vocabulary import RiskTag
from billing_identity.stacks.bind.aws.accounts import guards
from billing_identity.stacks.bind.aws.alarms import alarms
from billing_identity.stacks.bind.aws.duties import duties
from billing_identity.stacks.bind.aws.stores import STORES, Names, store_groups
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers import data, keys, logging
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Settings, SingleAccount, load_settings

ROOT = Path(__file__).parents[3]
BUILD = {"keys": keys.build, "logging": logging.build, "data": data.build}
OWN_KEY = "riverbend-hospital"
SUFFIX = "0123456789abcdef"


@cache
def catalogue() -> Catalogue:
    loaded = load(ROOT / "roles" / "catalogue")
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


@cache
def settings() -> Settings:
    found, problems = load_settings(ROOT, "prod")
    assert found is not None, problems
    return found


def run(
    layers: Iterable[str] = BUILD,
    *,
    shard: str | None = None,
    unknown: bool = False,
    with_catalogue: Catalogue | None = None,
    with_settings: Settings | None = None,
    references: dict[str, Any] | None = None,
    indexes: list[dict[str, str]] | None = None,
) -> Preview:
    chosen = with_settings or settings()

    def program() -> None:
        context = Context(
            settings=chosen,
            catalogue=with_catalogue or catalogue(),
            as_of=date(2026, 11, 24),
            layers=frozenset(layers),
            providers=Providers(chosen),
            shard=shard,
        )
        for name in BUILD:
            if name in context.layers:
                BUILD[name](context)
        if indexes is not None:
            indexes.append(context.index)

    return run_callable(
        program,
        root=ROOT,
        stack="all-prod",
        project="billing-identity",
        unknown=unknown,
        references=references,
        config={"pulumi:disable-default-providers": '["*"]'},
    )


def clean(preview: Preview) -> dict[tuple[str, str], Registration]:
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}


@pytest.fixture(scope="module")
def whole() -> dict[tuple[str, str], Registration]:
    return clean(run())


def policy(whole: dict[tuple[str, str], Registration], type_: str, name: str) -> str:
    found = whole[(type_, name)].inputs["policy"]
    assert isinstance(found, str)
    return found


KEY, REPLICA, BUCKET = "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def test_there_is_a_key_for_each_class_and_for_the_client_that_asks(whole: Any) -> None:
    assert {name for type_, name in whole if type_ == KEY} == {
        "key-logs",
        "key-ephi",
        f"key-client-{OWN_KEY}",
    }
    assert {name for type_, name in whole if type_ == REPLICA} == {
        "key-logs-replica",
        "key-ephi-replica",
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
        assert roles[0]["roleArn"] == f"arn:aws:iam::{aws.accounts[purpose]}:role/{role}"


def federated(account: str, permission_set: str) -> Caller:
    path = "aws-reserved/sso.amazonaws.com"
    return Caller(
        f"arn:aws:iam::{account}:role/{path}/AWSReservedSSO_{permission_set}_{SUFFIX}",
        organization=settings().aws.organization_id,
    )


def context_of(bucket: str, region: str = "us-east-1") -> dict[str, str]:
    return {
        "kms:ViaService": f"s3.{region}.amazonaws.com",
        "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}",
    }


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
    who = federated(settings().aws.accounts[purpose], permission_set)
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
    """Names are known in advance, so nothing but these dependencies keeps the order."""
    assert whole[earlier].urn in whole[later].dependencies


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
    assert len(ephi) == 16
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
    assert len(logs) == 17
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
    indexes: list[dict[str, str]] = []
    found = clean(run(indexes=indexes))
    components = {item.name for item in found.values() if item.type.startswith("billing-identity:")}
    assert set(indexes[0]) == components


@pytest.mark.parametrize("unknown", [False, True])
def test_no_document_of_any_layer_depends_on_anything(unknown: bool) -> None:
    found = clean(run(unknown=unknown))
    documents = [
        (item, name)
        for item in found.values()
        for name in ("policy", "assumeRolePolicy")
        if item.type.startswith("aws:") and name in item.inputs
    ]
    assert len(documents) == 3 + 3 + 20 + 3 + 3 + 3 + 1
    for item, name in documents:
        assert not item.property_dependencies.get(name), item.urn
        assert json.loads(item.inputs[name])["Version"] == "2012-10-17"


def urns(preview: Preview) -> dict[tuple[str, str], str]:
    return {
        key: item.urn for key, item in clean(preview).items() if item.type.startswith(("aws:", "billing"))
    }


def test_shards_together_are_the_whole() -> None:
    one = run(["keys", "data"], shard="01")
    other = run(["keys", "data"], shard="02")
    assert set(urns(one)) | set(urns(other)) == set(urns(run(["keys", "data"])))
    assert not set(urns(one)) & set(urns(other))


def test_a_client_in_another_shard_has_its_stores_and_key_there() -> None:
    client = catalogue().clients[OWN_KEY]
    moved = dataclasses.replace(
        catalogue(), clients={**catalogue().clients, OWN_KEY: client.model_copy(update={"shard": "02"})}
    )
    there = urns(run(["keys", "data"], shard="02", with_catalogue=moved))
    assert (KEY, f"key-client-{OWN_KEY}") in there
    assert (BUCKET, f"ephi-scans-{OWN_KEY}") in there
    assert (KEY, "key-ephi") not in there
    here = urns(run(["keys", "data"], shard="01", with_catalogue=moved))
    assert (KEY, f"key-client-{OWN_KEY}") not in here


def references(whole: Any, stack: str = "organization/billing-identity/keys-prod") -> dict[str, Any]:
    arns = {}
    for key in ("logs", "ephi", f"client-{OWN_KEY}"):
        arn = whole[(KEY, f"key-{key}")].outputs["arn"]
        arns[key] = {"arn": arn, "replicaArn": arn.replace("us-east-1", "us-west-2")}
    return {stack: {"keyArns": arns}}


def test_layers_in_stacks_of_their_own_get_the_same_inputs(whole: Any) -> None:
    """The keys come by StackReference; nothing else crosses a stack."""
    apart: dict[tuple[str, str], Registration] = {}
    for layer in BUILD:
        apart.update(clean(run([layer], references=references(whole))))
    for key, item in whole.items():
        if item.type.startswith("aws:"):
            assert _steady(apart[key].inputs) == _steady(item.inputs), key


def _steady(inputs: dict[str, Any]) -> str:
    """Inputs without the made-up ids, which the preview derives from URNs that are the same here anyway."""
    return json.dumps(inputs, sort_keys=True, default=str)


def test_a_stack_of_keys_without_the_key_is_an_error(whole: Any) -> None:
    known = references(whole)
    next(iter(known.values()))["keyArns"].pop("ephi")
    found = run(["data"], references=known)
    assert any("has no key 'ephi'" in str(error) for error in found.errors), found.errors


def test_no_stack_of_keys_is_an_error() -> None:
    assert run(["data"]).errors


def single_account() -> Settings:
    aws = settings().aws
    decision = SingleAccount(
        reason="Eleven people", approver="security-officer", approved="2026-01-05", review="2027-01-05"
    )
    accounts = dict.fromkeys(aws.accounts, aws.accounts["keys"])
    return settings().model_copy(
        update={"aws": aws.model_copy(update={"accounts": accounts, "single_account": decision})}
    )


def without_organization(chosen: Settings) -> Settings:
    capabilities = chosen.capabilities.model_copy(update={"aws_organization": False})
    return chosen.model_copy(update={"capabilities": capabilities})


def test_one_account_keeps_duties_apart_and_is_guarded_once() -> None:
    small = single_account()
    one = small.aws.accounts["keys"]
    found = clean(run(with_settings=small))
    assert [name for type_, name in found if type_ == "billing-identity:aws:AccountGuards"] == ["guards-keys"]
    document = policy(found, KEY, "key-ephi")
    assert not allowed(
        document,
        Request(
            federated(one, "KeyAdministrator"), "kms:Decrypt", context=context_of("meridian-prod-ephi-edi")
        ),
    )
    assert allowed(
        document,
        Request(
            federated(one, "EphiDataOperator"), "kms:Decrypt", context=context_of("meridian-prod-ephi-edi")
        ),
    )
    assert [guards(small, layer) for layer in BUILD] == [True, False, False]


def test_without_an_organisation_nothing_speaks_of_one() -> None:
    aws = settings().aws
    found = clean(run(with_settings=without_organization(single_account())))
    assert found[("aws:cloudtrail/trail:Trail", "audit-trail")].inputs["isOrganizationTrail"] is False
    for item in found.values():
        assert aws.organization_id not in json.dumps(item.inputs, default=str), item.urn
    outside = Caller("arn:aws:iam::999900001111:role/anyone", organization=None)
    request = Request(outside, "s3:GetObject", "arn:aws:s3:::meridian-prod-ephi-edi/x")
    assert "NobodyFromOutside" in denied_by(policy(found, BUCKET_POLICY, "ephi-edi"), request)


@pytest.mark.parametrize("trail", [True, False])
def test_accounts_that_no_trail_would_cover_are_refused(trail: bool) -> None:
    aws = settings().aws.model_copy(update={"organization_trail": False})
    chosen = without_organization(settings()) if trail else settings().model_copy(update={"aws": aws})
    found = run(with_settings=chosen)
    assert any("leave no audit trail" in str(error) for error in found.errors)
    assert [item.type for item in found.registrations] == ["pulumi:pulumi:Stack"]


def offboarded(**changes: Any) -> Catalogue:
    client = catalogue().clients[OWN_KEY]
    leaving = Offboarding.model_validate({"ends_on": date(2026, 10, 31), **changes})
    client = client.model_copy(update={"status": "offboarding", "offboarding": leaving})
    return dataclasses.replace(catalogue(), clients={**catalogue().clients, OWN_KEY: client})


def test_a_leaving_client_s_stores_stay_protected_until_its_data_is_returned() -> None:
    own = (BUCKET, f"ephi-edi-{OWN_KEY}")
    assert clean(run(with_catalogue=offboarded()))[own].options.protect is True
    returned = clean(run(with_catalogue=offboarded(returned_on=date(2026, 11, 15))))
    assert returned[own].options.protect is False
    assert returned[(KEY, f"key-client-{OWN_KEY}")].options.protect is False
    assert returned[(BUCKET, "ephi-edi")].options.protect is True


def test_after_the_certificate_of_destruction_nothing_is_declared_for_a_client() -> None:
    gone = offboarded(returned_on=date(2026, 11, 15), certificate="Contract store RVBH/DEST-1")
    assert not [name for _, name in clean(run(with_catalogue=gone)) if OWN_KEY in name]


def with_risks(entitlement: str, *risks: RiskTag) -> Catalogue:
    system = catalogue().systems["aws"]
    changed = system.entitlements[entitlement].model_copy(update={"risks": risks})
    system = system.model_copy(update={"entitlements": {**system.entitlements, entitlement: changed}})
    return dataclasses.replace(catalogue(), systems={**catalogue().systems, "aws": system})


@pytest.mark.parametrize(
    ("entitlement", "risks", "message"),
    [
        ("key-administrator", (RiskTag.ADMINISTERS_KEYS, RiskTag.USES_KEYS), "split it"),
        ("key-custodian", (RiskTag.DESTROYS_KEYS, RiskTag.ADMINISTERS_KEYS), "split it"),
        ("key-administrator", (), "carries the risk `administers-keys`"),
        ("log-reader", (), "carries the risk `reads-audit-log`"),
    ],
)
def test_duties_that_one_person_would_hold_are_refused(
    entitlement: str, risks: tuple[RiskTag, ...], message: str
) -> None:
    with pytest.raises(ComponentInputError, match=message):
        duties(with_risks(entitlement, *risks), settings())
    found = run(with_catalogue=with_risks(entitlement, *risks))
    assert [item.type for item in found.registrations] == ["pulumi:pulumi:Stack"]
    assert any(message in str(error) for error in found.errors)


def test_every_fault_of_every_layer_is_told_before_anything_is_registered() -> None:
    chosen = settings().model_copy(
        update={
            "environment": "production-of-a-very-long-named-company",
            "aws": settings().aws.model_copy(
                update={"organization_trail": False, "replica_region": "us-east-1"}
            ),
        }
    )
    found = run(with_settings=chosen)
    assert [item.type for item in found.registrations] == ["pulumi:pulumi:Stack"]
    told = "\n".join(str(error) for error in found.errors)
    for part in (
        "key key-ephi: replica_region 'us-east-1' is the key's own Region",
        "leave no audit trail",
        "bucket ephi-landing-riverbend-hospital: bucket name",
        "bucket ephi-edi: replica region 'us-east-1' is the store's own",
    ):
        assert part in told, told


def test_names_fit_for_the_longest_company_and_code() -> None:
    client = catalogue().clients[OWN_KEY].model_copy(update={"code": "ABCDEFGH"})
    names = Names("a" * 16, settings().model_copy(update={"environment": "production"}))
    for store in STORES:
        assert len(names.store(store, client, replica=True)) <= 63
    assert len(names.role("replication", client)) <= 64


def test_alarm_patterns_name_what_they_guard() -> None:
    found = {alarm.id: alarm.pattern for alarm in alarms(Names("meridian", settings()))}
    assert set(found) == {"key-endangered", "trail-tampered", "store-protection-changed", "root-used"}
    assert all(len(pattern) <= 1024 for pattern in found.values())
    assert "ScheduleKeyDeletion" in found["key-endangered"]
    assert '"meridian-prod-ephi-*"' in found["store-protection-changed"]


def test_resources_grow_with_clients_that_have_a_key_and_with_no_others() -> None:
    client = catalogue().clients[OWN_KEY]

    def count(own: int, shared: int) -> int:
        clients = {
            f"client-{index:03}": client.model_copy(
                update={"id": f"client-{index:03}", "code": f"C{index:03}", "own_key": index < own}
            )
            for index in range(own + shared)
        }
        groups = list(store_groups(dataclasses.replace(catalogue(), clients=clients), None))
        assert len(groups) == 1 + own
        return len(clean(run(with_catalogue=dataclasses.replace(catalogue(), clients=clients))))

    none, one, two = count(0, 3), count(1, 3), count(2, 3)
    assert two - one == one - none
    assert count(0, 40) == none
