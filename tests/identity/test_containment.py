"""An incident changes what it names and nothing else; closing it undoes all of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from incident_files import (
    BREACH,
    CENTER_USER,
    CLOSURE,
    ENTRA_USER,
    LOST,
    OKTA_OTHER,
    OKTA_USER,
    PHISHED,
    ROLE,
    with_incidents,
)  # fmt: skip
from organisations import DAY, organisation, run

from billing_identity.review.preview.record import Registration
from billing_identity.review.runbooks.runbook import runbook
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.variants import licensed

Resources = dict[tuple[str, str], Registration]
LAYERS = ("identity", "containment")


def resources(*incidents: dict[str, Any], day: date = DAY, gaps: list[Gap] | None = None) -> Resources:
    catalogue, settings = organisation("reference")
    preview = run(with_incidents(catalogue, *incidents), settings, LAYERS, day, gaps)
    return {(item.type, item.name): item for item in preview.resources()}


@pytest.fixture(scope="module")
def quiet() -> Resources:
    return resources()


def added(quiet: Resources, now: Resources) -> set[tuple[str, str]]:
    assert quiet.keys() <= now.keys(), "an incident takes nothing away"
    for key, item in quiet.items():
        assert item.inputs == now[key].inputs, f"{key} changed"
    return set(now.keys() - quiet.keys())


def test_without_an_incident_only_the_standing_denial_is_there(quiet: Resources) -> None:
    names = {name for _, name in quiet if name.startswith("containment")}
    assert names == {"containment-withdrawn"}


def test_phished_credentials(quiet: Resources) -> None:
    now = resources(PHISHED)
    assert {name for _, name in added(quiet, now)} == {
        "containment-members",
        f"containment-{ENTRA_USER}",
        "containment-blocked",
        "containment",
        *(f"containment-10000000000{n}" for n in (2, 3, 4, 5, 6)),
    }
    members = now["okta:index/groupMemberships:GroupMemberships", "containment-members"]
    contained = now["okta:group/group:Group", "contained"]
    assert members.inputs["groupId"] == contained.id
    assert members.inputs["users"] == [OKTA_USER]
    zone = now["okta:network/zone:Zone", "containment-blocked"]
    assert (zone.inputs["usage"], zone.inputs["gateways"]) == ("BLOCKLIST", ["198.51.100.128/25"])
    policy = now["azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy", "containment-blocked"]
    assert policy.inputs["state"] == "enabled"
    assert policy.inputs["conditions"]["users"]["excludedGroups"] == ["8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d"]


def test_aws_denies_sessions_issued_before_and_quarantines() -> None:
    now = resources(PHISHED)
    content = now["aws:organizations/policy:Policy", "containment"].inputs["content"]
    statements = {statement["Sid"]: statement for statement in json.loads(content)["Statement"]}
    assert all(item["Effect"] == "Deny" and item["Action"] == ["*"] for item in statements.values())
    earlier = statements["EarlierSessions"]["Condition"]
    assert earlier["DateLessThan"] == {"aws:TokenIssueTime": "2026-11-23T09:00:00Z"}
    assert "aws-reserved/sso.amazonaws.com" in earlier["ArnLike"]["aws:PrincipalArn"]
    assert statements["QuarantinedPeople"]["Condition"]["StringEquals"]["identitystore:userId"] == [
        CENTER_USER
    ]
    assert statements["QuarantinedRoles"]["Condition"]["ArnEquals"]["aws:PrincipalArn"] == [ROLE]


def test_a_vendor_breach_withdraws_its_applications_and_says_what_it_cannot(quiet: Resources) -> None:
    gaps: list[Gap] = []
    now = resources(BREACH, gaps=gaps)
    assert {name for _, name in added(quiet, now)} == {"containment-waystar", "containment-withdrawn"}
    assigned = now["okta:app/accessPolicyAssignment:AccessPolicyAssignment", "containment-waystar"]
    denied = now["okta:index/appSignonPolicy:AppSignonPolicy", "containment-withdrawn"]
    assert assigned.inputs["policyId"] == denied.id
    assert denied.inputs["catchAll"] is False
    app = now["okta:app/saml:Saml", "waystar"]
    assert assigned.inputs["appId"] == app.id
    assert app.options.ignore_changes == ("authenticationPolicy",), "or a refresh would let people in again"
    blocked = now["azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy", "containment-withdrawn"]
    portal = now["azuread:index/application:Application", "statement-portal"]
    applications = blocked.inputs["conditions"]["applications"]["includedApplications"]
    assert applications == [portal.outputs["clientId"]]
    assert {gap.control for gap in gaps} >= {"withdrawal of availity"}


def test_without_conditional_access_nobody_is_said_to_be_contained_in_entra() -> None:
    """A group that no policy denies contains nobody; a policy without its licence fails half-way."""
    catalogue, settings = organisation("reference")
    gaps: list[Gap] = []
    whole = with_incidents(catalogue, PHISHED, BREACH)
    preview = run(whole, licensed(settings, entra_p1=False), ("containment", "identity"), DAY, gaps)
    made = {item.type for item in preview.resources() if item.name.startswith("containment")}
    assert made and not any(one.startswith("azuread:") for one in made)
    assert "no Entra ID P1: nothing would deny the members of the group" in {gap.why for gap in gaps}
    calls = [
        call
        for step in runbook(whole, licensed(settings, entra_p1=False), whole.incidents[BREACH["id"]]).steps
        for call in step.calls
    ]
    assert any("servicePrincipals?$filter=displayName eq 'Statement portal'" in call for call in calls)


def test_closing_undoes_everything(quiet: Resources) -> None:
    now = resources({**PHISHED, **CLOSURE}, {**BREACH, **CLOSURE})
    assert {name for _, name in added(quiet, now)} == {"containment-waystar"}
    app = now["okta:app/saml:Saml", "waystar"]
    back = now["okta:app/accessPolicyAssignment:AccessPolicyAssignment", "containment-waystar"]
    assert back.inputs["policyId"] == app.inputs["authenticationPolicy"], "its usual policy again"
    assert app.options.ignore_changes == ()


def test_a_person_in_two_incidents_stays_contained_until_both_are_closed() -> None:
    second = {**LOST, "scope": {"users": [OKTA_USER, OKTA_OTHER]}}
    key = ("okta:index/groupMemberships:GroupMemberships", "containment-members")
    assert resources(PHISHED, second)[key].inputs["users"] == [OKTA_USER, OKTA_OTHER]
    assert resources({**PHISHED, **CLOSURE}, second)[key].inputs["users"] == [OKTA_USER, OKTA_OTHER]


@pytest.mark.parametrize(
    ("changes", "day", "holds"),
    [
        ({}, date(2026, 12, 7), True),
        ({}, date(2026, 12, 8), False),
        ({"closed": "2026-11-24T08:00:00Z"}, DAY, True),
        (CLOSURE, date(2026, 11, 23), True),
        (CLOSURE, DAY, False),
    ],
    ids=["last day", "past expiry", "closed without closure", "before closing", "closed"],
)
def test_when_containment_holds(changes: dict[str, Any], day: date, holds: bool) -> None:
    catalogue, _ = organisation("reference")
    incidents = Incidents.of(with_incidents(catalogue, {**PHISHED, **changes}))
    assert bool(incidents.in_force(day)) == holds
