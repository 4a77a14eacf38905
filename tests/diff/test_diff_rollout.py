"""The rollout of stricter sign-in: a change enforces one ring more, never two."""

from __future__ import annotations

import pytest

from billing_identity.review.diff.model import Direction
from billing_identity.review.diff.report import Report

POLICY = "access-policy.yaml"
DAYS = {"pilot": "2026-07-06", "high-risk": "2026-08-03", "everyone": "2026-09-14"}


def since(*rings: str) -> str:
    return "{ " + ", ".join(f"{ring}: {DAYS[ring]}" for ring in rings) + " }"


def moved(change, before: tuple[str, ...], after: tuple[str, ...]) -> Report:
    for folder, rings in ((change.base, before), (change.head, after)):
        path = folder / POLICY
        text = path.read_text(encoding="utf-8")
        assert since(*DAYS) in text
        path.write_text(text.replace(since(*DAYS), since(*rings)), encoding="utf-8")
    return change.report()


def test_a_jump_blocks_though_the_days_that_it_fills_in_are_in_order(change) -> None:
    report = moved(change, ("pilot",), tuple(DAYS))
    assert report.exit_code == 1
    (jump,) = [item for item in report.findings if item.code == "ring-jump"]
    assert (jump.location.file, jump.location.line) == (POLICY, line(change, "enforced_since:"))
    assert (
        jump.message == "the rings high-risk, everyone are enforced by one change: the rollout skips a ring"
    )
    assert jump.remedy.startswith("enforce `high-risk` alone")


@pytest.mark.parametrize(
    ("before", "after", "direction", "words"),
    [
        (("pilot", "high-risk"), tuple(DAYS), Direction.STRONGER, "enforced since: everyone 2026-09-14"),
        (tuple(DAYS), ("pilot",), Direction.WEAKER, "enforced since: everyone none"),
    ],
    ids=["one ring forward", "back"],
)
def test_one_ring_forward_or_any_back_is_said_and_is_no_jump(
    change, before: tuple[str, ...], after: tuple[str, ...], direction: Direction, words: str
) -> None:
    report = moved(change, before, after)
    assert not [item for item in report.findings if item.code in ("ring-jump", "ring-order")]
    (said,) = [item for item in report.sentences if "enforced since: everyone" in item.text]
    assert said.direction is direction
    assert words in said.text


def test_a_day_that_is_moved_back_afterwards_is_weaker(change) -> None:
    change.edit(POLICY, "high-risk: 2026-08-03", "high-risk: 2026-07-27")
    (said,) = [item for item in change.report().sentences if "enforced since" in item.text]
    assert said.direction is Direction.WEAKER


def line(change, text: str) -> int:
    lines = (change.head / POLICY).read_text(encoding="utf-8").splitlines()
    return next(number for number, words in enumerate(lines, 1) if words.startswith(text))
