"""Whoever can't enrol a telephone can't be asked for a code by text."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import SEPARATION
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule, Weaker
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.text_codes import fallback_group
from billing_identity.policies.framework.tokens import OKTA_GROUP
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.naming import TEXT_CODES

_POLICY = "okta:policy/mfa:Mfa"
_DEFAULT = "okta:index/policyMfaDefault:PolicyMfaDefault"
_FACTORS = ("phoneNumber", "oktaEmail", "oktaSms", "oktaCall")


def _each(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    fallback = fallback_group(context)
    for policy in graph.of(_POLICY, _DEFAULT):
        for factor in _FACTORS:
            yield from told(_factor(graph, policy, factor, fallback), policy.urn)


def _factor(graph: Graph, policy: ResourceView, factor: str, fallback: str | None) -> Iterator[Finding]:
    value = policy.text(f"{factor}.enroll", "NOT_ALLOWED")
    if value != "NOT_ALLOWED" and not _for_fallback(graph, policy, fallback):
        yield Finding(f"`{factor}.enroll` is {value}", urn=policy.urn)


def _for_fallback(graph: Graph, policy: ResourceView, fallback: str | None) -> bool:
    if fallback is None or policy.type != _POLICY:
        return False
    groups = policy.texts("groupsIncluded")
    found = graph.targets(policy, "groupsIncluded", (OKTA_GROUP,))
    return len(found) >= max(1, len(groups.known)) and all(
        group.text("name", "") == fallback for group in found
    )


def _policy(type_: str = _POLICY, **changes: object) -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{type_}::enrolment"
    closed: dict[str, object] = {factor: {"enroll": "NOT_ALLOWED"} for factor in _FACTORS}
    return ResourceRecord(urn, type_, "enrolment", {"isOie": True, **closed, **changes})


def _group() -> ResourceRecord:
    urn = f"urn:pulumi:prod::identity::{OKTA_GROUP}::fallback"
    return ResourceRecord(urn, OKTA_GROUP, "fallback", {"name": TEXT_CODES}, id="00g1")


_PHONE = {"enroll": "OPTIONAL"}
_GROUPS = f"{_POLICY}: groupsIncluded"
_NAME = f"{OKTA_GROUP}: name"
_PLACES = [f"{type_}: {factor}.enroll" for type_ in (_POLICY, _DEFAULT) for factor in _FACTORS]
_OPEN: Weaker = dict.fromkeys(_PLACES, ("OPTIONAL", "REQUIRED"))

RULE = StackRule(
    title="Nobody but the declared fallback group enrols a telephone or e-mail as a factor in Okta",
    severity=Severity.HIGH,
    why="A number can be moved to another card, and a mailbox is behind the same password.",
    remedy=(
        "set `enroll` to NOT_ALLOWED, or declare `sms_fallback` with its last day in the catalogue and give "
        "its group a policy of its own"
    ),
    types=(_POLICY, _DEFAULT),
    checks=(_each,),
    reads={**dict.fromkeys(_PLACES, "safe"), _GROUPS: "fails", _NAME: "fails"},
    weaker=_OPEN,
    allowed=(
        StackExample("closed", (_policy(),), SEPARATION.settings),
        StackExample("closed by default", (_policy(_DEFAULT),)),
        StackExample(
            "the fallback group",
            (_policy(phoneNumber=_PHONE, groupsIncluded=["00g1"]), _group()),
            SEPARATION.settings,
            {_GROUPS: ([], ["00g2"], ["00g1", "00g2"]), _NAME: ("Everyone", "")},
        ),
    ),
    disallowed=(
        StackExample("open to everybody", (_policy(phoneNumber=_PHONE),), SEPARATION.settings),
        StackExample("open by default", (_policy(_DEFAULT, phoneNumber=_PHONE),), SEPARATION.settings),
        StackExample(
            "the fallback after its last day",
            (_policy(phoneNumber=_PHONE, groupsIncluded=["00g1"]), _group()),
            {**SEPARATION.settings, "asOf": "2027-12-24"},
        ),
    ),
    undecided=(
        StackExample("not known yet", (_policy(phoneNumber={"enroll": UNKNOWN}),), SEPARATION.settings),
    ),
)
