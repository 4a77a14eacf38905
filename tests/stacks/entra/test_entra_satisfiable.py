"""Every conditional access policy that meets a kind of person can be satisfied by that kind of person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from entra_program import ADMINISTRATORS, BREAK_GLASS, GROUP, RULE_GROUP, Whole, policies, strengths

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"
USER_ADMINISTRATOR = "fe930be7-5e62-47db-91af-98c3a49a38b1"
NARROWING = (
    "locations",
    "platforms",
    "authenticationFlowTransferMethods",
    "signInRiskLevels",
    "userRiskLevels",
    "clientApplications",
)


@dataclass(frozen=True)
class Persona:
    """`proves` are the combinations and built-in controls that this kind of person can bring."""

    proves: frozenset[str]
    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    guest: bool = False


def meets(persona: Persona, policy: dict[str, Any]) -> bool:
    users = policy["conditions"]["users"]
    if persona.groups & set(users.get("excludedGroups") or []):
        return False
    if persona.guest and users.get("excludedGuestsOrExternalUsers"):
        return False
    return bool(
        "All" in (users.get("includedUsers") or [])
        or persona.groups & set(users.get("includedGroups") or [])
        or persona.roles & set(users.get("includedRoles") or [])
        or (persona.guest and users.get("includedGuestsOrExternalUsers"))
    )


REGISTERING, JOINING = "urn:user:registersecurityinfo", "urn:user:registerdevice"
DOING = (None, REGISTERING, JOINING)
"""Signing in to an application, registering a sign-in method, registering or joining a device."""


def unsatisfied(persona: Persona, whole: Whole, *, doing: str | None = None) -> list[str]:
    known, found = strengths(whole), list[str]()
    for slug, policy in policies(whole).items():
        conditions = policy["conditions"]
        actions = conditions["applications"].get("includedUserActions") or [None]
        if not meets(persona, policy) or doing not in actions:
            continue
        grant = policy.get("grantControls") or {}
        controls = set(grant.get("builtInControls") or [])
        wanted = grant.get("authenticationStrengthPolicyId")
        if "block" in controls:
            narrow = any(conditions.get(name) for name in NARROWING)
            narrow = narrow or conditions["clientAppTypes"] != ["all"]
            narrow = narrow or bool(conditions["applications"].get("excludedApplications"))
            narrow = narrow or conditions["applications"].get("includedApplications") != ["All"]
            if not narrow:
                found.append(slug)
        elif (wanted is not None and not known[wanted] & persona.proves) or (
            controls and not controls & persona.proves
        ):
            found.append(slug)
    return found


def dynamic_groups(whole: Whole) -> frozenset[str]:
    return frozenset(item.outputs["objectId"] for (kind, _), item in whole.items() if kind == RULE_GROUP)


DEVICE = "compliantDevice"
FEDERATED = frozenset({"federatedMultiFactor", "mfa", DEVICE})
KEY = frozenset({"fido2", "mfa", DEVICE})
PASS = frozenset({"temporaryAccessPassOneTime", DEVICE})


@pytest.mark.parametrize("doing", DOING)
def test_federated_people_satisfy_every_policy_that_meets_them(reference: Whole, doing: str | None) -> None:
    people = Persona(FEDERATED, dynamic_groups(reference))
    assert unsatisfied(people, reference, doing=doing) == []


def test_a_native_strength_for_the_workforce_would_block_federated_people(reference: Whole) -> None:
    people = Persona(frozenset({"federatedMultiFactor", DEVICE}), frozenset({ADMINISTRATORS}))
    assert "administrators" in unsatisfied(people, reference)


@pytest.mark.parametrize("doing", DOING)
def test_without_federation_a_security_key_satisfies_every_policy(
    without_okta: Whole, doing: str | None
) -> None:
    people = Persona(KEY, dynamic_groups(without_okta))
    assert unsatisfied(people, without_okta, doing=doing) == []
    assert not any(
        "federatedMultiFactor" in combinations for combinations in strengths(without_okta).values()
    )


@pytest.mark.parametrize("organisation", ["reference", "without_okta"])
def test_cloud_only_administrators_satisfy_theirs_with_a_key(
    request: pytest.FixtureRequest, organisation: str
) -> None:
    whole: Whole = request.getfixturevalue(organisation)
    administrator = Persona(KEY, frozenset({ADMINISTRATORS}), frozenset({USER_ADMINISTRATOR}))
    assert unsatisfied(administrator, whole) == []
    assert meets(administrator, policies(whole)["administrators"])
    newcomer = Persona(PASS, frozenset({ADMINISTRATORS}))
    assert unsatisfied(newcomer, whole, doing=REGISTERING) == []
    assert unsatisfied(administrator, whole, doing=JOINING) == []
    assert unsatisfied(newcomer, whole, doing=JOINING) == ["administrator-device-joining"]
    assert "administrators" in unsatisfied(newcomer, whole)


@pytest.mark.parametrize("organisation", ["reference", "without_okta"])
def test_the_sealed_accounts_meet_no_policy(request: pytest.FixtureRequest, organisation: str) -> None:
    whole: Whole = request.getfixturevalue(organisation)
    sealed = Persona(frozenset(), frozenset({BREAK_GLASS}), frozenset({GLOBAL_ADMINISTRATOR}))
    assert [slug for slug, policy in policies(whole).items() if meets(sealed, policy)] == []


@pytest.mark.parametrize("organisation", ["reference", "without_okta"])
def test_people_from_outside_are_asked_for_nothing_that_only_this_tenant_gives(
    request: pytest.FixtureRequest, organisation: str
) -> None:
    whole: Whole = request.getfixturevalue(organisation)
    guest = Persona(frozenset({"mfa"}), guest=True)
    assert unsatisfied(guest, whole) == []
    assert meets(guest, policies(whole)["guests-applications"])


def test_somebody_contained_is_blocked_without_any_condition(reference: Whole) -> None:
    contained = reference[(GROUP, "contained")].outputs["objectId"]
    person = Persona(FEDERATED | KEY, dynamic_groups(reference) | {contained})
    assert unsatisfied(person, reference) == ["contained"]
