"""Who has to approve: approvals that count, owners, and changes that disarm what would have refused them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from scenarios import new_role, refund_approval_to_the_poster

from billing_identity.review.diff.approvals import ApprovalsError, given, read_approvals
from billing_identity.review.diff.codeowners import codeowners
from billing_identity.review.diff.model import Direction
from billing_identity.roles.loader import REFERENCE, load


def approvals_file(tmp_path: Path, **document) -> Path:
    path = tmp_path / "approvals.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_approvals_of_others_count_and_the_authors_own_do_not(change, tmp_path: Path) -> None:
    new_role(change.head)
    report = change.report()
    needed = {item.role for item in report.approvals}
    assert needed >= {"billing-supervisor", "operations-director", "privacy-officer"}
    everyone = [{"by": "ann", "roles": sorted(needed), "commit": "c1"}]
    path = approvals_file(tmp_path, author="bob", approvals=everyone)
    for approvals, missing in (
        (read_approvals(path, "c1"), set()),
        (read_approvals(path, "c2"), needed),
        (read_approvals(approvals_file(tmp_path, author="ANN", approvals=everyone)), needed),
    ):
        done = replace(report, approvals=given(report.approvals, approvals), approvals_checked=True)
        assert {item.role for item in done.missing} == missing
        assert done.exit_code == (1 if missing else 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"author": "a", "approvals": [1]}',
        '{"author": "a", "approvals": [{"by": "b", "roles": [1]}]}',
        "\xff",
    ],
)
def test_a_bad_file_of_approvals_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "approvals.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ApprovalsError):
        read_approvals(path)


def test_codeowners_names_owners_and_data_owners() -> None:
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    lines = codeowners(catalogue, "roles/catalogue", "@meridian/{role}").splitlines()
    row = next(line for line in lines if "/systems/athenaone.yaml" in line)
    assert row.split() == [
        "/roles/catalogue/systems/athenaone.yaml",
        "@meridian/billing-supervisor",
        "@meridian/operations-director",
    ]
    with pytest.raises(ValueError, match="role"):
        codeowners(catalogue, "x", "@team")


TAG = "    risks: [approves-refunds]\n"


@pytest.mark.parametrize("taken", ["tag", "rule"])
def test_who_grants_and_disarms_in_one_change_is_blocked(change, taken: str) -> None:
    refund_approval_to_the_poster(change.head)
    if taken == "tag":
        change.edit("systems/athenaone.yaml", TAG, "")
    else:
        policy = change.head / "access-policy.yaml"
        text = policy.read_text()
        start = text.index("  - id: adjustments-and-refunds")
        policy.write_text(text[:start] + text[text.index("  - id: ", start + 5) :])
    report = change.report()
    (conflict,) = [item for item in report.sentences if item.blocks]
    assert "New conflict" in conflict.text and "takes away" in conflict.detail[0]
    assert report.exit_code == 1
    assert "security-officer" in {item.role for item in report.approvals}


def test_a_tag_that_is_dropped_alone_weakens_separation(change) -> None:
    change.edit("systems/athenaone.yaml", TAG, "")
    report = change.report()
    assert report.exit_code == 0 and not [item for item in report.sentences if item.blocks]
    (said,) = [item for item in report.sentences if item.topic == "separation-of-duties"]
    assert said.direction is Direction.WEAKER
    assert "security-officer" in {item.role for item in report.approvals}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  active: ACTIVE", "  active: LEAVE"),
        (
            "  trained: CURRENT\n  untrained: [EXPIRED, NONE]",
            "  trained: NONE\n  untrained: [EXPIRED]",
        ),
        ("okta: employmentStatus", "okta: nickName"),
    ],
)
def test_what_everybodys_access_hangs_on_is_critical_and_needs_both_officers(
    change, old: str, new: str
) -> None:
    change.edit("access-policy.yaml", old, new)
    report = change.report()
    assert report.risk.level == "critical"
    assert {"security-officer", "privacy-officer"} <= {item.role for item in report.approvals}


def test_nobody_approves_in_one_role_what_another_of_his_roles_gains(change, tmp_path: Path) -> None:
    role = change.head / "roles" / "medical-coder.yaml"
    grant = (
        "  - { entitlement: athenaone/account-read, rationale: Reads the account for coding questions. }\n"
    )
    role.write_text(role.read_text().replace("grants:\n", f"grants:\n{grant}", 1))
    report = change.report()
    needed = sorted(item.role for item in report.approvals)

    def missing(*entries: dict[str, object]) -> set[str]:
        approvals = read_approvals(approvals_file(tmp_path, author="ann", approvals=list(entries)))
        checked = replace(report, approvals=given(report.approvals, approvals), approvals_checked=True)
        return {item.role for item in checked.missing}

    assert missing({"by": "dan", "roles": needed}) == set()
    assert missing({"by": "dan", "roles": [*needed, "medical-coder"]}) == set(needed)
    apart = ({"by": "dan", "roles": needed}, {"by": "DAN ", "roles": ["medical-coder"]})
    assert missing(*apart) == set(needed), "one person in two entries"
    assert missing({"by": " Ann ", "roles": needed}) == set(needed), "the author, spelt otherwise"


def test_codeowners_asks_the_security_officer_for_the_deployment_s_settings() -> None:
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    (line,) = (
        text
        for text in codeowners(catalogue, "roles/catalogue", "@acme/{role}").splitlines()
        if "stacks" in text
    )
    assert line.split() == ["/stacks/config/", "@acme/security-officer", "@acme/operations-director"]
