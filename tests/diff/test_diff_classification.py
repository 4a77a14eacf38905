"""Data that is only declared less sensitive: nobody gains access, a protection goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.review.diff.model import Direction, Topic

SYSTEM = "systems/athenaone.yaml"
NOTE = "the encounters in the user's work queue, without the rest of the chart.\n    data_classes: "
CASES = {
    "declared as less": ("[ephi, pii]", "[internal]", Direction.WEAKER, "is declared as internal, no longer"),
    "one class fewer": ("[ephi, pii]", "[pii]", Direction.WEAKER, "as PII, no longer as ePHI: who had"),
    "declared as more": (
        "[ephi, pii]",
        "[ephi, pii, financial]",
        Direction.GAIN,
        "reaches ePHI, PII, financial",
    ),
}


def classify(folder: Path, old: str, new: str) -> None:
    text = (folder / SYSTEM).read_text(encoding="utf-8")
    assert NOTE + old in text
    (folder / SYSTEM).write_text(text.replace(NOTE + old, NOTE + new, 1), encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_lower_class_is_weaker_and_no_gain(case: str, change) -> None:
    old, new, direction, words = CASES[case]
    classify(change.head, old, new)
    report = change.report()
    (sentence,) = (item for item in report.sentences if item.topic is Topic.ACCESS)
    assert sentence.direction is direction
    assert words in sentence.text
    weaker = direction is Direction.WEAKER
    officer = next((item for item in report.approvals if item.role == "privacy-officer"), None)
    assert (officer is not None and "data is classified lower" in officer.reasons) == weaker
    assert ("data classified lower" in [reason.text for reason in report.risk.reasons]) == weaker
