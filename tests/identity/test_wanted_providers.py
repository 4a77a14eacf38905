"""A provider that the catalogue or an incident names and the settings leave out is a located error."""

from __future__ import annotations

import pytest
from incident_files import LOST, PHISHED, with_incidents
from organisations import DAY, NAMES, organisation

from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.wanted_providers import uncontained, unset_providers


@pytest.mark.parametrize(("provider", "line"), [("okta", "primary: okta"), ("entra", "target: entra")])
def test_a_provider_without_settings_is_located_in_the_catalogue(provider: str, line: str) -> None:
    catalogue, settings = organisation("reference")
    (problem,) = unset_providers(settings.model_copy(update={provider: None}), catalogue)
    policy = (catalogue.root / "access-policy.yaml").read_text(encoding="utf-8").splitlines()
    assert problem.location.file == "access-policy.yaml"
    assert line in policy[problem.location.line - 1]
    assert f"the settings have no `{provider}`" in problem.message


@pytest.mark.parametrize("name", NAMES)
def test_an_organisation_with_what_it_names_is_fine(name: str) -> None:
    catalogue, settings = organisation(name)
    assert unset_providers(settings, catalogue) == ()


@pytest.mark.parametrize(
    ("fields", "provider", "found"), [(PHISHED, "okta", 1), (PHISHED, "entra", 1), (LOST, "entra", 0)]
)
def test_people_of_a_provider_without_settings_are_not_passed_over(
    fields: dict[str, object], provider: str, found: int
) -> None:
    catalogue, settings = organisation("reference")
    incidents = Incidents.of(with_incidents(catalogue, fields))
    assert len(uncontained(incidents, settings.model_copy(update={provider: None}), DAY)) == found
    assert uncontained(incidents, settings, DAY) == ()
