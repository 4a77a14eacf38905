"""An incident in a pull request says what it denies, to whom, until when, and who must approve it."""

from __future__ import annotations

import json

import pytest

PHISHED = {
    "summary": "A look-alike page took a password.",
    "incident": "phished-credentials",
    "opened_by": "security-analyst",
    "approver": "security-officer",
    "occurred": "2026-11-23T08:00:00Z",
    "detected": "2026-11-23T09:00:00Z",
    "expires": "2026-12-07T00:00:00Z",
    "scope": {
        "users": ["00u00000000000000a01", "11111111-2222-4333-8444-555555555555"],
        "blocked_networks": ["198.51.100.128/25"],
        "aws_roles": ["arn:aws:iam::100000000004:role/claims-sender"],
    },
}
BREACH = {**PHISHED, "incident": "vendor-breach", "scope": {"vendors": ["waystar"]}}
CLOSED = {
    "contained": "2026-11-23T10:00:00Z",
    "closed": "2026-11-24T08:00:00Z",
    "closure": {
        "root_cause": "A page in the company's colours.",
        "breach_risk_assessment": "Low probability of compromise.",
        "reportable": False,
        "control_changes": ["Keys for everybody."],
        "training_changes": ["The page is in the course."],
    },
}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            PHISHED,
            (
                "shuts out 2 accounts",
                "blocks 198.51.100.128/25 before every sign-in",
                "denies everybody's AWS sessions from before 2026-11-23T09:00",
                "quarantines 1 principal in AWS",
                "until 2026-12-07",
            ),
        ),
        (
            {**PHISHED, "scope": {"users": ["00uBREAKGLASSONE00x7"], "sealed_account": True}},
            ("shuts out 1 account", "a sealed break-glass account"),
        ),
        (BREACH, ("withdraws every system of Waystar", "until 2026-12-07")),
        ({**PHISHED, **CLOSED}, ("closed on 2026-11-24: denies nothing",)),
    ],
    ids=["phished", "sealed", "breach", "closed"],
)
def test_an_incident_says_what_it_does(change, fields: dict[str, object], said: tuple[str, ...]) -> None:
    change.write("incidents/inc-2026-014.yaml", json.dumps(fields))
    report = change.report()
    (sentence,) = [item for item in report.sentences if "ncident inc-2026-014" in item.text]
    for words in said:
        assert words in sentence.text
    assert {"security-officer", "privacy-officer"} <= {item.role for item in report.approvals}


def test_a_breach_cuts_no_sessions(change) -> None:
    change.write("incidents/inc-2026-014.yaml", json.dumps(BREACH))
    (sentence,) = [item for item in change.report().sentences if "ncident inc-2026-014" in item.text]
    assert "AWS sessions" not in sentence.text
