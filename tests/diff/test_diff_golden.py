"""Five real changes, as the comment that a compliance officer reads.

After a wanted change of wording: UPDATE_GOLDEN=1 pytest tests/diff/test_diff_golden.py, and read every one.
"""

from __future__ import annotations

import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from scenarios import DAY, SCENARIOS, before_the_baa_lapsed

from billing_identity.review.diff.as_markdown import as_markdown
from billing_identity.review.diff.report import Report, with_resources
from billing_identity.review.diff.resources import resource_changes
from billing_identity.review.preview.record import Preview
from billing_identity.review.stack_runs import Request, previews_of

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"
PREVIEWS: dict[tuple[bytes, date], Preview] = {}
"""By catalogue and day: most scenarios have the same base."""


def previewed(catalogue: Path, day: date) -> Preview:
    files = sorted(path for path in catalogue.rglob("*.yaml"))
    digest = sha256(
        b"\0".join(str(p.relative_to(catalogue)).encode() + p.read_bytes() for p in files)
    ).digest()
    if (digest, day) not in PREVIEWS:
        (found,) = previews_of(Request(ROOT, ["identity-prod"], day, catalogue))
        assert found.errors == ()
        PREVIEWS[digest, day] = found
    return PREVIEWS[digest, day]


def whole(change, day: date) -> Report:
    """The report with the resources behind it; the five changes reach no other layer than identity."""
    report = change.report(day)
    base, head = previewed(change.base, DAY), previewed(change.head, day)
    return with_resources(report, resource_changes(base, head, report.head.catalogue, day, "prod"))


@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_the_comment_reads_as_it_was_approved(name: str, change) -> None:
    apply, day = SCENARIOS[name]
    if name == "baa-lapsed":
        before_the_baa_lapsed(change.base)
        before_the_baa_lapsed(change.head)
    apply(change.head)
    said = as_markdown(whole(change, day or DAY))
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
