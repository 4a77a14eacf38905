"""A company with live groups: exports in, map out, nothing changed and nothing made twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from project import Project

from billing_identity.sandbox import commands

pytestmark = pytest.mark.engine
STACK = "identity-prod"
OKTA, ENTRA = "meridian.okta.com", "6f1a2b3c-4d5e-4f60-8a7b-9c0d1e2f3a4b"
GROUP, ENTRA_GROUP = "okta:group/group:Group", "azuread:index/groupWithoutMembers:GroupWithoutMembers"
POSTER, CODER, CLIENT = "00gPAYMENTPOSTER00x7", "00gMEDICALCODER000x7", "00gRIVERBEND000000x7"
ADMINISTRATOR = "11111111-2222-4333-8444-555555555555"


def live(project: Project) -> dict[str, list[dict[str, object]]]:
    """Fills the sandbox, and returns what the services would export."""
    okta = [
        {"id": POSTER, "name": "PAYMENT POSTER", "description": "made by hand in 2019"},
        {"id": CODER, "name": "Medical_Coder", "description": ""},
        {"id": CLIENT, "name": "Riverbend Hospital", "description": "old"},
    ]
    for group in okta:
        commands.seed(project.state, GROUP, group["id"], {k: v for k, v in group.items() if v}, OKTA)
    entra = {"id": ADMINISTRATOR, "displayName": "Identity Administrator"}
    properties = {
        "displayName": "Identity Administrator",
        "objectId": ADMINISTRATOR,
        "securityEnabled": True,
        "mailEnabled": False,
        "assignableToRole": True,
    }
    commands.seed(project.state, ENTRA_GROUP, f"/groups/{ADMINISTRATOR}", properties, ENTRA)
    return {"okta-groups": [dict(group) for group in okta], "entra-groups": [dict(entra)]}


def test_the_first_diff_of_what_is_live_is_empty(tmp_path: Path) -> None:
    project = Project.make(tmp_path)
    project.init(STACK)
    config = project.folder / "stacks" / "config" / f"Pulumi.{STACK}.yaml"
    config.write_text(
        config.read_text().replace("config:\n", "config:\n  billing-identity:catalogue: roles/catalogue\n", 1)
    )
    words = ["import", "estate", "--catalogue", "roles/catalogue"]
    for name, records in live(project).items():
        (project.folder / f"{name}.json").write_text(json.dumps(records))
        words += [f"--{name}", f"{name}.json"]
    done = project.cli(*words)
    assert done.returncode == 0, done.stderr
    settings = project.folder / "stacks" / "config" / "settings.prod.yaml"
    adopted = (project.folder / "estate" / "adopted.yaml").read_text()
    assert adopted.count("\n  ") == 4, adopted
    settings.write_text(settings.read_text() + adopted)
    said = re.findall(r"^# (roles/\S+): (live_groups: .+)$", adopted, re.MULTILINE)
    assert len(said) == 3
    files = {project.folder / "roles" / "catalogue" / name: text for name, text in said}
    for file, text in files.items():
        file.write_text(f"{file.read_text()}{text}\n")

    plan = json.loads(project.pulumi("preview", "--json", stack=STACK))
    steps = {step["urn"].split("::")[-1]: step for step in plan["steps"] if step["op"] == "import"}
    names = {"payment-poster", "medical-coder", "client-riverbend-hospital", "identity-administrator"}
    assert set(steps) == names
    assert all(not step.get("detailedDiff") for step in steps.values())

    before = {group: commands.show(project.state, GROUP, group, OKTA) for group in (POSTER, CODER, CLIENT)}
    project.pulumi("up", "--yes", "--skip-preview", stack=STACK)
    assert {group: commands.show(project.state, GROUP, group, OKTA) for group in before} == before
    found = [row["name"] for row in commands.ls(project.state, kind=GROUP)]
    assert not {"role-payment-poster", "role-medical-coder", "client-riverbend-hospital"} & set(found)
    rows = commands.ls(project.state, kind=ENTRA_GROUP)
    assert "role-identity-administrator" not in [row["name"] for row in rows]
    project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes", stack=STACK)

    # Without the map, the catalogue's own names come: an update in place, no replacement.
    settings.write_text(settings.read_text().split("# For stacks/config")[0])
    for file, text in files.items():
        file.write_text(file.read_text().replace(f"{text}\n", ""))
    project.pulumi("up", "--yes", "--skip-preview", stack=STACK)
    assert commands.show(project.state, GROUP, POSTER, OKTA)["name"] == "role-payment-poster"
