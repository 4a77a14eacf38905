"""Which Okta rule meets whom, for every combination of person, device, network, risk and ring."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from okta_rules import BEHAVIOUR, Decision, Policy, SignIn, policies
from organisations import organisation, run

from billing_identity.review.preview.record import Preview
from billing_identity.roles.model.access_policy import Tier

RINGS = ("pilot", "high-risk", "everyone")
LIVES = ("reference", "okta-only")


@cache
def world(ring: str, name: str) -> Preview:
    catalogue, chosen = organisation(name)
    since = catalogue.access_policy.enforced_since
    passed = RINGS[: RINGS.index(ring) + 1]
    reached = {name: day for name, day in since.items() if name in passed}
    policy = catalogue.access_policy.model_copy(update={"enforced_since": reached})
    okta = chosen.model_copy(update={"entra": None})
    return run(replace(catalogue, access_policy=policy), okta, ("identity", "containment"))


@cache
def declared(ring: str, name: str) -> dict[str, Policy]:
    return policies(world(ring, name))


@cache
def group(ring: str, name: str, wanted: str) -> str:
    found = [
        item.id
        for item in world(ring, name).resources()
        if item.type == "okta:group/group:Group" and item.name == wanted
    ]
    assert len(found) == 1 and found[0], wanted
    return found[0]


def tier_of(policy: Policy, name: str) -> Tier | None:
    catalogue, _ = organisation(name)
    return catalogue.access_policy.tiers.get(policy.name.removeprefix("tier-"))


@st.composite
def attempts(draw: st.DrawFn) -> tuple[str, str, Policy, SignIn, bool, bool]:
    """(ring, organisation, policy, attempt, contained, break-glass)."""
    ring, name = draw(st.sampled_from(RINGS)), draw(st.sampled_from(LIVES))
    policy = draw(
        st.sampled_from([p for p in declared(ring, name).values() if p.name != "containment-withdrawn"])
    )
    contained, emergency = draw(st.booleans()), draw(st.booleans())
    _, chosen = organisation(name)
    assert chosen.okta is not None
    special = {group(ring, name, "contained"), chosen.okta.break_glass_group}
    named = sorted(
        {
            one
            for rule in policy.rules
            for field in ("groupsIncluded", "groupsExcluded")
            for one in rule.get(field) or ()
        }
        - special
    )
    groups = set(draw(st.sets(st.sampled_from(named)))) if named else set[str]()
    if contained:
        groups.add(group(ring, name, "contained"))
    if emergency:
        groups.add(chosen.okta.break_glass_group)
    zones = sorted({zone for rule in policy.rules for zone in rule.get("networkIncludes") or ()})
    unusual = sorted(
        {name for rule in policy.rules for name in BEHAVIOUR.findall(rule.get("customExpression") or "")}
    )
    attempt = SignIn(
        groups=frozenset(groups),
        zones=frozenset(draw(st.sets(st.sampled_from(zones)))) if zones else frozenset(),
        risk=draw(st.sampled_from(["LOW", "MEDIUM", "HIGH"])),
        registered=draw(st.booleans()),
        managed=draw(st.booleans()),
        assured=draw(st.booleans()),
        behaviours=frozenset(draw(st.sets(st.sampled_from(unusual)))) if unusual else frozenset(),
    )
    return ring, name, policy, attempt, contained, emergency


@given(attempts())
@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_combination(case: tuple[str, str, Policy, SignIn, bool, bool]) -> None:
    ring, name, policy, attempt, contained, emergency = case
    decision = policy.decide(attempt)
    tier = tier_of(policy, name)
    if contained:
        assert not decision.allowed, "contained is denied, break-glass or not"
        return
    if emergency:
        assert decision.rule == "break-glass"
        assert decision.allowed and decision.phishing_resistant, "from anywhere, with a hardware key"
        return
    if attempt.risk == "HIGH":
        assert not decision.allowed
        return
    if not decision.allowed:
        return
    demanding(decision)
    if attempt.behaviours and tier is not None and decision.rule != "not-enforced-yet":
        assert decision.rule in ("unusual-step-up", "tier"), "a new device or place asks for a hardware key"
        assert hardware(decision) or ring != "everyone"
    if decision.rule == "not-enforced-yet":
        assert ring != "everyone", "the weaker rule goes with the last ring"
        return
    if tier is None:
        assert decision.phishing_resistant, "Okta's own dashboard and console"
        return
    assert decision.phishing_resistant or not tier.phishing_resistant
    if tier.managed_device:
        assert attempt.managed and attempt.registered, "no unmanaged device reaches the tier"
    if tier.zones:
        assert attempt.zones, "only from the tier's networks"


def hardware(decision: Decision) -> bool:
    return all(
        item.get("possession", {}).get("hardwareProtection") == "REQUIRED" for item in decision.constraints
    )


def demanding(decision: Decision) -> None:
    """Nobody falls to a permissive default."""
    assert decision.rule != "catch-all"
    assert decision.factor_mode == "2FA"
    assert decision.constraints


@pytest.mark.parametrize("ring", RINGS)
@pytest.mark.parametrize("name", LIVES)
def test_the_last_rule_denies_in_every_policy(ring: str, name: str) -> None:
    found = declared(ring, name)
    assert {"tier-ephi", "tier-privileged", "tier-workforce"} <= set(found)
    assert all(policy.catch_all_denies for policy in found.values())


@pytest.mark.parametrize("tier", ["tier-ephi", "tier-workforce"])
def test_an_ordinary_sign_in_is_let_in_by_its_tier(tier: str) -> None:
    policy = declared("everyone", "reference")[tier]
    zones = frozenset(zone for rule in policy.rules for zone in rule.get("networkIncludes") or ())
    decision = policy.decide(SignIn(frozenset({"00gEVERYONE0000000x7"}), zones=zones))
    assert (decision.rule, decision.allowed) == ("tier", True)


def test_a_ring_moved_forward_tightens_and_never_loosens() -> None:
    """Whoever is outside the rings that are reached meets a second factor at least, and then the tier's."""
    for tier in ("tier-ephi", "tier-workforce"):
        stranger = SignIn(frozenset({"00gEVERYONE0000000x7"}), managed=False, registered=False, assured=False)
        names = [declared(ring, "reference")[tier].decide(stranger).rule for ring in RINGS]
        assert names[-1] in ("tier", "catch-all")
        strict = [rule != "not-enforced-yet" for rule in names]
        assert strict == sorted(strict), names


def test_the_global_session_denies_the_contained_before_anything_else() -> None:
    preview = world("everyone", "reference")
    contained = group("everyone", "reference", "contained")
    sessions = [item for item in preview.resources() if item.type == "okta:policy/signon:Signon"]
    first = min(sessions, key=lambda item: item.inputs["priority"])
    assert first.inputs["groupsIncluded"] == [contained]
    rules = [
        item.inputs
        for item in preview.resources()
        if item.type == "okta:policy/ruleSignon:RuleSignon" and item.inputs["policyId"] == first.id
    ]
    assert [rule["access"] for rule in rules] == ["DENY"]
