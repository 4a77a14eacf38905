"""The reference organisation: complete, without a fault, and as diverse as the guide's inventory."""

from __future__ import annotations

import re
from datetime import date

import pytest
from catalogue_bench import TODAY

from billing_identity.roles.checks import checks, run_checks
from billing_identity.roles.checks.growth import demands
from billing_identity.roles.citations.registry import known
from billing_identity.roles.loader import REFERENCE, Loaded
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Federation, Provider, RiskTag, SystemKind
from billing_identity.roles.separation import job_code_conflicts, role_conflicts


@pytest.fixture(scope="module")
def catalogue(reference: Loaded) -> Catalogue:
    assert reference.problems == ()
    assert reference.catalogue is not None
    return reference.catalogue


@pytest.mark.parametrize("as_of", [TODAY, date(2027, 1, 31), date(2027, 3, 31)], ids=str)
def test_nothing_blocks(catalogue: Catalogue, as_of: date) -> None:
    assert [problem for problem in run_checks(catalogue, as_of) if problem.blocks] == []


def test_every_exception_is_needed_and_the_notices_are_known(catalogue: Catalogue) -> None:
    problems = run_checks(catalogue, TODAY)
    assert {problem.lifted_by for problem in problems if problem.lifted_by} == set(catalogue.exceptions)
    assert [problem.code for problem in problems if problem.severity == "notice"] == [
        "micro-lesson-due",
        "ephi-fax",
    ]


def test_the_exceptions_hold_only_where_they_say(catalogue: Catalogue) -> None:
    blocked = {
        problem.code for problem in run_checks(catalogue, TODAY, environment="sandbox") if problem.blocks
    }
    assert blocked == {"ephi-tier", "password-hash"}


def test_no_job_code_reaches_both_sides_of_any_rule(catalogue: Catalogue) -> None:
    assert list(role_conflicts(catalogue, TODAY)) == []
    assert list(job_code_conflicts(catalogue, TODAY)) == []


def test_it_is_as_large_as_a_real_company(catalogue: Catalogue) -> None:
    for entities, least in (
        (catalogue.roles, 16),
        (catalogue.systems, 22),
        (catalogue.vendors, 8),
        (catalogue.clients, 4),
        (catalogue.service_accounts, 6),
        (catalogue.training, 9),
        (catalogue.access_policy.separation_of_duties, 10),
    ):
        assert len(entities) >= least


def test_it_uses_every_kind_of_system_and_every_risk(catalogue: Catalogue) -> None:
    systems = catalogue.systems.values()
    assert {system.system_kind for system in systems} == set(SystemKind)
    tags = {
        tag for system in systems for entitlement in system.entitlements.values() for tag in entitlement.risks
    }
    assert tags == set(RiskTag)


def test_every_way_of_signing_in_is_there(catalogue: Catalogue) -> None:
    def count(provider: Provider, *federations: Federation) -> int:
        return sum(
            system.identity.provider is provider
            and (not federations or system.identity.federation in federations)
            for system in catalogue.systems.values()
        )

    assert count(Provider.OKTA, Federation.SAML, Federation.OIDC) >= 10
    assert count(Provider.ENTRA) >= 5
    assert count(Provider.ENTRA, Federation.SAML, Federation.OIDC) >= 2
    assert count(Provider.NONE) >= 3


def test_the_first_rule_is_the_guides_example(catalogue: Catalogue) -> None:
    rule = catalogue.access_policy.separation_of_duties[0]
    assert rule.id == "adjustments-and-refunds"
    assert RiskTag.POSTS_ADJUSTMENTS in rule.left.risks
    assert RiskTag.APPROVES_REFUNDS in rule.right.risks


def test_it_needs_far_less_than_the_providers_hold(catalogue: Catalogue) -> None:
    assert all(count < limit / 2 for _, count, limit in demands(catalogue))


def test_growth_is_announced_and_then_fails(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = next(count for what, count, _ in demands(catalogue) if what == "Okta group rules")
    for limit, severity in ((int(rules / 0.8), "notice"), (rules, "policy")):
        monkeypatch.setattr("billing_identity.roles.checks.growth.OKTA_GROUP_RULES", limit)
        found = [problem for problem in run_checks(catalogue, TODAY) if problem.code == "growth"]
        assert [problem.severity for problem in found] == [severity]
        assert f"{rules:,} Okta group rules" in found[0].message


def test_checks_say_what_they_rest_on() -> None:
    for check in checks():
        assert check.title
        assert all(known(citation) for citation in check.citations)
        assert check.citations or check.id == "growth"


def test_no_file_uses_what_editors_read_differently() -> None:
    for path in REFERENCE.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "\t" not in text and "\r" not in text
        assert not re.search(r": (yes|no|on|off)\s*$", text, re.IGNORECASE | re.MULTILINE), path.name
