"""A client leaves by its status: a file that is only deleted blocks."""

from __future__ import annotations

from pathlib import Path

CLIENT = "clients/summit-pediatrics.yaml"


def remove(folder: Path) -> None:
    (folder / CLIENT).unlink()


def test_a_client_whose_file_goes_before_it_was_closed_blocks(change) -> None:
    remove(change.head)
    report = change.report()
    (found,) = [item for item in report.findings if item.code == "client-vanished"]
    assert found.location.file == CLIENT
    assert "offboarding" in found.remedy
    assert report.exit_code == 1


def test_a_renamed_client_has_not_vanished(change) -> None:
    (change.head / CLIENT).rename(change.head / "clients" / "summit-paediatrics.yaml")
    assert not [item for item in change.report().findings if item.code == "client-vanished"]


def test_a_new_client_is_no_departure(change) -> None:
    remove(change.base)
    assert not [item for item in change.report().findings if item.code == "client-vanished"]
