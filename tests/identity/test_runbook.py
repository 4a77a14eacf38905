"""The runbook of an incident: clocks, exact calls, phases in order."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import botocore.session
import documented_calls
import pytest
import yaml
from botocore import xform_name
from incident_files import BREACH, CENTER_USER, ENTRA_USER, LOST, OKTA_USER, PHISHED, with_incidents
from organisations import ROOT, organisation

from billing_identity.review.runbooks.runbook import Runbook, as_data, as_text, runbook
from billing_identity.review.runbooks.steps import PASSWORD_METHOD, REGISTERED_METHODS
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.stacks.variants import licensed

OKTA = "https://meridian.okta.com/api/v1"
GRAPH = "https://graph.microsoft.com/v1.0"


def book(fields: dict[str, Any]) -> Runbook:
    catalogue, settings = organisation("reference")
    whole = with_incidents(catalogue, fields)
    return runbook(whole, settings, whole.incidents[fields["id"]])


CALLS = [
    (PHISHED, f"DELETE {OKTA}/users/{OKTA_USER}/sessions?oauthTokens=true&forgetDevices=true"),
    (PHISHED, f"POST {OKTA}/users/{OKTA_USER}/lifecycle/expire_password"),
    (PHISHED, f"POST {OKTA}/users/{OKTA_USER}/lifecycle/reset_factors"),
    (PHISHED, f"POST {GRAPH}/users/{ENTRA_USER}/revokeSignInSessions"),
    (PHISHED, f"--member-id UserId={CENTER_USER}"),
    (LOST, f"POST {OKTA}/devices/guo00000000000000d01/lifecycle/deactivate"),
    (LOST, f"POST {GRAPH}/deviceManagement/managedDevices/{ENTRA_USER}/wipe"),
    (BREACH, "pulumi up --stack containment-prod"),
]


@pytest.mark.parametrize(("fields", "call"), CALLS, ids=[call[-50:] for _, call in CALLS])
def test_exact_calls(fields: dict[str, Any], call: str) -> None:
    calls = [given for step in book(fields).steps for given in step.calls]
    assert any(call in given for given in calls), calls


AWS_CLI_ALONE = {("cloudtrail", "validate-logs"): {"--trail-arn", "--start-time"}}
"""Commands of the AWS CLI that no operation stands behind (AWS CLI reference, cloudtrail validate-logs)."""


@pytest.mark.parametrize("fields", [PHISHED, LOST, BREACH], ids=lambda fields: fields["incident"])
def test_every_call_of_the_aws_cli_is_an_operation_with_those_arguments(fields: dict[str, Any]) -> None:
    session = botocore.session.get_session()
    for step in book(fields).steps:
        for call in step.calls:
            words = call.split()
            if words[0] != "aws":
                continue
            service, operation, *rest = words[1:]
            given = {word for word in rest if word.startswith("--")}
            if (service, operation) in AWS_CLI_ALONE:
                assert given <= AWS_CLI_ALONE[service, operation]
                continue
            model: Any = session.get_service_model(service)
            known = {xform_name(name, "-"): name for name in model.operation_names}
            assert operation in known, call
            shape: Any = model.operation_model(known[operation]).input_shape
            assert shape is not None
            members = {f"--{xform_name(name, '-')}": name for name in shape.members}
            assert given <= members.keys(), call
            assert set(shape.required_members) <= {members[one] for one in given}, call


@pytest.mark.parametrize("entra_p1", [True, False])
@pytest.mark.parametrize("fields", [PHISHED, LOST, BREACH], ids=lambda fields: fields["incident"])
def test_every_call_over_http_is_a_documented_one(fields: dict[str, Any], entra_p1: bool) -> None:
    catalogue, settings = organisation("reference")
    whole = with_incidents(catalogue, fields)
    made = runbook(whole, licensed(settings, entra_p1=entra_p1), whole.incidents[fields["id"]])
    for step in made.steps:
        for call in step.calls:
            said = call.replace(OKTA, "OKTA").replace(GRAPH, "GRAPH")
            if said.split(" ", 1)[0] in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                assert any(re.fullmatch(one.form, said) for one in documented_calls.CALLS), call


def test_whoever_contains_knows_what_to_hold_before_the_day_comes() -> None:
    page = (ROOT / "components" / "containment" / "README.md").read_text(encoding="utf-8")
    for call in documented_calls.CALLS:
        for permission in call.permission.split(" and "):
            broader = {
                permission,
                re.sub(r"^UserAuthMethod-\w+\.", "UserAuthenticationMethod.", permission),
                permission.replace("ReadBasic", "Read"),
            }
            broader |= {name.replace(".Read.", ".ReadWrite.").replace(".read", ".manage") for name in broader}
            broader |= {re.sub(r"\.Read$", ".ReadWrite", name) for name in broader}
            assert any(f"`{name}`" in page for name in broader), call


def test_no_registered_method_of_an_attacker_is_left() -> None:
    calls = " ".join(call for step in book(PHISHED).steps for call in step.calls)
    assert all(f"/authentication/{name}/" in calls for name in REGISTERED_METHODS)
    assert f"/authentication/methods/{PASSWORD_METHOD}/resetPassword" in calls


@pytest.mark.parametrize("fields", [PHISHED, LOST, BREACH], ids=lambda fields: fields["incident"])
def test_phases_in_order_and_the_plans_playbook_is_whole(fields: dict[str, Any]) -> None:
    made = book(fields)
    phases = [step.phase for step in made.steps]
    assert phases == sorted(phases, key=["contain", "eradicate", "recover"].index)
    catalogue, _ = organisation("reference")
    plan = next(p for p in catalogue.incident_plan.playbooks if p.incident == fields["incident"])
    titles = {step.title for step in made.steps}
    assert {*plan.contain, *plan.eradicate, *plan.recover} <= titles
    words = " ".join(titles).lower()
    assert all(word in words for word in ("malware", "rotate", "integrity", "restore", "closure"))


def test_clocks_run_from_detection_and_name_their_source() -> None:
    made = book({**BREACH, "scope": {"vendors": ["waystar"], "clients": ["riverbend-hospital"]}})
    due = [clock.due for clock in made.clocks]
    assert due == sorted(due)
    last = next(clock for clock in made.clocks if clock.source == "164.410(b)")
    assert last.due.isoformat() == "2027-01-22T09:00:00+00:00"
    catalogue, _ = organisation("reference")
    hours = catalogue.clients["riverbend-hospital"].notice.breach_hours
    notice = next(c for c in made.clocks if "Riverbend" in c.what or "riverbend" in c.what)
    assert (notice.due - made.incident.detected).total_seconds() == hours * 3600


def test_a_system_without_provider_is_a_step_for_a_person() -> None:
    titles = [step.title for step in book(BREACH).steps]
    assert any("Availity" in title and "no provider" in title for title in titles)


def test_the_text_is_plain_and_no_text_of_the_file_steers_it() -> None:
    made = book({**PHISHED, "summary": "Somebody else's page\n## Clocks\x1b[2J"})
    text = as_text(made)
    assert "Somebody else's page ## Clocks\N{REPLACEMENT CHARACTER}[2J\n" in text
    assert text.count("\n## Clocks\n") == 1, "a line of the file starts no heading"
    assert not [word for word in ("&#39;", "<code>", "<!--", "\\`") if word in text]
    assert as_data(made)["incident"] == "inc-2026-014"


def test_calls_hold_what_the_program_knows() -> None:
    calls = " ".join(call for step in book(PHISHED).steps for call in step.calls)
    trail = "arn:aws:cloudtrail:us-east-1:100000000001:trail/meridian-prod-trail"
    assert f"--trail-arn {trail} --start-time 2026-11-23T08:00:00Z" in calls
    assert "--identity-store-id d-9067000001" in calls
    for vault in ("meridian-prod-ephi", "meridian-prod-client-riverbend-hospital"):
        assert f"--backup-vault-name {vault} --by-created-before 2026-11-23T08:00:00Z" in calls
    assert "--iam-role-arn arn:aws:iam::100000000004:role/meridian-prod-restore-test" in calls
    unknown = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", re.sub(r"\{.*?\}", "", calls)))
    verbs = {"GET", "POST", "PATCH", "DELETE"}
    only_there = {"METHOD_ID", "RULE_ID", "GRANT_ID", "MEMBERSHIP_ID", "VAULT", "RECOVERY_POINT", "METADATA"}
    assert {word for word in unknown if len(word) > 2} - verbs <= only_there


def test_emergency_access_in_the_incident_is_reviewed_with_its_log() -> None:
    catalogue, settings = organisation("reference")
    whole = with_incidents(catalogue, PHISHED)
    incident = whole.incidents[PHISHED["id"]]
    fields = {
        "id": "use-1",
        "way": "requested-role",
        "approved_by": "privacy-officer",
        "started": "2026-11-23T09:30:00Z",
        "incident": PHISHED["id"],
    }
    uses = {
        "use-1": BreakGlassUse.model_validate({**fields, "user": OKTA_USER, "ended": "2026-11-23T11:00:00Z"}),
        "use-2": BreakGlassUse.model_validate({**fields, "id": "use-2", "user": ENTRA_USER}),
        "use-3": BreakGlassUse.model_validate(
            {**fields, "id": "use-3", "user": OKTA_USER, "incident": "inc-1"}
        ),
    }
    made = runbook(replace(whole, break_glass_uses=uses), settings, incident)
    steps = {step.title.split(" until")[0]: step for step in made.steps if "break-glass use" in step.title}
    assert set(steps) == {"Review break-glass use use-1", "Review break-glass use use-2"}
    window = "since=2026-11-23T09:30:00Z&until=2026-11-23T11:00:00Z"
    assert steps["Review break-glass use use-1"].calls == (
        f'GET {OKTA}/logs?{window}&filter=actor.id eq "{OKTA_USER}"',
    )
    assert steps["Review break-glass use use-2"].calls == (
        f"GET {GRAPH}/auditLogs/signIns?$filter=userId eq '{ENTRA_USER}' and "
        "createdDateTime ge 2026-11-23T09:30:00Z and createdDateTime le 2026-11-23T13:30:00Z",
    )
    assert {clock.due.isoformat() for clock in made.clocks if "break-glass" in clock.what} == {
        "2026-11-24T11:00:00+00:00",
        "2026-11-24T13:30:00+00:00",
    }


def test_contained_is_written_before_the_stack_is_applied() -> None:
    """Else AWS would let sessions live that were issued between the detection and the first update."""
    steps = book(PHISHED).steps
    assert "Write `contained`" in steps[0].title
    assert "pulumi up" in steps[1].calls[0]
    written = book({**PHISHED, "contained": "2026-11-23T10:00:00Z"}).steps
    assert "pulumi up" in written[0].calls[0]


@pytest.mark.parametrize(
    ("users", "found"),
    [
        ([OKTA_USER], [f"GET {OKTA}/users/{OKTA_USER}", f"POST {GRAPH}/users/LOGIN/revokeSignInSessions"]),
        (
            [ENTRA_USER],
            [f"DELETE {OKTA}/users/OKTA_ID/sessions?oauthTokens=true&forgetDevices=true"],
        ),
    ],
)
def test_the_account_that_the_file_lacks_is_found_and_its_sessions_end(
    users: list[str], found: list[str]
) -> None:
    def calls(scope: dict[str, Any]) -> set[str]:
        made = book({**PHISHED, "scope": scope})
        return {call for step in made.steps if step.phase == "contain" for call in step.calls}

    assert calls({"users": users}) >= set(found)
    assert not calls({"users": users, "one_sided": users}) & set(found)
    assert not calls({"users": [OKTA_USER, ENTRA_USER]}) & set(found)


def test_command(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, catalogue)
    fields = {key: value for key, value in PHISHED.items() if key not in ("id", "kind")}
    file = catalogue / "incidents" / "inc-2026-014.yaml"
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")

    def run(identifier: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "billing_identity.review.cli", "incident", "runbook", identifier]
        return subprocess.run(
            [*command, "--catalogue", str(catalogue)], cwd=ROOT, check=False, capture_output=True, text=True
        )

    done = run("inc-2026-014")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Incident inc-2026-014")
    unknown = run("inc-1")
    assert unknown.returncode == 2
    assert "inc-2026-014" in unknown.stderr
    file.write_text(yaml.safe_dump({k: v for k, v in fields.items() if k != "expires"}), encoding="utf-8")
    refused = run("inc-2026-014")
    assert refused.returncode == 2
    assert "expires" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("vendor", ["okta", "microsoft"])
def test_a_breach_of_the_identity_provider_concerns_every_client_behind_it(vendor: str) -> None:
    catalogue, _ = organisation("reference")
    made = book({**BREACH, "scope": {"vendors": [vendor]}})
    assert set(made.clients) == set(catalogue.clients)
    told = {clock.what for clock in made.clocks}
    assert {f"First notice to {client.title}" for client in catalogue.clients.values()} <= told
