"""ePHI and administration are reached from managed devices, administration from known networks too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.ephi_tier import GUARDS
from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import SystemKind
from billing_identity.roles.problems import Problem

ID = "device-assurance"
TITLE = "ePHI and administration need a managed device"
CITATIONS = ("164.310(b)", "164.310(c)", "164.312(d)")

FROM_NETWORKS = frozenset({SystemKind.IDENTITY_PROVIDER, SystemKind.CLOUD, SystemKind.SIEM})
"""Kinds of system whose administration is bound to the company's networks besides."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Tiers of such systems without a managed device, and tiers of administration without a network."""
    policy = catalogue.access_policy
    for name, tier in policy.tiers.items():
        systems = [system for system in catalogue.systems.values() if system.tier == name]
        guarded = [item.id for item in systems if holds_ephi(item) or item.system_kind in GUARDS]
        bound = [item.id for item in systems if item.system_kind in FROM_NETWORKS]
        for field, missing, found, what, remedy in (
            (
                "managed_device",
                not tier.managed_device,
                guarded,
                "any device",
                "write `managed_device: true`",
            ),
            ("zones", not tier.zones, bound, "any network", "name the company's own networks under `zones`"),
        ):
            if missing and found:
                yield finding(
                    catalogue,
                    policy,
                    ("tiers", name, field),
                    code=ID,
                    message=f"tier `{name}` lets {what} reach {listed(sorted(found))}",
                    remedy=remedy,
                    citations=CITATIONS,
                )
