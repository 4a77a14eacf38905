"""A trusted location lowers what a sign-in must show."""

from __future__ import annotations

from ipaddress import ip_network

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag


def _wide(text: str) -> bool:
    """Whether a range holds more than 65,536 IPv4 (or more than a /32 of IPv6) addresses, or is none."""
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return True
    return network.prefixlen < (16 if network.version == 4 else 32)


RULE = requirement(
    title="Trusted locations are not the whole internet",
    severity=Severity.HIGH,
    why="A trusted location lowers what a sign-in must show.",
    remedy="list your own addresses; or leave `trusted` out",
    types=("azuread:index/namedLocation:NamedLocation",),
    wants=(
        HoldsNone(
            path="ip.ipRanges",
            refuses=_wide,
            instead=("203.0.113.0/27",),
            examples_refused=("0.0.0.0/0", "10.0.0.0/8", "::/0"),
        ),
        Flag(path="country.includeUnknownCountriesAndRegions", wanted=False),
    ),
)
