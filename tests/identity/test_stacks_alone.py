"""A stack previewed alone: what it refers to is run for it, and containment waits for nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from incident_files import BREACH, PHISHED
from organisations import DAY, ROOT, declared

from billing_identity.review import containment_alone, previewing
from billing_identity.review.exits import Exit
from billing_identity.review.stack_runs import Request, previews_of
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.problems import Problem
from billing_identity.stacks.bind.containment.loading import load_incidents
from billing_identity.stacks.layers.identity import IDS

CONTAINMENT = "containment-prod"
Edit = Callable[[Path], None]


def outcome_of(folder: Path, edit: Edit, *stacks: str) -> previewing.Outcome:
    shutil.copytree(REFERENCE, folder)
    (folder / "incidents").mkdir(exist_ok=True)
    for fields in (PHISHED, BREACH):
        said = {key: value for key, value in fields.items() if key not in ("id", "kind")}
        (folder / "incidents" / f"{fields['id']}.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")
    edit(folder)
    return previewing.run(Request(ROOT, stacks or (CONTAINMENT,), DAY, folder))


def kinds(outcome: previewing.Outcome) -> list[tuple[str, str]]:
    assert outcome.preview is not None
    return sorted((item.type, item.name) for item in outcome.preview.resources())


def aside(outcome: previewing.Outcome) -> list[Problem]:
    return [item for item in outcome.problems if item.message.startswith("left aside")]


def nothing(_: Path) -> None:
    """The catalogue as it is."""


def misspelt(root: Path) -> None:
    file = root / "roles" / "payment-poster.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("\nrisk:", "\nrsik:"), encoding="utf-8")


def not_yaml(root: Path) -> None:
    (root / "systems" / "athenaone.yaml").write_text("title: [", encoding="utf-8")


def without_organisation(root: Path) -> None:
    (root / "organisation.yaml").unlink()


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> previewing.Outcome:
    return outcome_of(tmp_path_factory.mktemp("sound") / "c", nothing)


def test_containment_alone_is_previewed_with_the_ids_of_the_identity_layer(sound: previewing.Outcome) -> None:
    assert (sound.exit_code, sound.errors) == (Exit.FINE, ())
    assert {kind for kind, name in kinds(sound) if "containment" in name} >= {
        "okta:index/groupMemberships:GroupMemberships",
        "azuread:index/groupMember:GroupMember",
        "okta:app/accessPolicyAssignment:AccessPolicyAssignment",
    }
    assert not [item for item in sound.problems if item.code == "containment-alone"]
    assert sound.preview is not None
    assert all("::identity-prod::" not in item.urn for item in sound.preview.registrations), "not reported"


def test_the_rules_that_ask_for_a_tenant_s_baseline_do_not_ask_containment(sound: previewing.Outcome) -> None:
    assert any("conditionalAccessPolicy" in kind for kind, _ in kinds(sound))
    assert sound.report is not None
    assert [item.rule for item in (*sound.report.blocking, *sound.report.undecided)] == []


@pytest.mark.parametrize("edit", [misspelt, not_yaml, without_organisation])
def test_a_fault_elsewhere_is_said_and_left_aside(
    tmp_path: Path, sound: previewing.Outcome, edit: Edit
) -> None:
    outcome = outcome_of(tmp_path / "c", edit)
    assert (outcome.exit_code, outcome.errors) == (Exit.FINE, ())
    assert kinds(outcome) == kinds(sound)
    assert aside(outcome)
    said = " ".join(item.message for item in outcome.problems if item.code == "containment-alone")
    assert "the ids of `identity-prod` are made up" in said
    assert "okta-no-direct-membership do not judge" in said


def test_values_of_the_settings_that_contradict_each_other_are_left_aside(tmp_path: Path) -> None:
    root = tmp_path / "p"
    shutil.copytree(ROOT / "stacks" / "config", root / "stacks" / "config")
    for name in ("Pulumi.yaml", "stacks/__main__.py"):
        shutil.copy(ROOT / name, root / name)
    file = root / "stacks" / "config" / "settings.prod.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("replica_region: us-west-2", "replica_region: us-east-1"), encoding="utf-8")
    outcome = previewing.run(Request(root, (CONTAINMENT,), DAY))
    assert (outcome.exit_code, outcome.errors) == (Exit.FINE, ())
    assert any("replica Region" in item.message for item in aside(outcome))


def test_a_fault_of_an_incident_still_stops_it(tmp_path: Path) -> None:
    def faulty(root: Path) -> None:
        file = root / "incidents" / f"{PHISHED['id']}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("approver:", "aprover:"), encoding="utf-8")

    outcome = outcome_of(tmp_path / "c", faulty)
    assert (outcome.exit_code, outcome.preview) == (Exit.BAD_INPUT, None)
    assert {item.location.file for item in outcome.problems if item.blocks} == {
        f"incidents/{PHISHED['id']}.yaml"
    }


def test_what_stands_in_has_every_id_that_the_identity_layer_hands_over() -> None:
    incidents, _, _ = load_incidents(REFERENCE)
    stand_in = containment_alone.stand_in(incidents)
    assert set(declared("reference").stack_outputs[IDS]) <= set(stand_in.outputs[IDS])


def test_another_layer_alone_finds_the_outputs_it_refers_to() -> None:
    outcome = previewing.run(Request(ROOT, ("logging-prod",), DAY))
    assert outcome.errors == ()
    assert outcome.preview is not None
    assert {item.urn.split("::")[0] for item in outcome.preview.registrations} == {"urn:pulumi:logging-prod"}


def test_the_order_of_the_stacks_asked_for_does_not_matter() -> None:
    late = previews_of(Request(ROOT, ("logging-prod", "keys-prod"), DAY))
    assert [(preview.stack, preview.errors) for preview in late] == [("logging-prod", ()), ("keys-prod", ())]
    assert all(preview.resources() for preview in late)


def test_a_stack_that_nobody_configured_is_named_with_what_to_do(tmp_path: Path) -> None:
    for name in ("Pulumi.yaml", "stacks/__main__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "stacks" / "config", tmp_path / "stacks" / "config")
    (tmp_path / "stacks" / "config" / "Pulumi.keys-prod.yaml").unlink()
    outcome = previewing.run(Request(tmp_path, ("logging-prod",), DAY))
    (error,) = outcome.errors
    assert "stack `logging-prod` refers to it: the stack `keys-prod` has no configuration" in str(error)
    assert "Pulumi.keys-prod.yaml" in str(error)
    assert str(ROOT) not in str(error)
