"""Offline: a ring moved forward, a reorganisation, an incident opened and closed: which resources change.

The twins of tests/engine/test_engine_incidents.py, by what `billing-identity diff` knows of updates and
replacements. Nothing is replaced or deleted that would cut people off.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from incident_files import BREACH, CLOSURE, ENTRA_USER, PHISHED
from organisations import DAY, ROOT, organisation

from billing_identity.policies.evaluate import evaluate
from billing_identity.review.diff.resources import ResourceChange, resource_changes
from billing_identity.review.pack_settings import pack_config
from billing_identity.review.preview.answers.lookups import directory_groups
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_program
from billing_identity.review.previewing import records
from billing_identity.review.stack_runs import Request, previews_of
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.stacks.layers.identity import IDS

STACKS = ["identity-prod", "containment-prod"]
POLICY = "access-policy.yaml"
ALL_RINGS = "{ pilot: 2026-07-06, high-risk: 2026-08-03, everyone: 2026-09-14 }"
PREVIEWS: dict[bytes, tuple[Preview, ...]] = {}
Edit = Callable[[Path], None]


def previews(catalogue: Path) -> tuple[Preview, ...]:
    files = sorted(catalogue.rglob("*.yaml"))
    digest = sha256(b"\0".join(str(p.relative_to(catalogue)).encode() + p.read_bytes() for p in files))
    key = digest.digest()
    if key not in PREVIEWS:
        found = previews_of(Request(ROOT, STACKS, DAY, catalogue))
        assert [preview.errors for preview in found] == [(), ()]
        PREVIEWS[key] = tuple(found)
    return PREVIEWS[key]


def changes(tmp_path: Path, before: Edit, after: Edit) -> list[ResourceChange]:
    """What happens to resources when the reference organisation edited one way becomes the other."""
    sides: list[tuple[Preview, ...]] = []
    for name, edit in (("base", before), ("head", after)):
        shutil.copytree(REFERENCE, tmp_path / name)
        edit(tmp_path / name)
        sides.append(previews(tmp_path / name))
    catalogue = load(tmp_path / "head").catalogue
    assert catalogue is not None
    return [
        change
        for old, new in zip(*sides, strict=True)
        for change in resource_changes(old, new, catalogue, DAY, "prod")
    ]


def as_it_is(root: Path) -> None:
    """The reference organisation."""


def replaced(file: str, *pairs: tuple[str, str]) -> Edit:
    def edit(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        (root / file).write_text(text, encoding="utf-8")

    return edit


def rings(*names: str) -> Edit:
    days = yaml.safe_load(ALL_RINGS)
    said = ", ".join(f"{name}: {days[name]}" for name in names)
    return replaced(POLICY, (ALL_RINGS, f"{{ {said} }}"))


def incident(fields: dict[str, object], **more: object) -> Edit:
    def edit(root: Path) -> None:
        said = {key: value for key, value in {**fields, **more}.items() if key not in ("id", "kind")}
        path = root / "incidents" / f"{fields['id']}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(said), encoding="utf-8")

    return edit


def facts(found: list[ResourceChange]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(item.operation, item.type.rsplit(":", 1)[1], item.properties) for item in found}


@pytest.mark.parametrize(
    ("before", "after"),
    [(("pilot", "high-risk"), ("pilot", "high-risk", "everyone")), (("pilot",), ("pilot", "high-risk"))],
)
def test_a_ring_moved_forward_changes_rules_and_states_in_place(
    tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    found = changes(tmp_path, rings(*before), rings(*after))
    assert facts(found) == {
        ("update", "SignonPolicyRules", ("rules",)),
        ("update", "ConditionalAccessPolicy", ("state",)),
    }


def test_a_job_code_that_moves_to_another_role_changes_rules_in_place(tmp_path: Path) -> None:
    """Movers by the hundred: the code's people leave one group and come into the other, no group goes."""

    def moved(root: Path) -> None:
        replaced("roles/charge-entry.yaml", ("job_codes: [RCM-CHARGE]", "job_codes: [RCM-CHARGE, RCM-STMT]"))(
            root
        )
        replaced("roles/patient-statements.yaml", ("job_codes: [RCM-STMT]", "job_codes: [RCM-PSR]"))(root)
        replaced(POLICY, ("    RCM-STMT:", "    RCM-PSR: Patient Statements\n    RCM-STMT:"))(root)

    found = changes(tmp_path, as_it_is, moved)
    assert {item.operation for item in found} == {"update"}
    assert {(item.type.rsplit(":", 1)[1], item.properties) for item in found} <= {
        ("Rule", ("expressionValue",)),
        ("Group", ("dynamicMembership",)),
        ("Group", ("description",)),
    }
    assert {"charge-entry", "patient-statements"} <= {item.name for item in found}


def test_a_person_who_moves_or_leaves_is_in_no_resource(tmp_path: Path) -> None:
    """People are attributes and rules: see tests/stacks/okta/test_okta_people.py for which groups."""
    types = {item.type for preview in previews(REFERENCE) for item in preview.resources()}
    assert not {kind for kind in types if kind.rsplit(":", 1)[1] in ("User", "Invitation")}
    assert not {kind for kind in types if kind.endswith(("GroupMemberships", "GroupMember"))}


