"""Five real changes, as the comment that a compliance officer reads.

After a wanted change of wording: UPDATE_GOLDEN=1 pytest tests/diff/test_diff_golden.py, and read every one.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import DAY
from scenarios import SCENARIOS, before_the_baa_lapsed

from billing_identity.review.diff.as_markdown import as_markdown

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_comment_reads_as_it_was_approved(name: str, change) -> None:
    apply, day = SCENARIOS[name]
    if name == "baa-lapsed":
        before_the_baa_lapsed(change.base)
        before_the_baa_lapsed(change.head)
    apply(change.head)
    said = as_markdown(change.report(day or DAY))
    path = GOLDEN / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


def test_exit_codes(change) -> None:
    SCENARIOS["new-role"][0](change.head)
    assert change.report().exit_code == 0
    SCENARIOS["refund-approval-to-the-poster"][0](change.head)
    assert change.report().exit_code == 1


def test_a_mass_rename_changes_no_access(change) -> None:
    SCENARIOS["mass-rename"][0](change.head)
    report = change.report()
    assert report.access_changes == ()
    assert {old for _, old, _ in report.renames} >= {"payment-poster", "medical-coder", "athenaone", "tebra"}
    assert "No access changes" in as_markdown(report)
