"""The AWS layers over shards, stacks, accounts and the life of a client, and what they refuse."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from aws_program import (
    BUCKET,
    BUCKET_POLICY,
    KEY,
    LAYERS,
    OWN_KEY,
    catalogue,
    clean,
    context_of,
    federated,
    policy,
    run,
    settings,
)
from iam_evaluator import Caller, Request, allowed, denied_by

from billing_identity.components.errors import ComponentInputError
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Offboarding
from billing_identity.roles.model.vocabulary import RiskTag
from billing_identity.stacks.bind.aws.accounts import guards
from billing_identity.stacks.bind.aws.alarms import alarms
from billing_identity.stacks.bind.aws.duties import duties
from billing_identity.stacks.bind.aws.stores import STORES, Names, store_groups
from billing_identity.stacks.settings import Place, Settings, SingleAccount

NOTHING = ["pulumi:pulumi:Stack", "billing-identity:stack:Layer"]
"""Types of what is registered where a layer declares nothing."""


def urns(preview: Preview) -> dict[tuple[str, str], str]:
    return {key: item.urn for key, item in clean(preview).items() if item.type not in NOTHING}


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


def test_a_client_in_another_shard_uses_sftp_into_its_own_store() -> None:
    """The server and all users stand in the home shard; the store and its key in the client's."""
    client = catalogue().clients[OWN_KEY]
    moved = dataclasses.replace(
        catalogue(), clients={**catalogue().clients, OWN_KEY: client.model_copy(update={"shard": "02"})}
    )
    here = clean(run(["keys", "data"], shard="01", with_catalogue=moved))
    there = clean(run(["keys", "data"], shard="02", with_catalogue=moved))
    assert not any(type_.startswith("aws:transfer/") for type_, _ in there)
    user = here[("aws:transfer/user:User", "sftp-hospital-extracts-rvbh")].inputs
    store = there[(BUCKET, f"ephi-exchange-{OWN_KEY}")].inputs["bucket"]
    assert user["homeDirectoryMappings"] == [
        {"entry": "/in", "target": f"/{store}/rvbh/hospital-extracts/in"}
    ]
    role = here[("aws:iam/role:Role", "exchange-sftp")].inputs["name"]
    key = there[(KEY, f"key-client-{OWN_KEY}")].inputs["policy"]
    assert f":role/{role}" in key and store in key


def references(whole: Any, stack: str = "organization/billing-identity/keys-prod") -> dict[str, Any]:
    arns = {}
    for key in ("logs", "ephi", "backup", f"client-{OWN_KEY}"):
        arn = whole[(KEY, f"key-{key}")].outputs["arn"]
        arns[key] = {"arn": arn, "replicaArn": arn.replace("us-east-1", "us-west-2")}
    return {stack: {"keyArns": arns}}


def test_layers_in_stacks_of_their_own_get_the_same_inputs(whole: Any) -> None:
    """The keys come by StackReference; nothing else crosses a stack."""
    apart: dict[tuple[str, str], Registration] = {}
    for layer in LAYERS:
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
        reason="Eleven people",
        approver="security-officer",
        approved=date(2026, 1, 5),
        review=date(2027, 1, 5),
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
    assert [name for type_, name in found if type_ == "billing-identity:aws:AccountGuards"] == [
        "guards-keys",
        "guards-copies",  # backup copies have an account of their own in the reference settings
    ]
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
    first: tuple[tuple[str, Place], ...] = (
        ("keys", "keys"),
        ("logging", "logs"),
        ("data", "data"),
        ("detection", "workforce"),
    )
    assert [guards(small, layer, place) for layer, place in first] == [True, False, False, False]


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
    assert [item.type for item in found.registrations] == NOTHING


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
    assert [item.type for item in found.registrations] == NOTHING
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
    assert [item.type for item in found.registrations] == NOTHING
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
    assert set(found) == {
        *("key-endangered", "trail-tampered", "store-protection-changed", "root-used"),
        "break-glass-anywhere",
    }
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
    # A client that shares costs an SFTP user with its key where a partner serves it, and nothing else.
    assert count(0, 40) == none + 37 * len(("component", "user", "key"))
