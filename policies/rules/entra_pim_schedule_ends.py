"""An active membership with an end a century away has none."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.pim_schedules import overlong
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import days
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ENTRA_PIM_ASSIGNMENT


def _ends(schedule: ResourceView, context: RuleContext) -> Iterator[Finding]:
    for fault in overlong(schedule, context):
        yield Finding(fault)


def _schedule(**changes: object) -> dict[str, object]:
    return {"groupId": "g1", "principalId": "p1", "assignmentType": "member", **changes}


def _example(title: str, **changes: object) -> Example:
    weaker = {
        "duration": ("P181D", "P1Y", "PT0H", "", "forever"),
        "expirationDate": ("2126-01-01T00:00:00Z", "", "later"),
        "permanentAssignment": (True,),
    }
    set_here = {place: weaker[place] for place in changes} | {"permanentAssignment": (True,)}
    return Example(title, ENTRA_PIM_ASSIGNMENT, _schedule(**changes), {"asOf": "2026-11-24"}, set_here)


RULE = ResourceRule(
    title="Active memberships of privileged groups end within months",
    severity=Severity.HIGH,
    why="A membership that nobody has to renew is a standing administrator under another name.",
    remedy="set `duration` (P30D), or `expirationDate`, or make the person eligible instead",
    parameters={
        "days": days(
            180,
            "Longest active membership in days (PIM's own limit takes 15, 30, 90, 180, 365).",
        )
    },
    types=(ENTRA_PIM_ASSIGNMENT,),
    checks=(_ends,),
    reads={"permanentAssignment": "safe", "duration": "fails", "expirationDate": "fails"},
    allowed=(
        _example("a month", duration="P30D"),
        _example("hours", duration="PT8H"),
        _example("a day to come", expirationDate="2026-12-31T00:00:00Z"),
    ),
    disallowed=(
        Example("for good", ENTRA_PIM_ASSIGNMENT, _schedule(permanentAssignment=True)),
        Example("no end said", ENTRA_PIM_ASSIGNMENT, _schedule()),
        Example("ten years", ENTRA_PIM_ASSIGNMENT, _schedule(duration="P3650D")),
        Example("a century", ENTRA_PIM_ASSIGNMENT, _schedule(expirationDate="2126-01-01T00:00:00Z")),
    ),
)
