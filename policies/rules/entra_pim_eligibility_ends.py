"""Eligibility ends by itself, or with the attributes that put somebody into an eligible group."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.pim_schedules import overlong
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.requirement import days
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule, Weaker
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS
from billing_identity.policies.framework.wire import UNKNOWN

ELIGIBILITY = (
    "azuread:index/privilegedAccessGroupEligibilitySchedule:PrivilegedAccessGroupEligibilitySchedule"
)
_GROUPS = (ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS)


def _ends(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for schedule in graph.of(ELIGIBILITY):
        yield from told(_schedule_ends(graph, schedule, context), schedule.urn)


def _schedule_ends(graph: Graph, schedule: ResourceView, context: RuleContext) -> Iterator[Finding]:
    faults = list(overlong(schedule, context))
    if faults and graph.target(schedule, "principalId", _GROUPS) is None:
        yield Finding(f"{'; '.join(faults)}, and `principalId` is no group of this program", urn=schedule.urn)


_GROUP_ID = "11111111-1111-1111-1111-111111111111"


def _schedule(principal: object, **changes: object) -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{ELIGIBILITY}::eligible"
    props = {"groupId": "g1", "principalId": principal, "assignmentType": "member", **changes}
    return ResourceRecord(urn, ELIGIBILITY, "eligible", props)


def _group() -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{ENTRA_GROUP}::eligible"
    props = {"displayName": "role-security-officer-eligible"}
    return ResourceRecord(urn, ENTRA_GROUP, "eligible", props, id=_GROUP_ID)


def _place(name: str) -> str:
    return f"{ELIGIBILITY}: {name}"


_DAY = {"asOf": "2026-11-24"}
_BY_GROUP: Weaker = {_place("principalId"): ("55555555-5555-5555-5555-555555555555", "")}
_BY_DAYS: Weaker = {_place("duration"): ("P366D", "", "forever"), _place("permanentAssignment"): (True,)}
_BY_DATE: Weaker = {_place("expirationDate"): ("2126-01-01T00:00:00Z", "", "later")}

RULE = StackRule(
    title="Eligibility for privileged groups ends, or is held through a group",
    severity=Severity.HIGH,
    why="Nobody remembers for what a person was made eligible years ago, and a stolen session can use it.",
    remedy="set `duration` or `expirationDate`, or make a group eligible that a rule or review fills",
    parameters={
        "days": days(
            365,
            "Longest eligibility in days (PIM's own limit takes 15, 30, 90, 180, 365).",
        )
    },
    types=(ELIGIBILITY,),
    checks=(_ends,),
    reads={
        _place("permanentAssignment"): "safe",
        _place("duration"): "fails",
        _place("expirationDate"): "fails",
        _place("principalId"): "fails",
    },
    tolerates={
        _place("permanentAssignment"): "a group of the program may be eligible for good",
    },
    allowed=(
        StackExample(
            "a group of this program, for good",
            (_schedule(_GROUP_ID, permanentAssignment=True), _group()),
            _DAY,
            _BY_GROUP,
        ),
        StackExample("a person, for a year", (_schedule("p1", duration="P365D"),), _DAY, _BY_DAYS),
        StackExample(
            "a person, to a day", (_schedule("p1", expirationDate="2027-06-30T00:00:00Z"),), _DAY, _BY_DATE
        ),
    ),
    disallowed=(
        StackExample("a person, for good", (_schedule("p1", permanentAssignment=True),)),
        StackExample("a person, with no end", (_schedule("p1"),)),
    ),
    undecided=(
        StackExample("whom it is for is not known yet", (_schedule(UNKNOWN, permanentAssignment=True),)),
    ),
    blind_spot="Who is in the group: its rule, or its own review.",
)
