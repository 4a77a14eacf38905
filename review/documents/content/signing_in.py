"""Through what people sign in: a document claims for each provider what is declared there, and for accounts
that a system keeps itself what a person does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing_identity.review.documents.model import Statement
from billing_identity.review.documents.writer import Writer
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import DataClass, Provider

POLICIES = {
    Provider.OKTA: "okta:app/signonPolicyRules:SignonPolicyRules",
    Provider.ENTRA: "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
}
"""Pulumi type of a provider's sign-in policies."""


def providers(w: Writer, *, ephi: bool = False) -> list[Provider]:
    """Providers through which people sign in to a system (with ePHI)."""
    used = {system.identity.provider for system in _systems(w, ephi=ephi)}
    return [provider for provider in POLICIES if provider in used]


def on_their_own(w: Writer, *, ephi: bool = False) -> list[System]:
    """Systems (with ePHI) to which no provider signs people in."""
    return [system for system in _systems(w, ephi=ephi) if system.identity.provider not in POLICIES]


def _systems(w: Writer, *, ephi: bool) -> Iterator[System]:
    return (
        system for system in w.catalogue.systems.values() if not ephi or DataClass.EPHI in system.data_classes
    )


def answerable(w: Writer, systems: Iterable[System]) -> list[str]:
    """Roles that make the accounts of systems; the security officer where a system names none."""
    found = {
        system.identity.local_accounts.provisioned_by
        if system.identity.local_accounts is not None
        else w.policy.security_officer
        for system in systems
    }
    return sorted(str(role) for role in found)


def by_hand(w: Writer, text: str, cite: str, *, ephi: bool = False) -> tuple[Statement, ...]:
    """What people do in systems with accounts of their own; `text` has {systems} in it. None without any."""
    systems = on_their_own(w, ephi=ephi)
    if not systems:
        return ()
    names = ", ".join(system.title for system in systems)
    return (w.say(text.format(systems=names), people=answerable(w, systems), cite=[cite]),)
