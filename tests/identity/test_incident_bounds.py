"""An incident can't lock everybody out by a typing error, and contains the people and devices it names."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from incident_files import BASE, ENTRA_USER, LOST, OKTA_OTHER, OKTA_USER, PHISHED, with_incidents
from organisations import ROOT, organisation
from typer.testing import CliRunner

from billing_identity.review import previewing
from billing_identity.review.commands import check
from billing_identity.review.exits import Exit
from billing_identity.review.runbooks.runbook import runbook
from billing_identity.roles.checks import incident_people, incident_times
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.model.moment import is_to_come
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.loading import load_incidents
from billing_identity.stacks.bind.containment.lockouts import lockouts
from billing_identity.stacks.layers import containment

DAY = date(2026, 11, 24)
SEALED = {
    "okta": ["00uBREAKGLASSONE00x7", "00uBREAKGLASSTWO00x7"],
    "entra": ["1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed", "2c0e7cde-cc0e-4c3e-8c6e-bc9e0cce5cfe"],
}
CENTER = "906788888a-11111111-2222-4333-8444-555555555555"
ROLE = "arn:aws:iam::100000000004:role/claims-sender"


def file_of(root: Path, fields: dict[str, Any]) -> Path:
    """The catalogue with an incident's file, as it stands in the folder."""
    shutil.copytree(REFERENCE, root)
    file = root / "incidents" / f"{fields['id']}.yaml"
    text = yaml.safe_dump({key: value for key, value in fields.items() if key not in ("id", "kind")})
    file.write_text(text.replace("'", ""), encoding="utf-8")
    return file


def checked(root: Path) -> tuple[int, list[dict[str, Any]]]:
    """Exit code of the command `check`, and what it says of incidents."""
    app = typer.Typer()
    check.register(app)
    done = CliRunner().invoke(app, [str(root), "--as-of", DAY.isoformat(), "--format", "json"])
    problems = json.loads(done.stdout)["problems"]
    return done.exit_code, [item for item in problems if item["subject"].startswith("incident:")]


BOUNDS = [
    ({"contained": "2027-11-24T12:00:00Z", "expires": "2027-12-01T00:00:00Z"}, "contained", "a time to come"),
    ({"detected": "2027-11-23T09:00:00Z", "expires": "2027-11-24T00:00:00Z"}, "detected", "a time to come"),
    ({"occurred": "2027-11-23T08:00:00Z"}, "occurred", "a time to come"),
    ({"expires": "2099-12-01T09:00:00Z"}, "expires", "longer than the 30 days"),
    ({"expires": "2026-12-25T00:00:01Z"}, "expires", "longer than the 30 days"),
]


@pytest.mark.parametrize(("change", "field", "words"), BOUNDS)
def test_times_to_come_and_endless_containment_are_bad_input(
    tmp_path: Path, change: dict[str, Any], field: str, words: str
) -> None:
    file = file_of(tmp_path / "c", {**LOST, "scope": {"devices": ["guo00000000000000d01"]}, **change})
    code, found = checked(tmp_path / "c")
    assert code == 2
    (fault,) = [item for item in found if item["code"] == incident_times.ID and words in item["message"]]
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if text.startswith(field))
    assert (fault["location"]["file"], fault["location"]["line"]) == ("incidents/inc-2026-016.yaml", line)


def test_a_day_ends_last_in_the_westernmost_zone() -> None:
    """Whoever writes the time of now, anywhere, is never told that it is to come."""
    moments = [("2026-11-25T12:00:00+00:00", False), ("2026-11-25T12:00:01+00:00", True)]
    moments += [("2026-11-24T23:59:00-12:00", False), ("2026-11-26T00:00:00+14:00", False)]
    for text, later in moments:
        assert is_to_come(datetime.fromisoformat(text), DAY) is later, text


SCOPES = [
    {"devices": ["guo00000000000000d01"]},
    {"users": [OKTA_USER, ENTRA_USER], "aws_users": [CENTER], "aws_roles": [ROLE]},
]


@pytest.mark.parametrize("scope", SCOPES, ids=["device alone", "principals of AWS"])
def test_what_a_scope_names_contains_something(tmp_path: Path, scope: dict[str, Any]) -> None:
    file_of(tmp_path / "c", {**LOST, "scope": scope, "contained": "2026-11-23T10:00:00Z"})
    assert checked(tmp_path / "c") == (0, [])


