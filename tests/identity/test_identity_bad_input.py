"""What an identity engineer can write wrongly: a located fault, exit 1 or 2, and nothing written."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from billing_identity.components.entra.conditional_access_personas import HIGHLY_PRIVILEGED_ROLES
from billing_identity.review.commands import check
from billing_identity.roles.checks.directory_roles import HIGHEST
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.model.entra import DirectoryRole
from billing_identity.stacks.settings import load_settings, settings_file

ROOT = Path(__file__).parents[2]
POLICY = "access-policy.yaml"
INCIDENT = """incident: lost-device
summary: A laptop was left on a train.
scope:
  devices: [guo00000000000000d01]
  systems: [azure-virtual-desktop]
opened_by: security-analyst
approver: security-officer
occurred: 2026-11-20T08:00:00Z
detected: 2026-11-20T09:00:00Z
"""


@dataclass(frozen=True)
class Fault:
    """One spoilt file of the catalogue. An `old` of "" writes the file; `at` is on the line that is named."""

    name: str
    file: str
    old: str
    new: str
    at: str
    code: str
    exit: int
    words: str
    elsewhere: str = ""
    """The file that is named, where it is not the spoilt one."""


FAULTS = (
    Fault(
        "a tier for ePHI with no phishing-resistant factor",
        POLICY,
        "factors: [fido2, device-bound, certificate]",
        "factors: [push]",
        "tier:",
        "ephi-tier",
        1,
        "`athenaone` holds ePHI, and its tier `ephi` is satisfied by push",
        "systems/athenaone.yaml",
    ),
    Fault(
        "a ring that skips",
        POLICY,
        "high-risk: 2026-08-03, everyone",
        "everyone",
        "enforced_since:",
        "ring-order",
        2,
        "ring `everyone` is enforced since 2026-09-14, and `high-risk` before it never was: the",
    ),
    Fault(
        "a ring that nobody is in",
        POLICY,
        "rings: [pilot, high-risk, everyone]",
        "rings: [pilot, middle, high-risk, everyone]",
        "rings:",
        "zones-and-rings",
        2,
        "nobody is in ring `middle`: the rollout skips it",
    ),
    Fault(
        "an approver who holds the role",
        "roles/bulk-export-analyst.yaml",
        "approvers: [privacy-officer, operations-director]",
        "approvers: [compliance-auditor]",
        "approvers:",
        "self-approval",
        1,
        "approve",
    ),
    Fault(
        "a cadence longer than the profile allows",
        POLICY,
        "high_risk_roles: quarterly",
        "high_risk_roles: yearly",
        "high_risk_roles:",
        "review-cadence",
        1,
        "yearly",
    ),
    Fault(
        "an attribute that HR does not send",
        POLICY,
        "    access_end: { title: Last day of access, okta: accessEndDate, "
        "entra: extensionAttribute7, type: string }\n",
        "",
        "attributes:",
        "hr-attributes",
        2,
        "access_end",
    ),
    Fault(
        "a list that HR is said to send as one value",
        POLICY,
        "entra: extensionAttribute6, type: array",
        "entra: extensionAttribute6, type: string",
        "clients:",
        "hr-attributes",
        2,
        "`clients` is written as `string`, and group rules read it as `array`",
    ),
    Fault(
        "one value that HR is said to send as a list",
        POLICY,
        "entra: extensionAttribute1, type: string",
        "entra: extensionAttribute1, type: array",
        "job_code:",
        "hr-attributes",
        2,
        "`job_code` is written as `array`, and group rules read it as `string`",
    ),
    Fault(
        "an attribute in a place that names the account",
        POLICY,
        "okta: jobCode,",
        "okta: login,",
        "job_code:",
        "hr-attributes",
        2,
        "Okta keeps something else in `login`",
    ),
    Fault(
        "two systems with one entity id",
        "systems/workday.yaml",
        "audience: https://wd.workday.example/meridian",
        "audience: https://github.example/enterprises/meridian",
        "audience:",
        "unique-names",
        2,
        "already used by",
    ),
    Fault(
        "an incident with no expiry",
        "incidents/inc-2026-014.yaml",
        "",
        INCIDENT,
        "incident:",
        "schema",
        2,
        "`expires` is missing",
    ),
    Fault(
        "one of the highest directory roles for federated people",
        "systems/entra-admin.yaml",
        "directory_roles: [security-reader]",
        "directory_roles: [user-administrator]",
        "entitlement: entra-admin/security-reader",
        "directory-roles",
        2,
        "user-administrator: these are for cloud-only administrators",
        "roles/security-analyst.yaml",
    ),
)


def files(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_located_and_nothing_is_written(tmp_path: Path, fault: Fault) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, root)
    path = root / fault.file
    if fault.old:
        before = path.read_text(encoding="utf-8")
        assert fault.old in before
        path.write_text(before.replace(fault.old, fault.new, 1), encoding="utf-8")
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(fault.new, encoding="utf-8")
    held = files(tmp_path)
    app = typer.Typer()
    check.register(app)
    result = CliRunner().invoke(app, [str(root), "--as-of", "2026-11-24", "--format", "json"])
    assert result.exit_code == fault.exit, result.output
    problems = [item for item in json.loads(result.stdout)["problems"] if item["code"] == fault.code]
    mine = [item for item in problems if fault.words in item["message"]]
    assert mine, problems
    place = fault.elsewhere or fault.file
    lines = (root / place).read_text(encoding="utf-8").splitlines()
    expected = [number for number, line in enumerate(lines, 1) if fault.at in line]
    assert {(item["location"]["file"], item["location"]["line"]) for item in mine} <= {
        (place, number) for number in expected
    }
    assert all(item["remedy"] for item in mine)
    assert files(tmp_path) == held


SETTINGS = (
    (
        "administrators_group: 00gADMINISTRATORS0x7",
        "administrators_group: 00gBREAKGLASS00000x7",
        "break_glass_group: 00g",
        "is also `administrators_group`",
    ),
    (
        "administrators_group: 9c4d5e6f-7081-4293-9dae-2f3a4b5c6d7e",
        "administrators_group: 8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d",
        "break_glass_group: 8b3",
        "is also `administrators_group`",
    ),
    (
        "environment: prod",
        "environment: prod\nadopted:\n  role:payment-poster: 00gBREAKGLASS00000x7",
        "role:payment-poster",
        "`role:payment-poster` would fill the break-glass group",
    ),
    (
        "administrators_group: 00gADMINISTRATORS0x7",
        "administrators_group: 00gEVERYONE0000000x7",
        "everyone_group: 00gEVERYONE",
        "is `administrators_group` and `everyone_group`",
    ),
    (
        "environment: prod",
        "environment: prod\nadopted:\n  role:medical-coder: 00gADMINISTRATORS0x7",
        "role:medical-coder",
        "`role:medical-coder` would take over `00gADMINISTRATORS0x7`, which is `okta.administrators_group`",
    ),
)


@pytest.mark.parametrize(("old", "new", "at", "words"), SETTINGS)
def test_a_break_glass_group_whose_members_are_somebody_elses(
    tmp_path: Path, old: str, new: str, at: str, words: str
) -> None:
    path = tmp_path / settings_file("prod")
    path.parent.mkdir(parents=True)
    before = (ROOT / settings_file("prod")).read_text(encoding="utf-8")
    text = (
        before.replace(old, new, 1) if old in before else f"{before.rstrip()}\n{new.split(chr(10), 1)[1]}\n"
    )
    path.write_text(text, encoding="utf-8")
    settings, problems = load_settings(tmp_path, "prod")
    assert settings is None
    (problem,) = problems
    assert words in problem.message
    assert at in text.splitlines()[problem.location.line - 1]


def test_the_check_and_conditional_access_mean_the_same_roles() -> None:
    grantable = {role for role in DirectoryRole if role.template_id in HIGHLY_PRIVILEGED_ROLES}
    assert grantable == HIGHEST
