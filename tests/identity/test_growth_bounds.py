"""What the check on growth counts is what the program declares, or a little more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from organisations import DAY, declared, organisation

from billing_identity.roles.checks.growth import POLICIES, check, demands
from billing_identity.roles.model.base import RingRef
from billing_identity.roles.model.catalogue import Catalogue


def with_rings(number: int) -> Catalogue:
    catalogue, _ = organisation("reference")
    rings = (*catalogue.access_policy.rings[:-1], *(RingRef(f"ring-{n}") for n in range(number - 2)))
    policy = catalogue.access_policy.model_copy(update={"rings": rings})
    return replace(catalogue, access_policy=policy)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ("Okta group rules", "okta:group/rule:Rule"),
        (POLICIES, "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"),
    ],
)
def test_a_demand_is_no_less_than_what_is_declared(what: str, kind: str) -> None:
    catalogue, _ = organisation("reference")
    made = sum(item.type == kind for item in declared("reference").resources())
    counted = {name: count for name, count, _ in demands(catalogue)}[what]
    assert made <= counted <= made + 3


@pytest.mark.parametrize(("rings", "severity"), [(3, None), (8, "notice"), (9, "policy"), (16, "policy")])
def test_more_rings_than_a_tenant_holds_policies_for_are_located(rings: int, severity: str | None) -> None:
    found = [problem for problem in check(with_rings(rings), DAY) if POLICIES in problem.message]
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    for problem in found:
        assert problem.location.file == "access-policy.yaml"
        assert problem.remedy == "use fewer rings"


def test_more_clients_than_a_person_can_have_in_entra_are_said() -> None:
    catalogue, _ = organisation("reference")
    one = next(iter(catalogue.clients.values()))
    many = {f"c{n}": one.model_copy(update={"id": f"c{n}", "code": f"C{n:04}"}) for n in range(400)}
    (said,) = [item for item in check(replace(catalogue, clients=many), DAY) if "characters" in item.message]
    assert said.severity == "notice"
    assert "2,401 characters" in said.message
    assert not [item for item in check(catalogue, DAY) if "characters" in item.message]