def test_a_scope_that_names_nothing_contains_nothing(tmp_path: Path) -> None:
    file_of(tmp_path / "c", {**LOST, "scope": {"sealed_account": True}})
    code, found = checked(tmp_path / "c")
    assert code == 2
    assert "contains nothing" in " ".join(item["message"] for item in found)


HALVES = [
    ({"users": [OKTA_USER]}, "1 accounts in Okta and 0 in Entra"),
    ({"users": [ENTRA_USER]}, "0 accounts in Okta and 1 in Entra"),
    ({"users": [OKTA_USER, OKTA_OTHER, ENTRA_USER]}, "2 accounts in Okta and 1 in Entra"),
    ({"users": [OKTA_USER, ENTRA_USER], "one_sided": [ENTRA_USER]}, "1 accounts in Okta and 0 in Entra"),
    ({"users": [OKTA_USER, ENTRA_USER], "one_sided": [OKTA_OTHER]}, "which is not among its `users`"),
    ({"users": [OKTA_USER, ENTRA_USER]}, ""),
    ({"users": [OKTA_USER], "one_sided": [OKTA_USER]}, ""),
    ({"users": [OKTA_USER, OKTA_OTHER, ENTRA_USER], "one_sided": [OKTA_OTHER]}, ""),
]


@pytest.mark.parametrize(("scope", "words"), HALVES)
def test_federated_people_are_contained_on_both_sides(scope: dict[str, Any], words: str) -> None:
    catalogue, _ = organisation("reference")
    whole = with_incidents(catalogue, {**PHISHED, "scope": scope, "contained": "2026-11-23T10:00:00Z"})
    (incident,) = whole.incidents.values()
    tree = next(iter(whole.trees.values()))
    whole = replace(whole, trees={**whole.trees, ("incident", incident.id): tree})
    messages = [problem.message for problem in incident_people.check(whole, DAY) if problem.blocks]
    assert len(messages) == (1 if words else 0), messages
    assert all(words in message for message in messages)
    alone = whole.access_policy.identity.model_copy(update={"federation": ()})
    policy = whole.access_policy.model_copy(update={"identity": alone})
    assert not list(incident_people.check(replace(whole, access_policy=policy), DAY))


def test_sessions_that_go_on_until_contained_is_written_are_noticed(tmp_path: Path) -> None:
    file_of(tmp_path / "c", LOST | {"scope": {"devices": ["guo00000000000000d01"]}})
    code, (notice,) = checked(tmp_path / "c")
    assert (code, notice["code"], notice["severity"]) == (0, "incident-uncontained", "notice")


SEALS = [
    ("one sealed account", [SEALED["okta"][0]], False, 1, "sealed_account: true"),
    ("one in each provider", [SEALED["okta"][0], SEALED["entra"][0]], False, 2, "sealed_account: true"),
    ("one on purpose", [SEALED["okta"][0], SEALED["entra"][0]], True, 0, ""),
    ("all of Okta's on purpose", SEALED["okta"], True, 2, "leave out the one"),
    ("all of Entra's", [OKTA_USER, *SEALED["entra"]], False, 2, "leave out the one"),
    ("nobody sealed", [OKTA_USER, ENTRA_USER], False, 0, ""),
]


@pytest.mark.parametrize(
    ("users", "meant", "faults", "words"), [row[1:] for row in SEALS], ids=[row[0] for row in SEALS]
)
def test_the_last_way_in_stays_open(users: list[str], meant: bool, faults: int, words: str) -> None:
    catalogue, settings = organisation("reference")
    scope = {"users": users, "sealed_account": meant}
    whole = with_incidents(catalogue, {**PHISHED, "scope": scope})
    found = lockouts(Incidents.of(whole), settings, DAY)
    assert len(found) == faults
    assert all(words in problem.remedy and problem.severity == "input" for problem in found)
    over = with_incidents(catalogue, {**PHISHED, "scope": scope, "expires": "2026-11-23T12:00:00Z"})
    assert not lockouts(Incidents.of(over), settings, DAY), "only what is in force locks out"


def test_the_preview_says_where_it_stands_and_writes_nothing(tmp_path: Path) -> None:
    users = [OKTA_USER, SEALED["okta"][0], ENTRA_USER, SEALED["entra"][0]]
    file = file_of(
        tmp_path / "c", {**PHISHED, "contained": "2026-11-23T10:00:00Z", "scope": {"users": users}}
    )
    outcome = previewing.run(previewing.Request(ROOT, ("identity-prod",), DAY, tmp_path / "c"))
    assert (outcome.exit_code, outcome.preview) == (Exit.BAD_INPUT, None)
    found = [item for item in outcome.problems if item.code == "containment-lockout"]
    lines = file.read_text().splitlines()
    assert [item.location.line for item in found] == [
        number
        for number, line in enumerate(lines, 1)
        if SEALED["okta"][0] in line or SEALED["entra"][0] in line
    ]