OPENED = {
    ("create", "GroupMemberships", "containment-members"),
    ("create", "Zone", "containment-blocked"),
    ("create", "GroupMember", f"containment-{ENTRA_USER}"),
    ("create", "NamedLocation", "containment-blocked"),
    ("create", "ConditionalAccessPolicy", "containment-blocked"),
}

WITHDRAWN = {
    ("create", "AccessPolicyAssignment", "containment-waystar"),
    ("create", "ConditionalAccessPolicy", "containment-withdrawn"),
}


def named(found: list[ResourceChange]) -> set[tuple[str, str, str]]:
    return {
        (item.operation, item.type.rsplit(":", 1)[1], item.name) for item in found if item.provider != "AWS"
    }


def test_an_incident_opened_makes_what_it_names_and_touches_nothing(tmp_path: Path) -> None:
    found = changes(tmp_path, as_it_is, incident(PHISHED))
    assert named(found) == OPENED
    assert {item.operation for item in found if item.provider == "AWS"} == {"create"}


def test_an_incident_closed_undoes_it_and_nothing_else(tmp_path: Path) -> None:
    found = changes(tmp_path, incident(PHISHED), incident(PHISHED, **CLOSURE))
    assert named(found) == {("delete", kind, name) for _, kind, name in OPENED}
    assert {item.operation for item in found if item.provider == "AWS"} == {"delete"}
    assert [item.name for item in found if item.blocks] == []


def test_a_vendor_s_breach_withdraws_its_applications_alone(tmp_path: Path) -> None:
    found = changes(tmp_path, as_it_is, incident(BREACH))
    assert {item.operation for item in found} == {"create"}
    assert named(found) == WITHDRAWN


def test_a_breach_that_is_over_gives_applications_their_policy_back_in_place(tmp_path: Path) -> None:
    found = changes(tmp_path, incident(BREACH), incident(BREACH, **CLOSURE))
    assert facts(found) == {
        ("update", "AccessPolicyAssignment", ("policyId",)),
        ("delete", "ConditionalAccessPolicy", ()),
    }
    assert {item.name for item in found} == {name for _, _, name in WITHDRAWN}
    assert [item.name for item in found if item.blocks] == []


def test_a_vendor_whose_agreement_is_over_loses_its_assignments_and_blocks_nothing(tmp_path: Path) -> None:
    """The application, its policy and every group stay as they are; training is still asked for."""
    lapsed = replaced("vendors/athenahealth.yaml", ("expires: 2028-05-14", "expires: 2026-09-01"))
    found = changes(tmp_path, as_it_is, lapsed)
    gone = {item.type.rsplit(":", 1)[1] for item in found if item.operation == "delete"}
    assert "GroupAssignment" in gone
    assert not gone & {"Group", "Rule", "Saml", "GroupMemberships"}
    anew = {item.type.rsplit(":", 1)[1] for item in found if item.operation == "replace"}
    assert anew <= {"RequestCondition"}, "what a role is asked for through moves to another application"
    assert not [item for item in found if "expressionValue" in item.properties]
    catalogue = load(tmp_path / "head").catalogue
    assert catalogue is not None
    _, settings = organisation("reference")
    declared = [record for preview in previews(tmp_path / "head") for record in records(preview)]
    report = evaluate(declared, pack_config(settings, catalogue, DAY))
    assert [(item.rule, item.message) for item in report.blocking] == []


@pytest.mark.parametrize("key", ["okta/contained", "entra/contained"])
def test_a_group_that_no_sign_in_policy_denies_is_not_filled(tmp_path: Path, key: str) -> None:
    """Near miss: the identity layer's stack hands over the id of another of its groups."""
    shutil.copytree(REFERENCE, tmp_path / "head")
    incident(PHISHED)(tmp_path / "head")
    identity = previews(tmp_path / "head")[0]
    other = {
        "okta/contained": next(
            item.id
            for item in identity.resources()
            if item.type == "okta:group/group:Group" and item.inputs["name"] == "factor-recovery"
        ),
        "entra/contained": next(
            item.outputs["objectId"]
            for item in identity.resources()
            if item.type.startswith("azuread:index/group") and item.inputs["displayName"] == "vendor-staff"
        ),
    }

    def contained(ids: dict[str, object]) -> Preview:
        config = {
            "billing-identity:layer": "containment",
            "billing-identity:environment": "prod",
            "billing-identity:asOf": DAY.isoformat(),
            "billing-identity:catalogue": str(tmp_path / "head"),
        }
        return run_program(
            ROOT,
            "containment-prod",
            config,
            references={"identity-prod": {**identity.stack_outputs, IDS: ids}},
            invokes=directory_groups([identity]),
        )

    ids = identity.stack_outputs[IDS]
    assert contained(ids).errors == ()
    said = contained({**ids, key: other[key]}).errors[0].message
    assert f"`{key}` is {other[key]}" in said
    assert "no sign-in policy denies it" in said
