"""`expiring` knows every day on which a check begins to block."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from billing_identity.review.diff.state import View
from billing_identity.review.questions.answer import QuestionError
from billing_identity.review.questions.dates import expiring
from billing_identity.review.questions.run import settings_of
from billing_identity.review.questions.terms import terms_of
from billing_identity.roles.checks import run_checks
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.settings import SingleAccount

ROOT = Path(__file__).resolve().parents[2]
TODAY, YEAR = date(2026, 11, 24), timedelta(days=365)
found = load(REFERENCE).catalogue
assert found is not None
CATALOGUE = found
USE = """way: sealed-account
user: 00u00000000000000a01
approved_by: privacy-officer
started: 2026-11-24T22:00:00Z
reason: The provider was down.
"""


def blocking(catalogue: Catalogue, day: date) -> set[tuple[str, str]]:
    """Code and subject of what blocks on a day, whether or not an exception lifts it."""
    return {
        (problem.code, problem.subject)
        for problem in run_checks(catalogue, day, environment="prod")
        if problem.severity != "notice"
    }


def test_every_day_that_makes_a_check_block_is_said_with_its_subject(tmp_path: Path) -> None:
    shutil.copytree(REFERENCE, tmp_path / "catalogue")
    (tmp_path / "catalogue" / "break-glass-uses" / "use-1.yaml").write_text(USE)
    catalogue = load(tmp_path / "catalogue").catalogue
    assert catalogue is not None
    said: dict[date, set[str]] = {}
    for last, line in terms_of(catalogue, View(catalogue, TODAY), None):
        said.setdefault(last, set()).add(str((line.data or {})["subject"]))
    ends = sorted(day for day in said if TODAY <= day <= TODAY + YEAR)
    codes: set[str] = set()
    before = blocking(catalogue, ends[0])
    for last, following in pairwise([*ends, TODAY + YEAR]):
        after = blocking(catalogue, last + timedelta(days=1))
        new = after - before
        codes |= {code for code, _ in new}
        assert {subject for _, subject in new} <= said[last] | {""}, f"{last}: {new}"
        before = blocking(catalogue, following)
        assert before <= after, f"between {last} and {following}"
    assert {"addressable-decisions", "due-diligence", "rotation-overdue", "sftp-key-age"} <= codes
    assert {"sms-fallback", "break-glass-too-long", "break-glass-review-overdue", "client-return"} <= codes


def test_the_settings_own_date_is_said() -> None:
    settings = settings_of(ROOT, "prod")
    assert settings is not None
    decision = SingleAccount(
        reason="The company has three people.",
        approver="privacy-officer",
        approved=TODAY,
        review=date(2027, 5, 1),
    )
    declared = settings.model_copy(
        update={"aws": settings.aws.model_copy(update={"single_account": decision})}
    )
    soon = expiring(CATALOGUE, View(CATALOGUE, TODAY), "1y", declared).groups[0][1]
    assert "2027-05-01  decision to keep everything in one account is weighed again" in [
        line.text for line in soon
    ]


def test_settings_that_can_t_be_read_are_refused(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "prod") is None
    (tmp_path / "Pulumi.yaml").write_text("name: x\n")
    with pytest.raises(QuestionError, match="settings can't be read"):
        settings_of(tmp_path, "prod")
