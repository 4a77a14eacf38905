"""With Okta alone and with Entra alone: a ring, a mover, a leaver, an incident; what changes, and how.

The twin of test_offline_moves.py for the variants of the reference organisation. Nothing is replaced, and
nothing that gives people access is deleted.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from incident_files import CLOSURE, ENTRA_USER, OKTA_USER, PHISHED, with_incidents
from organisations import DAY, organisation, run

from billing_identity.review.diff.resources import ResourceChange, resource_changes
from billing_identity.review.preview.record import Preview
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks import variants

POLICY = "access-policy.yaml"
VARIANTS = {"okta-only": variants.okta_only, "entra-only": variants.entra_only}
PERSON = {"okta-only": OKTA_USER, "entra-only": ENTRA_USER}
EDITS: dict[str, list[tuple[str, str, str]]] = {
    "as it is": [],
    "the last ring to come": [(POLICY, ", everyone: 2026-09-14 }", " }")],
    "a code moved": [
        ("roles/charge-entry.yaml", "job_codes: [RCM-CHARGE]", "job_codes: [RCM-CHARGE, RCM-STMT]"),
        ("roles/patient-statements.yaml", "job_codes: [RCM-STMT]", "job_codes: [RCM-PSR]"),
        (POLICY, "    RCM-STMT:", "    RCM-PSR: Patient Statements\n    RCM-STMT:"),
    ],
}


@cache
def edited(state: str) -> Catalogue:
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "c"
        shutil.copytree(REFERENCE, root)
        for file, old, new in EDITS[state]:
            text = (root / file).read_text(encoding="utf-8")
            assert old in text, old
            (root / file).write_text(text.replace(old, new), encoding="utf-8")
        loaded = load(root)
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


@cache
def previewed(name: str, state: str) -> tuple[Catalogue, Preview]:
    _, settings = organisation("reference")
    catalogue, settings = VARIANTS[name](edited(state), settings)
    return catalogue, run(catalogue, settings)


def contained(name: str, **more: object) -> tuple[Catalogue, Preview]:
    catalogue, settings = organisation(name)
    fields = {
        **PHISHED,
        **more,
        "scope": {"users": [PERSON[name]], "blocked_networks": ["198.51.100.128/25"]},
    }
    whole = with_incidents(catalogue, fields)
    return whole, run(whole, settings, ("identity", "containment"))


def changes(before: tuple[Catalogue, Preview], after: tuple[Catalogue, Preview]) -> list[ResourceChange]:
    return resource_changes(before[1], after[1], after[0], DAY, "prod")


def facts(found: list[ResourceChange]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(item.operation, item.type.rsplit(":", 1)[1], item.properties) for item in found}


RING = {
    "okta-only": {("update", "SignonPolicyRules", ("rules",))},
    "entra-only": {("update", "ConditionalAccessPolicy", ("state",))},
}
MOVED = {
    "okta-only": {("update", "Rule", ("expressionValue",)), ("update", "Group", ("description",))},
    "entra-only": {("update", "Group", ("dynamicMembership",)), ("update", "Group", ("description",))},
}
OPENED = {
    "okta-only": {("create", "GroupMemberships"), ("create", "Zone")},
    "entra-only": {
        ("create", "GroupMember"),
        ("create", "NamedLocation"),
        ("create", "ConditionalAccessPolicy"),
    },
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_ring_moved_forward_changes_rules_and_states_in_place(name: str) -> None:
    found = changes(previewed(name, "the last ring to come"), previewed(name, "as it is"))
    assert facts(found) == RING[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_a_job_code_that_moves_changes_memberships_in_place(name: str) -> None:
    found = changes(previewed(name, "as it is"), previewed(name, "a code moved"))
    assert found
    assert facts(found) <= MOVED[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_no_person_is_in_a_resource_so_a_leaver_changes_none(name: str) -> None:
    _, preview = previewed(name, "as it is")
    kinds = {item.type.rsplit(":", 1)[1] for item in preview.resources()}
    assert not kinds & {"User", "Invitation", "GroupMemberships", "GroupMember"}


@pytest.mark.parametrize("name", VARIANTS)
def test_an_incident_opened_and_closed_touches_nothing_else(name: str) -> None:
    opened, closed = contained(name), contained(name, **CLOSURE)
    made = changes(closed, opened)
    named = {(item.operation, item.type.rsplit(":", 1)[1]) for item in made if item.provider != "AWS"}
    assert named == OPENED[name]
    assert {item.operation for item in made} == {"create"}
    gone = changes(opened, closed)
    assert {(item.type, item.name) for item in gone} == {(item.type, item.name) for item in made}
    assert {item.operation for item in gone} == {"delete"}
    assert [item.name for item in gone if item.blocks] == []
