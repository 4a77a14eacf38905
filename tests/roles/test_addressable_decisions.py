"""Each addressable specification is decided; a decision that lacks something is named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from billing_identity.roles.checks.addressable_decisions import addressable, check
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue

DAY = date(2026, 11, 24)
FILE = "decisions/facility-maintenance.yaml"


@pytest.fixture
def catalogue(tmp_path):
    folder = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, folder)
    return folder


def _loaded(folder: Path) -> Catalogue:
    loaded = load(folder)
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


def _messages(folder: Path, day: date = DAY) -> list[str]:
    return [problem.message for problem in check(_loaded(folder), day)]


def test_the_reference_organisation_decided_on_all_twenty_two():
    catalogue = _loaded(REFERENCE)
    assert len(addressable()) == 22
    assert {item.specification for item in catalogue.decisions.values()} == set(addressable())
    assert list(check(catalogue, DAY)) == []


@pytest.mark.parametrize("path", sorted((REFERENCE / "decisions").glob("*.yaml")), ids=lambda path: path.stem)
def test_one_missing_fails(catalogue, path):
    (catalogue / "decisions" / path.name).unlink()
    (message,) = _messages(catalogue)
    assert "nobody decided on the addressable specification 164." in message


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("164.310(a)(2)(iv)", "164.312(b)", "which is no addressable specification"),
        ("164.310(a)(2)(iv)", "164.310(a)(2)(iii)", "is the second on 164.310(a)(2)(iii)"),
        ("substitute: ", "# ", "is not-implemented without `substitute`"),
        ("approver: security-officer", "approver: payment-poster", "is approved by `payment-poster`"),
        ("decided: 2026-08-17", "decided: 2026-12-01", "which is to come"),
        ("review: 2027-08-17", "review: 2026-11-23", "was to be weighed again by 2026-11-23"),
        ("review: 2027-08-17", "review: 2029-08-17", "not within two years"),
    ],
)
def test_a_decision_that_lacks_something_is_named(catalogue, old, new, expected):
    path = catalogue / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(expected in message for message in _messages(catalogue))


def test_on_the_day_of_review_it_still_holds(catalogue):
    assert _messages(catalogue, date(2027, 8, 17)) == []
    assert len(_messages(catalogue, date(2027, 8, 18))) == 22


def test_findings_name_the_specification_and_cannot_be_lifted(catalogue):
    (catalogue / FILE).unlink()
    (problem,) = check(_loaded(catalogue), DAY)
    assert problem.citations[0] == "164.310(a)(2)(iv)"
    assert problem.blocks
