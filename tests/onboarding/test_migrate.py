"""Schema versions: forward through every step or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.review.onboarding.migrating import Files, migrate

OLD = "schema_version: 1\ncompany: Acme\n"


def rename(files: Files) -> Files:
    """An example of a migration: a field gets another name."""
    text = files["organisation.yaml"]
    return {
        "organisation.yaml": text.replace("schema_version: 1", "schema_version: 2").replace("company", "name")
    }


def broken(files: Files) -> Files:
    raise KeyError("no such field")


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    (folder / "roles").mkdir(parents=True)
    (folder / "organisation.yaml").write_text(OLD)
    (folder / "roles" / "a.yaml").write_text("title: A\n")
    return folder


def test_the_current_version_is_left_as_it_is(catalogue: Path) -> None:
    assert migrate(catalogue) == ((1,), None)
    assert (catalogue / "organisation.yaml").read_text() == OLD


def test_a_step_rewrites_what_it_changes_and_keeps_the_rest(catalogue: Path) -> None:
    assert migrate(catalogue, {1: rename}, current=2) == ((1, 2), None)
    assert (catalogue / "organisation.yaml").read_text() == "schema_version: 2\nname: Acme\n"
    assert (catalogue / "roles" / "a.yaml").read_text() == "title: A\n"
    assert [path.name for path in catalogue.parent.iterdir()] == ["catalogue"]


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("7", "from after this"),
        ("0", "no schema version 0"),
        ("one", "whole number"),
        ("", "whole number"),
    ],
)
def test_other_versions_are_refused_with_their_place(version: str, said: str, catalogue: Path) -> None:
    (catalogue / "organisation.yaml").write_text(f"schema_version: {version}\ncompany: Acme\n")
    went, problem = migrate(catalogue)
    assert went == ()
    assert problem is not None and said in problem.message
    assert str(problem.location) == "organisation.yaml:1:1"


def test_a_gap_between_versions_is_refused(catalogue: Path) -> None:
    went, problem = migrate(catalogue, {1: rename}, current=3)
    assert went == () and problem is not None
    assert "from schema version 2 to 3" in problem.message
    assert (catalogue / "organisation.yaml").read_text() == OLD


def test_a_step_that_fails_leaves_everything_as_it_was(catalogue: Path) -> None:
    with pytest.raises(KeyError):
        migrate(catalogue, {1: rename, 2: broken}, current=3)
    assert (catalogue / "organisation.yaml").read_text() == OLD
    assert [path.name for path in catalogue.parent.iterdir()] == ["catalogue"]
