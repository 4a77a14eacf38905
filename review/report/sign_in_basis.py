"""Who holds a system's sign-in to its tier: a policy that the preview declares, a stated gap's stand-in,
or the portal itself. The catalogue alone declares nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from billing_identity.review.gap_report import gaps_of
from billing_identity.review.preview.record import Preview, reveal
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.entra.gaps import CONDITIONAL_ACCESS

DECLARED = "as declared"
GAP = "stated gap"
PORTAL = "by the portal itself"

EMERGENCY = "break-glass"
"""Name of the rule for the emergency accounts (`components.okta.sign_on_rules`)."""
_OKTA_RULES = "okta:app/signonPolicyRules:SignonPolicyRules"
_ENTRA_POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"


class SignInBasis:
    """What a preview declares of signing in. Without a preview nothing is declared."""

    def __init__(self, preview: Preview | None) -> None:
        registrations = preview.registrations if preview is not None else ()
        self._okta: dict[str, list[Mapping[str, Any]]] = {}
        self._entra: set[str] = set()
        self._applications: set[str] = set()
        for item in registrations:
            inputs: Mapping[str, Any] = reveal(item.inputs)
            if item.type == _OKTA_RULES:
                self._okta[item.name] = list(inputs.get("rules", ()))
            elif item.type.startswith("okta:app/"):
                self._applications.add(item.name)
            elif item.type == _ENTRA_POLICY and inputs.get("state") == "enabled":
                self._entra.add(item.name)
        self._gaps = gaps_of(preview) if preview is not None else []

    def of(self, system: System) -> str:
        """`DECLARED`, `GAP` or `PORTAL`.

        Declared means, in Okta, the system's application and the rules of its tier; in Entra, the enabled
        conditional access of its tier for the whole workforce (a pilot or report-only mode is none).
        """
        match system.identity.provider:
            case Provider.NONE:
                return PORTAL
            case Provider.OKTA:
                stands = system.id in self._applications and f"tier-{system.tier}" in self._okta
            case Provider.ENTRA:
                stands = f"conditional-access-tier-{system.tier}" in self._entra
        return DECLARED if stands else GAP

    def managed_device(self, system: System) -> bool:
        """Whether a policy asks for the managed device."""
        if system.identity.provider is Provider.OKTA:
            rules = self._ways_in(system)
            return bool(rules) and all(rule.get("deviceIsManaged") is True for rule in rules)
        return system.identity.provider is Provider.ENTRA and "conditional-access-device" in self._entra

    def zones(self, system: System) -> bool:
        """Whether a policy binds the sign-in to networks."""
        if system.identity.provider is Provider.OKTA:
            rules = self._ways_in(system)
            return bool(rules) and all(
                rule.get("networkConnection") == "ZONE" and rule.get("networkIncludes") for rule in rules
            )
        return f"conditional-access-networks-{system.tier}" in self._entra

    def _ways_in(self, system: System) -> list[Mapping[str, Any]]:
        """The rules of a tier in Okta that let people in, the emergency accounts' own left out."""
        rules = self._okta.get(f"tier-{system.tier}", [])
        return [rule for rule in rules if rule.get("access") == "ALLOW" and rule.get("name") != EMERGENCY]

    def words(self, system: System) -> str:
        """The basis for people; a gap with its reason and what stands in for it."""
        basis = self.of(system)
        if basis != GAP:
            return basis
        provider = system.identity.provider
        for gap in self._gaps:
            if provider is Provider.ENTRA and gap["control"] == CONDITIONAL_ACCESS:
                return f"{GAP}: {gap['why']}; instead: {gap['standIn']}"
        return f"{GAP}: the preview declares no sign-in policy for it"
