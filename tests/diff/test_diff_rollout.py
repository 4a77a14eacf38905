"""The rollout of stricter sign-in: a change enforces one ring more, never two, and takes none back."""

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
def test_one_ring_forward_or_any_back_is_said_and_only_back_blocks(
    change, before: tuple[str, ...], after: tuple[str, ...], direction: Direction, words: str
) -> None:
    report = moved(change, before, after)
    codes = {item.code for item in report.findings if item.code.startswith("ring-")}
    assert codes == ({"ring-overdue", "ring-reopened"} if direction is Direction.WEAKER else set())
    (said,) = [item for item in report.sentences if "enforced since: everyone" in item.text]
    assert said.direction is direction
    assert words in said.text


EXCEPTION = """lifts: { rule: ring-reopened, subject: "access-policy:access-policy", environments: [prod] }
reason: The new keys failed for a third of the people, who can't work.
compensating_control: The help desk calls everybody back, and push is asked for meanwhile.
approver: security-officer
approved: 2026-11-23
expires: 2026-12-07
ticket: SEC-5001
"""


def test_a_dated_exception_is_the_way_back(change) -> None:
    change.write("exceptions/rollout-back.yaml", EXCEPTION)
    report = moved(change, tuple(DAYS), ("pilot", "high-risk"))
    assert not [item for item in report.findings if item.code == "ring-reopened"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "high-risk: 2026-08-03",
            "high-risk: 2026-07-27",
            "was enforced since 2026-08-03, and the change says",
        ),
        (
            "high-risk: 2026-08-03",
            "high-risk: 2026-08-10",
            "was enforced since 2026-08-03, and the change says",
        ),
        ("everyone: 2026-10-31", "everyone: 2026-12-31", "was due by 2026-10-31, and the change moves that"),
    ],
    ids=["an earlier day", "a later day", "a deadline moved out"],
)
def test_a_day_that_is_rewritten_blocks(change, old: str, new: str, words: str) -> None:
    change.edit(POLICY, old, new)
    report = change.report()
    (found,) = [item for item in report.findings if item.code == "ring-reopened"]
    assert words in found.message
    assert found.location.file == POLICY
    assert report.exit_code == 1


def line(change, text: str) -> int:
    lines = (change.head / POLICY).read_text(encoding="utf-8").splitlines()
    return next(number for number, words in enumerate(lines, 1) if words.startswith(text))
