"""The committed JSON Schemas are those of the models, fit every file, and are found by editors."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_bench import Workbench
from jsonschema import Draft202012Validator

from billing_identity.roles.loader import KINDS, REFERENCE, Loaded
from billing_identity.roles.schemas import FOLDER, file_name, render, schemas, write

SCHEMAS = schemas()
FILES = sorted(REFERENCE.rglob("*.yaml"))


@pytest.mark.parametrize("kind", sorted(SCHEMAS))
def test_the_committed_schema_is_the_models(kind: str) -> None:
    committed = (FOLDER / file_name(kind)).read_text(encoding="utf-8")
    assert committed == render(SCHEMAS[kind]), "run: python -m billing_identity.roles.schemas"
    Draft202012Validator.check_schema(SCHEMAS[kind])


def test_no_other_schema_is_committed() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {file_name(kind) for kind in SCHEMAS}


def test_every_file_fits_its_schema(reference: Loaded) -> None:
    assert reference.catalogue is not None
    trees = reference.catalogue.trees
    assert len(trees) == len(FILES)
    for (kind, name), tree in trees.items():
        errors = list(Draft202012Validator(SCHEMAS[kind]).iter_errors(tree.data))
        assert not errors, f"{kind} {name}: {errors[0].message}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(REFERENCE).as_posix())
def test_the_first_line_leads_to_the_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    folder = path.relative_to(REFERENCE).parts[0]
    kind = next(kind.name for kind in KINDS if kind.folder == folder)
    assert (path.parent / first.removeprefix(prefix)).resolve() == (FOLDER / file_name(kind)).resolve()


@pytest.mark.parametrize(
    ("kind", "spoil"),
    [
        ("role", {"riskk": "high"}),
        ("role", {"risk": "enormous"}),
        ("role", {"owner": "Billing Supervisor"}),
        ("role", {"grants": [{"entitlement": "athenaone"}]}),
        ("role", {"request": {"eligible": [], "approvers": ["finance"], "max_hours": 8}}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_editor_sees_what_the_loader_refuses(
    bench: Workbench, kind: str, spoil: dict[str, object]
) -> None:
    loaded = bench.load()
    assert loaded.catalogue is not None
    data = {**loaded.catalogue.trees[(kind, "payment-poster")].data, **spoil}
    assert list(Draft202012Validator(SCHEMAS[kind]).iter_errors(data))


def test_fields_that_the_place_decides_are_not_asked_for() -> None:
    for schema in SCHEMAS.values():
        assert not {"id", "kind"} & {*schema["properties"], *schema["required"]}
        assert schema["additionalProperties"] is False


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    assert len(write(tmp_path / "new")) == len(KINDS)
