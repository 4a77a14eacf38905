"""What people sign in to through a provider: whoever runs its console can let anybody into it."""

from __future__ import annotations

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider, SystemKind


def is_console(catalogue: Catalogue, system: str) -> bool:
    """Whether a system is the administration of an identity provider."""
    return catalogue.systems[system].system_kind is SystemKind.IDENTITY_PROVIDER


def behind(catalogue: Catalogue, system: str) -> tuple[str, ...]:
    """Systems that people sign in to through a console's provider, also by federation; itself left out."""
    providers: set[Provider] = {catalogue.systems[system].identity.provider}
    links = catalogue.access_policy.identity.federation
    for _ in links:
        providers |= {link.target for link in links if link.source in providers}
    return tuple(
        sorted(
            other.id
            for other in catalogue.systems.values()
            if other.id != system and other.identity.provider in providers
        )
    )
