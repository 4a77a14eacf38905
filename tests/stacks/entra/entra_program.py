"""Runs the Entra half of the identity layer offline, and tells who meets which conditional access policy."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from billing_identity.review.preview.record import Registration
from billing_identity.review.variant_previews import declared, reference
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.entra import FirstParty
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.stacks import variants
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.layers import identity_entra
from billing_identity.stacks.settings import Settings

ROOT = Path(__file__).parents[3]
POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
STRENGTH = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy"
RULE_GROUP, GROUP = "azuread:index/group:Group", "azuread:index/groupWithoutMembers:GroupWithoutMembers"
BREAK_GLASS = "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d"
ADMINISTRATORS = "9c4d5e6f-7081-4293-9dae-2f3a4b5c6d7e"
Whole = dict[tuple[str, str], Registration]


def catalogue() -> Catalogue:
    return reference()[0]


def settings() -> Settings:
    return reference()[1]


def licensed(**capabilities: bool) -> Settings:
    return variants.licensed(settings(), **capabilities)


def with_policy(**update: object) -> Catalogue:
    policy = catalogue().access_policy.model_copy(update=update)
    return changed(access_policy=policy)


def changed(**update: Any) -> Catalogue:
    return replace(catalogue(), **update)


@cache
def entra_only() -> Catalogue:
    """The reference organisation without Okta: every system that Okta has is Entra's, nobody is federated."""
    systems = {}
    for name, system in catalogue().systems.items():
        identity = system.identity
        if identity.provider is Provider.OKTA:
            update: dict[str, Any] = {"provider": Provider.ENTRA}
            if identity.federation is Federation.BUILT_IN:
                update["first_party"] = FirstParty.ADMIN_CENTERS
            system = system.model_copy(update={"identity": identity.model_copy(update=update)})
        systems[name] = system
    identity = catalogue().access_policy.identity.model_copy(
        update={"primary": Provider.ENTRA, "federation": ()}
    )
    policy = catalogue().access_policy.model_copy(update={"identity": identity})
    return changed(systems=systems, access_policy=policy)


def run(chosen: Catalogue | None = None, licences: Settings | None = None) -> tuple[Whole, list[Gap]]:
    """The registrations by type and name, and the stated gaps."""
    contexts: list[Context] = []
    preview = declared(
        chosen or catalogue(),
        licences or settings(),
        ("identity",),
        builders={"identity": _entra_half},
        contexts=contexts,
    )
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}, contexts[0].gaps


def _entra_half(context: Context) -> None:
    assert context.settings.entra is not None
    identity_entra.build(context, context.settings.entra)


def policies(whole: Whole) -> dict[str, Any]:
    """Inputs of the conditional access policies, by the end of their names."""
    return {
        name.removeprefix("conditional-access-"): item.inputs
        for (kind, name), item in whole.items()
        if kind == POLICY
    }


def strengths(whole: Whole) -> dict[str, set[str]]:
    """Combinations of the strengths by id."""
    return {
        item.id: set(item.inputs["allowedCombinations"])
        for (kind, _), item in whole.items()
        if kind == STRENGTH and item.id is not None
    }
