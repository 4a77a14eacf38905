"""On the real engine: a ring moved forward, a mover and a leaver, an incident opened and closed.

What may change is named; everything else keeps its inputs and its id, so nobody is cut off by a replacement.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from project import Project

from billing_identity.sandbox import commands

pytestmark = pytest.mark.engine
IDENTITY, CONTAINMENT = "identity-prod", "containment-prod"
NOW = datetime.now(UTC).replace(microsecond=0)
"""The program judges by today: times to come, and containments of months, are refused."""


def at(hours: float) -> str:
    """A point in time so many hours from now."""
    return (NOW + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


PERSON = "11111111-2222-4333-8444-555555555555"
INCIDENT: dict[str, Any] = {
    "incident": "vendor-breach",
    "summary": "The clearinghouse told of a theft of credentials.",
    "scope": {
        "users": ["00u00000000000000a01", PERSON],
        "vendors": ["waystar"],
        "blocked_networks": ["198.51.100.128/25"],
    },
    "opened_by": "security-analyst",
    "approver": "security-officer",
    "occurred": at(-30),
    "detected": at(-29),
    "expires": at(7 * 24),
}
CLOSURE: dict[str, Any] = {
    "contained": at(-28),
    "closed": at(-20),
    "closure": {
        "root_cause": "A token in a ticket.",
        "breach_risk_assessment": "Low probability of compromise.",
        "reportable": False,
        "control_changes": ["Tokens are rotated."],
        "training_changes": ["The case is in the course."],
    },
}


def catalogued(project: Project, *stacks: str) -> Path:
    """Points the stacks at the copy's own catalogue; returns it."""
    for stack in stacks:
        file = project.folder / "stacks" / "config" / f"Pulumi.{stack}.yaml"
        config = yaml.safe_load(file.read_text(encoding="utf-8"))
        config["config"]["billing-identity:catalogue"] = "roles/catalogue"
        file.write_text(yaml.safe_dump(config), encoding="utf-8")
    return project.folder / "roles" / "catalogue"


def up(project: Project, stack: str, *more: str) -> dict[str, dict[str, Any]]:
    project.pulumi("up", "--yes", "--skip-preview", *more, stack=stack)
    return project.export(stack)


def changed(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> set[str]:
    """Names of what was added, removed or changed; an id that changed is a replacement, which fails."""
    for urn in before.keys() & after.keys():
        assert before[urn].get("id") == after[urn].get("id"), f"{urn} was replaced"
    return {
        urn.rsplit("::", 1)[1]
        for urn in before.keys() | after.keys()
        if "pulumi:pulumi:Stack" not in urn
        and "::pulumi:providers:" not in urn
        and before.get(urn, {}).get("inputs") != after.get(urn, {}).get("inputs")
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project.make(tmp_path_factory.mktemp("incidents"))
    for stack in (IDENTITY, CONTAINMENT):
        made.init(stack)
    catalogued(made, IDENTITY, CONTAINMENT)
    up(made, IDENTITY)
    up(made, CONTAINMENT)
    tenant = "6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b"
    commands.seed(made.state, "azuread:index/user:User", f"/users/{PERSON}", {"objectId": PERSON}, tenant)
    return made


def test_an_incident_opened_and_closed(project: Project) -> None:
    identity, quiet = project.export(IDENTITY), project.export(CONTAINMENT)
    file = project.folder / "roles" / "catalogue" / "incidents" / "inc-2026-020.yaml"
    file.write_text(yaml.safe_dump(INCIDENT), encoding="utf-8")
    role = project.folder / "roles" / "catalogue" / "roles" / "payment-poster.yaml"
    sound = role.read_text(encoding="utf-8")
    role.write_text("title: [", encoding="utf-8")  # a fault elsewhere holds up nothing
    opened = up(project, CONTAINMENT)
    role.write_text(sound, encoding="utf-8")
    new = {name for name in changed(quiet, opened) if name.startswith("containment")}
    assert {"containment-members", "containment-blocked", "containment-waystar"} <= new
    assert f"containment-{PERSON}" in new
    assert "containment-withdrawn" not in {
        urn.rsplit("::", 1)[1] for urn in opened if "conditionalAccessPolicy" in urn
    }
    assert project.export(IDENTITY) == identity
    assert changed(identity, up(project, IDENTITY)) == set(), "the identity layer leaves it alone"
    project.pulumi("refresh", "--yes", "--skip-preview", stack=IDENTITY)
    up(project, IDENTITY)
    project.pulumi("refresh", "--preview-only", "--expect-no-changes", stack=CONTAINMENT)

    file.write_text(yaml.safe_dump({**INCIDENT, **CLOSURE}), encoding="utf-8")
    closed = up(project, CONTAINMENT)
    left = {name for name in changed(quiet, closed) if name.startswith("containment")}
    assert left == {"containment-waystar"}, "its entry stays, and names the usual policy again"
    entry = next(item for urn, item in closed.items() if urn.endswith("::containment-waystar"))
    app = next(
        item
        for urn, item in project.export(IDENTITY).items()
        if urn.endswith("::waystar") and item["type"] == "okta:app/saml:Saml"
    )
    assert entry["inputs"]["policyId"] == app["inputs"]["authenticationPolicy"]
    up(project, IDENTITY)
    project.pulumi("refresh", "--preview-only", "--expect-no-changes", stack=IDENTITY)


def _rollout(policy: str, since: dict[str, Any], ends: dict[str, Any]) -> str:
    """An access policy with other days of its rollout."""
    for name, days in (("enforced_since", since), ("ring_deadlines", ends)):
        said = ", ".join(f"{ring}: {day.isoformat()}" for ring, day in days.items())
        policy, count = re.subn(rf"^{name}: .*$", f"{name}: {{ {said} }}", policy, flags=re.MULTILINE)
        assert count == 1
    return policy


def test_a_ring_moved_forward_changes_sign_in_alone(project: Project) -> None:
    file = project.folder / "roles" / "catalogue" / "access-policy.yaml"
    whole = file.read_text(encoding="utf-8")
    day = NOW.date()
    since = {"pilot": day - timedelta(60), "high-risk": day - timedelta(30)}
    ends = {"high-risk": since["high-risk"], "everyone": day + timedelta(30)}
    file.write_text(_rollout(whole, since, ends), encoding="utf-8")
    before = up(project, IDENTITY)
    file.write_text(_rollout(whole, {**since, "everyone": day}, ends), encoding="utf-8")
    after = up(project, IDENTITY)
    file.write_text(whole, encoding="utf-8")
    moved = changed(before, after)
    assert moved, "moving the ring enforces something"
    types = {
        after.get(urn, before.get(urn, {}))["type"]
        for urn in before.keys() | after.keys()
        if urn.rsplit("::", 1)[1] in moved
        and before.get(urn, {}).get("inputs") != after.get(urn, {}).get("inputs")
        and "pulumi:pulumi:Stack" not in urn
    }
    assert types <= {
        "okta:app/signonPolicyRules:SignonPolicyRules",
        "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
    }, types


def test_a_mover_and_a_leaver_change_no_resource(project: Project) -> None:
    """They are attributes of a person, and no person is declared."""
    project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes", stack=IDENTITY)
    types = {item["type"] for item in project.export(IDENTITY).values()}
    assert not {kind for kind in types if kind.rsplit(":", 1)[1] in ("User", "Invitation")}
    assert not {kind for kind in types if kind.endswith(("GroupMemberships", "GroupMember"))}
