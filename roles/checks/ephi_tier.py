"""Systems with ePHI, and those that guard everything else, ask for a phishing-resistant factor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import SystemKind
from billing_identity.roles.problems import Problem

ID = "ephi-tier"
TITLE = "ePHI and administration need a phishing-resistant factor"
CITATIONS = ("164.312(d)", "164.308(a)(5)(ii)(D)")

GUARDS = frozenset(
    {
        SystemKind.IDENTITY_PROVIDER,
        SystemKind.CLOUD,
        SystemKind.SIEM,
        SystemKind.VPN,
        SystemKind.REMOTE_DESKTOP,
    }
)
"""Kinds of system through which everything else can be reached or switched off."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Such systems in a tier that a weaker factor satisfies."""
    for system in catalogue.systems.values():
        tier = catalogue.access_policy.tiers[system.tier]
        if tier.phishing_resistant or not (holds_ephi(system) or system.system_kind in GUARDS):
            continue
        weak = [factor.value for factor in tier.factors if not factor.phishing_resistant]
        what = "holds ePHI" if holds_ephi(system) else f"is a {system.system_kind.value}"
        yield finding(
            catalogue,
            system,
            ("tier",),
            code=ID,
            message=f"system `{system.id}` {what}, and its tier `{system.tier}` is satisfied by "
            f"{spoken(weak)}",
            remedy="choose a tier with only fido2, device-bound or certificate; where the system has nothing "
            "better, an exception needs a compensating control",
            citations=CITATIONS,
        )
