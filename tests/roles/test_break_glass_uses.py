"""Uses of emergency access: by opaque id, ended within the limit, reviewed in time by somebody else."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import typer
from catalogue_bench import TODAY, Workbench
from typer.testing import CliRunner

from billing_identity.review.commands import check
from billing_identity.roles.loader import REFERENCE

FILE = "break-glass-uses/use-2026-11-20-1.yaml"
README = (REFERENCE / "break-glass-uses/README.md").read_text(encoding="utf-8")
USE = re.search(r"```yaml\n(.*?)```", README, re.DOTALL).group(1)  # type: ignore[union-attr]
OPEN = USE[: USE.index("review:")]
RUNNING = OPEN.replace("ended: 2026-11-20T11:40:00Z\n", "")


def said(bench: Workbench, as_of: date = TODAY) -> tuple[int, list[tuple[str, str, int, str]]]:
    """Exit code of the command `check`, and severity, code, line and message about the use."""
    app = typer.Typer()
    check.register(app)
    done = CliRunner().invoke(app, [str(bench.root), "--as-of", as_of.isoformat(), "--format", "json"])
    problems = json.loads(done.stdout)["problems"]
    mine = [item for item in problems if item["location"]["file"] == FILE]
    found = [(item["severity"], item["code"], item["location"]["line"], item["message"]) for item in mine]
    return done.exit_code, found


def test_the_example_of_the_folder_is_in_order(bench: Workbench) -> None:
    bench.write(FILE, USE)
    assert said(bench) == (0, [])


@pytest.mark.parametrize(
    ("day", "exit_code", "code", "severity"),
    [
        (date(2026, 11, 20), 0, "break-glass-review-due", "notice"),
        (date(2026, 11, 21), 0, "break-glass-review-due", "notice"),
        (date(2026, 11, 22), 1, "break-glass-review-overdue", "policy"),
        (date(2027, 11, 22), 1, "break-glass-review-overdue", "policy"),
    ],
)
def test_check_fails_while_the_review_is_overdue(
    bench: Workbench, day: date, exit_code: int, code: str, severity: str
) -> None:
    bench.write(FILE, OPEN)
    found_exit, found = said(bench, day)
    if day.year == TODAY.year:
        assert found_exit == exit_code
    (problem,) = found
    assert problem[:2] == (severity, code)
    assert "2026-11-21T11:40:00+00:00" in problem[3]


def test_a_use_that_nobody_ended_is_too_long_and_its_review_runs_from_its_latest_end(
    bench: Workbench,
) -> None:
    bench.write(FILE, RUNNING)
    assert said(bench, date(2026, 11, 20))[0] == 0
    exit_code, found = said(bench, date(2026, 11, 21))
    assert exit_code == 1
    assert {problem[1] for problem in found} == {"break-glass-too-long", "break-glass-review-due"}
    assert "2026-11-20T13:12:00+00:00" in found[-1][3] + found[0][3]


FAULTS = [
    ("a name", "user: 00u00000000000000a01", "user: jane.doe@example.com", "user:", 2, "user"),
    ("no reason", "reason: The practice", "# reason: The practice", "way:", 2, "neither for which incident"),
    ("an incident that there is not", "reason: ", "incident: inc-1\n# ", "incident: inc-1", 2, "no incident"),
    ("ended before it began", "T11:40", "T08:40", "ended:", 2, "ended before it started"),
    ("no zone", "T11:40:00Z", "T11:40:00", "ended:", 2, "without a time zone"),
    ("to come", "on: 2026-11-20T16", "on: 2027-11-20T16", "on:", 2, "a time to come"),
    ("reviewed before it ended", "on: 2026-11-20T16", "on: 2026-11-20T10", "on:", 2, "reviewed before"),
    ("reviewed while it goes on", "ended: 2026-11-20T11:40:00Z\n", "", "review:", 2, "has not ended"),
    ("no outcome", "  outcome:", "  # outcome:", "review:", 2, "outcome"),
    (
        "another approver",
        "approved_by: privacy-officer",
        "approved_by: it-admin",
        "approved_by:",
        1,
        "it-admin",
    ),
    ("himself", "by: security-officer", "by: security-analyst", "by: security-analyst", 1, "may ask for"),
    ("one hand", "by: security-officer", "by: privacy-officer", "  by: privacy-officer", 1, "same role"),
]


@pytest.mark.parametrize(
    ("old", "new", "at", "exit_code", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_what_may_not_be_is_a_located_fault(
    bench: Workbench, old: str, new: str, at: str, exit_code: int, words: str
) -> None:
    assert old in USE
    bench.write(FILE, USE.replace(old, new, 1))
    found_exit, found = said(bench)
    assert found_exit == exit_code
    assert [item for item in found if words in item[3] and item[2] == bench.line(FILE, at)], found


def test_too_long_a_use_is_a_fault_until_the_review_says_why(bench: Workbench) -> None:
    bench.write(FILE, OPEN.replace("T11:40", "T13:13"))
    assert "break-glass-too-long" in {problem[1] for problem in said(bench, date(2026, 11, 20))[1]}
    bench.write(FILE, USE.replace("T11:40", "T13:13"))
    assert said(bench) == (0, [])


def test_a_use_in_an_incident_that_exists(bench: Workbench) -> None:
    incident = """incident: lost-device
summary: A laptop was left on a train.
scope: { devices: [guo00000000000000d01] }
opened_by: security-analyst
approver: security-officer
occurred: 2026-11-20T08:00:00Z
detected: 2026-11-20T09:00:00Z
contained: 2026-11-20T09:30:00Z
expires: 2026-12-04T00:00:00Z
"""
    bench.write("incidents/inc-2026-014.yaml", incident)
    bench.write(FILE, USE.replace("reason: ", "incident: inc-2026-014\n# "))
    assert said(bench) == (0, [])
