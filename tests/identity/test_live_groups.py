"""A role's group that lives under a name of its own: the catalogue says the name, and everything finds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from organisations import DAY, organisation

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.adoption import unnamed_groups
from billing_identity.stacks.bind.aws.alerts import export_groups
from billing_identity.stacks.bind.entra import groups as entra
from billing_identity.stacks.bind.okta import groups as okta

ROLE = "bulk-export-analyst"


def named(**live: str) -> Catalogue:
    catalogue, _ = organisation("reference")
    role = catalogue.roles[ROLE].model_copy(update={"live_groups": live})
    return replace(catalogue, roles={**catalogue.roles, ROLE: role})


def test_each_provider_declares_the_live_name() -> None:
    catalogue, (_, settings) = named(okta="Bulk Export"), organisation("reference")
    role = catalogue.roles[ROLE]
    assert okta.assigned_group(catalogue, role, DAY)["group_name"] == "Bulk Export"
    assert entra.assigned_group(catalogue, settings, role, DAY)["group_name"] == f"role-{ROLE}"
    assert role.group_name(Provider.OKTA) == "Bulk Export"


def test_the_alert_on_exports_watches_the_live_name_too() -> None:
    assert {"Bulk Export", f"role-{ROLE}"} <= set(export_groups(named(okta="Bulk Export"), DAY))


@pytest.mark.parametrize(
    ("key", "live", "words"),
    [
        (f"role:{ROLE}", {}, "does not say the name of its group that is adopted in okta"),
        (f"role:{ROLE}", {"entra": "Exporters"}, "adopted in okta"),
        (f"entra-role:{ROLE}", {"okta": "Exporters"}, "adopted in entra"),
    ],
)
def test_an_adopted_group_without_a_name_is_a_located_error(
    key: str, live: dict[str, str], words: str
) -> None:
    _, settings = organisation("reference")
    catalogue = named(**live)
    (problem,) = unnamed_groups(settings.model_copy(update={"adopted": {key: "any"}}), catalogue)
    assert problem.location.file == f"roles/{ROLE}.yaml"
    assert words in problem.message
    named_at_last = named(okta="Exporters", entra="Exporters")
    assert not unnamed_groups(settings.model_copy(update={"adopted": {key: "any"}}), named_at_last)
