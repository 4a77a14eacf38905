"""Arguments of the conditional access baseline, and who is in each step of its rollout."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

import pulumi

from billing_identity.components.entra import conditional_access_parts as parts
from billing_identity.components.entra.conditional_access_parts import Ring, Users


class TierRule(TypedDict):
    """What one assurance tier asks on the applications that belong to it."""

    name: str
    applications: Sequence[pulumi.Input[str]]
    hours: int
    """Hours after which the sign-in is asked for again."""
    strength: pulumi.Input[str]
    zones: Sequence[str]
    """Names of the networks that it may be used from; empty for anywhere."""


class Workload(TypedDict):
    """A program's identity and the network that it calls from."""

    object_id: pulumi.Input[str]
    zone: str


class ConditionalAccessArgs(TypedDict):
    """Arguments of ConditionalAccess. Ids of groups are object ids; of strengths, ids with the path."""

    break_glass_groups: Sequence[str]
    """Declared emergency groups: excluded from every policy, and nobody else is."""
    administrator_groups: Sequence[str]
    """Cloud-only administrators, outside the federation: they prove themselves natively."""
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups that may not sign in at all."""
    rings: Sequence[Ring]
    """Rollout in order; the last is everybody. Administrators follow the first, people from outside the
    second."""
    workforce_strength: pulumi.Input[str]
    administrator_strength: pulumi.Input[str]
    bootstrap_strength: pulumi.Input[str]
    """For administrators who register their first key."""
    allowed_countries: Sequence[str]
    """ISO 3166 codes; sign-ins from elsewhere are blocked."""
    zones: NotRequired[dict[str, Sequence[str]]]
    """Networks by name, each a list of CIDR ranges."""
    session_hours: int
    """Hours after which anybody is asked again, whatever the application."""
    administrator_session_hours: int
    administrator_zones: NotRequired[Sequence[str]]
    """Networks that administrators may sign in from; empty for anywhere."""
    tiers: NotRequired[Sequence[TierRule]]
    managed_device: bool
    """Whether workforce and administrators need a compliant or domain-joined device."""
    limit_unmanaged: NotRequired[Sequence[pulumi.Input[str]]]
    """Applications that enforce their own limits in unmanaged browsers (Exchange and SharePoint do)."""
    terms_of_use: NotRequired[str]
    """Id of an agreement that the workforce accepts first."""
    risk_policies: bool
    """Whether sign-in and user risk count (Entra ID P2)."""
    vendor_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Staff of vendors with accounts of this tenant."""
    guest_applications: NotRequired[Sequence[pulumi.Input[str]]]
    """The applications that people from outside may reach; every other is blocked for them."""
    workloads: NotRequired[Sequence[Workload]]
    """Programs held to their networks (Workload ID)."""


Places = dict[str, pulumi.Input[str]]
"""Object ids of the named locations: `countries`, and each zone by its name."""


def by_ring(
    args: ConditionalAccessArgs, *, but: Sequence[str] = (), guests: bool = True
) -> Iterator[tuple[str, str, Users, bool]]:
    """For each ring: end of the slug, end of the title, people, whether it is enforced.

    The last ring's policies are named without the ring: they are the baseline that stays.
    """
    *early, last = args["rings"]
    emergency = args["break_glass_groups"]
    for ring in early:
        users = parts.members(ring["groups"], emergency, but=but)
        yield f"-{ring['name']}", f" ({ring['name']})", users, ring["enforced"]
    yield "", "", parts.everybody(emergency, but=but, guests=guests), last["enforced"]
