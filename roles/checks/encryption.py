"""Systems with ePHI encrypt it at rest and in transit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "encryption"
TITLE = "ePHI is encrypted at rest and in transit"
CITATIONS = ("164.312(a)(2)(iv)", "164.312(e)(2)(ii)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """ePHI systems without encryption, with an unknown or unvalidated module, or with TLS older than 1.2."""
    for system in catalogue.systems.values():
        if not holds_ephi(system):
            continue
        faults: list[tuple[tuple[str, ...], str]] = []
        if system.at_rest.algorithm in ("none", "unknown"):
            faults.append((("at_rest", "algorithm"), f"at rest with `{system.at_rest.algorithm}`"))
        elif not system.at_rest.fips_140_validated:
            faults.append(
                (("at_rest", "fips_140_validated"), "at rest by a module without FIPS 140 validation")
            )
        if system.minimum_tls in ("none", "unknown"):
            faults.append((("minimum_tls",), f"in transit with minimum TLS `{system.minimum_tls}`"))
        for path, how in faults:
            yield finding(
                catalogue,
                system,
                path,
                code=ID,
                message=f"system `{system.id}` keeps ePHI {how}",
                remedy="AES-256 or AES-128-GCM in a FIPS 140 validated module, and TLS 1.2 or newer",
                citations=CITATIONS,
            )