def test_two_incidents_together_do_not_shut_it_either() -> None:
    catalogue, settings = organisation("reference")
    one, two = ({"users": [user], "sealed_account": True} for user in SEALED["okta"])
    whole = with_incidents(catalogue, {**PHISHED, "scope": one}, {**PHISHED, "id": "inc-2", "scope": two})
    assert len(lockouts(Incidents.of(whole), settings, DAY)) == 2


def test_the_stack_that_reads_incidents_alone_says_where_the_fault_stands(tmp_path: Path) -> None:
    users = {"users": [OKTA_USER, SEALED["okta"][1]]}
    fields = {**BASE, "id": "inc-2026-017", "incident": "phished-credentials", "scope": users}
    file = file_of(tmp_path / "c", {**fields, "detected": "2027-11-23T09:00:00Z"})
    incidents, wrong, _ = load_incidents(tmp_path / "c")
    assert not wrong
    _, settings = organisation("reference")
    places = {problem.location.line for problem in lockouts(incidents, settings, DAY)}
    lines = file.read_text().splitlines()
    wanted = [n for n, line in enumerate(lines, 1) if "detected" in line or SEALED["okta"][1] in line]
    assert sorted(places) == wanted


QUARANTINED: list[tuple[str, str, bool, str]] = [
    ("another partition", "arn:aws-us-gov:iam::100000000004:role/claims-sender", False, "arn:aws:"),
    ("nobody's account", "arn:aws:iam::999999999999:role/x", False, "none of ours"),
    ("nobody's account, on purpose", "arn:aws:iam::999999999999:role/x", True, "none of ours"),
    ("the emergency role", "arn:aws:iam::100000000005:role/billing-identity-break-glass", False, "shut out"),
    (
        "the emergency role, on purpose",
        "arn:aws:iam::100000000005:role/billing-identity-break-glass",
        True,
        "",
    ),
    ("who deploys", "arn:aws:iam::100000000004:role/billing-identity-deploy", False, "shut out"),
    ("the pipeline", "arn:aws:iam::100000000005:role/meridian-prod-ci-deploy", False, "shut out"),
    ("the keys' custodian", "arn:aws:iam::100000000002:role/path/kms-custodian", False, "shut out"),
    ("the management account", "arn:aws:iam::100000000001:role/OrganizationAccountAccessRole", False, ""),
    ("the copies' account", "arn:aws:iam::100000000006:role/restorer", False, ""),
    ("a workload", ROLE, False, ""),
]


@pytest.mark.parametrize(
    ("role", "meant", "words"), [row[1:] for row in QUARANTINED], ids=[row[0] for row in QUARANTINED]
)
def test_a_role_is_quarantined_where_the_denial_reaches_and_we_are_not_shut_out(
    role: str, meant: bool, words: str
) -> None:
    catalogue, settings = organisation("reference")
    scope = {"aws_roles": [ROLE, role], "sealed_account": meant}
    whole = with_incidents(catalogue, {**PHISHED, "scope": scope})
    found = lockouts(Incidents.of(whole), settings, DAY)
    assert [words in f"{item.message} {item.remedy}" for item in found] == ([True] if words else [])


def test_a_role_of_the_management_account_is_a_gap_and_a_call_of_the_runbook() -> None:
    """Service control policies don't affect it."""
    catalogue, settings = organisation("reference")
    managing = f"arn:aws:iam::{settings.aws.management_account}:role/OrganizationAccountAccessRole"
    whole = with_incidents(catalogue, {**PHISHED, "scope": {"aws_roles": [ROLE, managing]}})
    incidents = Incidents.of(whole)
    assert [gap.control for gap in containment.gaps(incidents, settings, DAY) if gap.provider == "aws"] == [
        f"quarantine of {managing}"
    ]
    steps = runbook(whole, settings, whole.incidents[PHISHED["id"]]).steps
    calls = [call for step in steps for call in step.calls if "put-role-policy" in call]
    assert len(calls) == 1
    assert "--role-name OrganizationAccountAccessRole" in calls[0]
