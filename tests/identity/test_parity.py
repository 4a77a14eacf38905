"""The same people get the same access whichever provider carries it."""

from __future__ import annotations

import pytest
from declared_access import declared_access, expected_access, of_type
from organisations import DAY, NAMES, declared, organisation

from billing_identity.roles.access import job_code_access, role_access
from billing_identity.roles.checks import run_checks
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.naming import client_group_name


@pytest.mark.parametrize("name", NAMES)
def test_declared_access_is_the_catalogues(name: str) -> None:
    catalogue, _ = organisation(name)
    assert declared_access(declared(name), catalogue) == expected_access(catalogue, DAY)


def test_both_variants_give_the_same_access() -> None:
    okta, entra = (
        declared_access(declared(name), organisation(name)[0]) for name in ("okta-only", "entra-only")
    )
    # A provider's own services and consoles are no application there: group membership itself opens them.
    built_in = {
        system.id
        for name in ("okta-only", "entra-only")
        for system in organisation(name)[0].systems.values()
        if system.identity.federation is Federation.BUILT_IN
    }

    def apart(access: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        left = {
            who: frozenset(name for name in names if name.split("/")[0] not in built_in)
            for who, names in access.items()
        }
        return {who: names for who, names in left.items() if names}

    assert apart(okta) == apart(entra)
    assert sum(map(len, apart(okta).values())) > 100


def test_the_reference_gives_the_same_where_it_has_an_application() -> None:
    catalogue, _ = organisation("reference")
    reference = declared_access(declared("reference"), catalogue)
    okta = declared_access(declared("okta-only"), organisation("okta-only")[0])
    built_in = {
        system.id
        for system in catalogue.systems.values()
        if system.identity.federation is Federation.BUILT_IN
    }
    for who, names in reference.items():
        assert names == {name for name in okta[who] if name.split("/")[0] not in built_in}, who


@pytest.mark.parametrize("name", NAMES)
def test_client_scope_is_the_same(name: str) -> None:
    """A grant's scope is a fact of the catalogue; HR's list of clients fills one group a client."""
    catalogue, settings = organisation(name)
    usual, _ = organisation("reference")
    for role in catalogue.roles:
        ours = [(held.entitlement, held.grant.clients) for held in role_access(catalogue, role, DAY)]
        assert ours == [(held.entitlement, held.grant.clients) for held in role_access(usual, role, DAY)]
    for code in catalogue.access_policy.hr.job_codes:
        assert {h.entitlement for h in job_code_access(catalogue, code, DAY)} == {
            h.entitlement for h in job_code_access(usual, code, DAY)
        }
    preview = declared(name)
    primary = catalogue.access_policy.identity.primary
    types = {Provider.OKTA: "okta:group/group:Group", Provider.ENTRA: "azuread:index/group:Group"}
    groups = {
        item.inputs.get("name") or item.inputs.get("displayName") for item in of_type(preview, types[primary])
    }
    reached = {
        client.id
        for client in catalogue.clients.values()
        if client.status != "closed"
        and any(catalogue.systems[system].identity.provider is not Provider.NONE for system in client.systems)
    }
    assert {client_group_name(client) for client in reached} <= groups
    assert settings.okta is None or settings.okta.everyone_group


@pytest.mark.parametrize("name", ["okta-only", "entra-only"])
def test_a_variant_is_a_sound_catalogue_of_one_provider(name: str) -> None:
    catalogue, settings = organisation(name)
    problems = run_checks(catalogue, DAY)
    assert [problem.message for problem in problems if problem.blocks] == []
    packages = {item.package for item in declared(name).resources()}
    assert packages == ({"okta"} if name == "okta-only" else {"azuread"})
    assert (settings.entra is None) == (name == "okta-only")
