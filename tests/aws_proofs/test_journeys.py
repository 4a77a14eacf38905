"""All policies together: the journeys, and what nobody at all can do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from account_policies import Session, World, world
from composed import Grant, decide
from incident_files import CENTER_USER, PHISHED, with_incidents
from journey_names import ARCHIVE, ARCHIVED, EDI, FILE, OPERATOR, SEALED
from journeys import JOURNEYS
from questions import COPIES, DATA, KEYS, LOGS, MANAGEMENT, ORGANISATION, PEOPLE
from steps import Step, calls, carrying, declared, reads

from billing_identity.components.containment.aws import denial
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.stacks.bind.containment.arguments import aws_arguments
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).parents[2]
EVERY_ACCOUNT = (KEYS, LOGS, DATA, PEOPLE, COPIES)
ENDS = ("kms:DisableKey", "kms:ScheduleKeyDeletion", "kms:DeleteImportedKeyMaterial")
MANAGES = ("kms:EnableKeyRotation", "kms:PutKeyPolicy", "kms:TagResource", *ENDS)
USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:Encrypt")


@pytest.fixture(scope="module")
def everything(deployment: list[dict[str, Any]]) -> World:
    return world(deployment, ORGANISATION, MANAGEMENT)


def everybody(found: World) -> Iterator[tuple[str, Session]]:
    """Every session that the deployment declares, an administrator and the root user of each account, and
    the roles that deploy."""
    yield from found.sessions.items()
    for account in EVERY_ACCOUNT:
        yield f"{account} administrator", found.undeclared(account, "somebody")
        yield f"{account} root", found.root(account)
        yield f"{account} deploy", found.undeclared(account, "billing-identity-deploy")
    yield "custodian of the deployment", found.undeclared(KEYS, "kms-custodian")
    yield "administrator of the deployment", found.undeclared(KEYS, "kms-administrator")


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey(everything: World, name: str) -> None:
    faults = [fault for step in JOURNEYS[name] if (fault := step.fault(everything)) is not None]
    assert not faults, "\n".join(faults)


def test_every_account_has_its_control_policies(everything: World) -> None:
    for account in EVERY_ACCOUNT:
        assert set(everything.service_controls[account]) >= {
            "guardrail-audit",
            "guardrail-identity",
            "guardrail-place",
        }
        assert set(everything.resource_controls[account]) == {"guardrail-resources"}


def contexts(key: str, bucket: str) -> Iterator[dict[str, str]]:
    region = key.split(":")[3]
    yield {}
    for service in ("s3", "backup", "logs"):
        yield {
            "kms:ViaService": f"{service}.{region}.amazonaws.com",
            "kms:EncryptionContext:aws:s3:arn": f"arn:aws:s3:::{bucket}",
        }


def test_nobody_both_uses_and_manages_a_key_and_only_custodians_end_one(everything: World) -> None:
    """Also for somebody who signs in as more than one: each session is one of them."""
    buckets = {key: bucket for bucket, key in everything.store_keys.items()}
    enders, managers, users = set[str](), set[str](), set[str]()
    for name, session in everybody(everything):
        for key, bucket in buckets.items():
            able = {
                action
                for action in (*MANAGES, *USES)
                for context in contexts(key, bucket)
                if decide(everything, session, action, key, context)
            }
            assert not (able & set(MANAGES) and able & set(USES)), f"{name}: {sorted(able)}"
            enders |= {name} if able & set(ENDS) else set()
            managers |= {name} if able & set(MANAGES) else set()
            users |= {name} if able & set(USES) else set()
    assert enders == {f"{KEYS}/KeyCustodian", "custodian of the deployment"}
    assert managers == {*enders, f"{KEYS}/KeyAdministrator", "administrator of the deployment"}
    assert f"{DATA}/EphiDataOperator" in users


def test_nobody_deletes_or_weakens_the_log_archive(everything: World) -> None:
    bucket = f"arn:aws:s3:::{ARCHIVE}"
    able = [
        f"{name}: {action}"
        for name, session in everybody(everything)
        for action, thing in (
            ("s3:DeleteObject", ARCHIVED),
            ("s3:DeleteObjectVersion", ARCHIVED),
            ("s3:BypassGovernanceRetention", ARCHIVED),
            ("s3:PutObjectRetention", ARCHIVED),
            ("s3:PutObject", ARCHIVED),
            ("s3:DeleteBucket", bucket),
            ("s3:DeleteBucketPolicy", bucket),
        )
        if decide(everything, session, action, thing)
    ]
    assert not able
    weaken = ("s3:PutBucketPolicy", "s3:PutLifecycleConfiguration", "s3:PutBucketObjectLockConfiguration")
    deploys = {
        name
        for name, session in everybody(everything)
        if any(decide(everything, session, action, bucket) for action in weaken)
    }
    assert deploys == {f"{LOGS} deploy"}


def test_ephi_is_read_by_those_who_work_with_it_and_by_nobody_else(everything: World) -> None:
    for bucket in (name for name in everything.store_keys if "ephi-edi" in name and "replica" not in name):
        readers = {
            name for name, session in everybody(everything) if reads(bucket, FILE)(everything, session)
        }
        assert readers == {
            f"{DATA}/EphiDataOperator",
            f"{DATA}/BreakGlass",
            f"{DATA}/billing-identity-break-glass",
            f"{DATA}/meridian-prod-backup",
        }


def test_nobody_but_the_deployment_blinds_the_audit(everything: World) -> None:
    actions = ("cloudtrail:StopLogging", "guardduty:DeleteDetector", "config:StopConfigurationRecorder")
    able = {
        name
        for name, session in everybody(everything)
        if any(decide(everything, session, action) for action in (*actions, "events:DisableRule"))
    }
    assert able == {*(f"{account} deploy" for account in EVERY_ACCOUNT), "custodian of the deployment"}
    assert not [
        name
        for name, session in everybody(everything)
        if decide(everything, session, "cloudtrail:DeleteTrail")
    ]


def test_only_declared_groups_reach_aws(deployment: list[dict[str, Any]]) -> None:
    """A payment poster, like everybody outside these seven roles, has no way into any account."""
    token = "aws:ssoadmin/accountAssignment:AccountAssignment"
    names = [item["urn"].rsplit("::", 1)[1] for item in deployment if item["type"] == token]
    assert names
    assert not [name for name in names if "poster" in name]
    assert {name.rsplit("-", 1)[1] for name in names} == set(EVERY_ACCOUNT)


@pytest.fixture(scope="module")
def contained(everything: World) -> World:
    """An incident is open: what the containment layer would attach beside all that."""
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    settings, problems = load_settings(ROOT, "prod")
    assert settings is not None, problems
    scope = {**PHISHED["scope"], "aws_roles": [f"arn:aws:iam::{DATA}:role/meridian-prod-log-export"]}
    incidents = Incidents.of(with_incidents(catalogue, {**PHISHED, "scope": scope}))
    arguments = aws_arguments(incidents, settings.aws, {}, date(2026, 11, 24))
    assert arguments is not None
    assert set(arguments["accounts"]) == set(EVERY_ACCOUNT)
    return everything.denying("incident-containment", denial(arguments))


BEFORE, AFTER = {"aws:TokenIssueTime": "2026-11-23T08:59:00Z"}, {"aws:TokenIssueTime": "2026-11-23T09:01:00Z"}
EXPORTER = declared(DATA, "meridian-prod-log-export")
COLLECTS = calls("sts:AssumeRole", f"arn:aws:iam::{LOGS}:role/meridian-prod-log-collector")
CONTAINMENT = {
    "a session from before the incident": Step(
        carrying(OPERATOR, BEFORE), reads(EDI, FILE), "EarlierSessions"
    ),
    "a session from after it": Step(carrying(OPERATOR, AFTER), reads(EDI, FILE)),
    "a quarantined person, signed in anew": Step(
        carrying(OPERATOR, {**AFTER, "identitystore:userId": CENTER_USER}), reads(EDI, FILE), "Quarantined"
    ),
    "another person": Step(carrying(OPERATOR, {**AFTER, "identitystore:userId": "1-2"}), reads(EDI, FILE)),
    "a quarantined role": Step(EXPORTER, COLLECTS, "QuarantinedRoles"),
    "the emergency role": Step(carrying(SEALED, BEFORE), reads(EDI, FILE)),
    "a pipeline": Step(
        carrying(declared(PEOPLE, "meridian-prod-ci-preview"), BEFORE),
        calls("sts:AssumeRole", f"arn:aws:iam::{DATA}:role/billing-identity-read"),
    ),
}


@pytest.mark.parametrize("name", CONTAINMENT)
def test_containment_reaches_whom_the_incident_names(contained: World, name: str) -> None:
    assert CONTAINMENT[name].fault(contained) is None


def test_without_the_incident_they_work(everything: World) -> None:
    assert all(step.what(everything, step.who(everything)) for step in CONTAINMENT.values())


def test_a_grant_opens_a_key_and_a_denial_still_closes_it(everything: World) -> None:
    """KMS looks at grants beside the policy; denials of any policy end both."""
    key = everything.store_keys[EDI]
    context = {"kms:EncryptionContext:aws:backup:backup-vault": "v"}
    operator, keeper = OPERATOR(everything), everything.sessions[f"{KEYS}/KeyAdministrator"]
    for session, wanted in ((operator, True), (keeper, False)):
        grant = Grant(session.arn, ("Decrypt",), {"aws:backup:backup-vault": "v"})
        assert bool(decide(everything, session, "kms:Decrypt", key, context, grants=[grant])) is wanted
    grant = Grant(operator.arn, ("Decrypt",), {"aws:backup:backup-vault": "v"})
    assert not decide(everything, operator, "kms:Decrypt", key, {}, grants=[grant])
    assert not decide(everything, operator, "kms:Encrypt", key, context, grants=[grant])
