"""The break-glass group holds the sealed accounts and nobody else: it is no other group of the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing_identity.stacks.settings import EntraSettings, OktaSettings

Fault = tuple[tuple[str, ...], str, str]


def sealed_group_faults(
    okta: OktaSettings | None, entra: EntraSettings | None, adopted: Mapping[str, str]
) -> Iterator[Fault]:
    """Path, message and remedy for a break-glass group that is also administrators', everybody's or a role's.

    Every policy leaves that group out: whoever is in it by another way passes them all.
    """
    groups: dict[str, tuple[str, dict[str, str]]] = {}
    if okta is not None:
        others = {"administrators_group": okta.administrators_group, "everyone_group": okta.everyone_group}
        groups["okta"] = (okta.break_glass_group, others)
    if entra is not None:
        groups["entra"] = (entra.break_glass_group, {"administrators_group": entra.administrators_group})
    for provider, (sealed, others) in groups.items():
        for name, group in others.items():
            if group == sealed:
                yield (
                    (provider, "break_glass_group"),
                    f"the break-glass group `{sealed}` is also `{name}`: its members would pass every policy",
                    "name the group that holds the sealed accounts alone",
                )
        for key, live in adopted.items():
            if live == sealed:
                yield (
                    ("adopted", key),
                    f"`{key}` would fill the break-glass group `{sealed}`, whose members pass every policy",
                    f"adopt another group; `{provider}.break_glass_group` is the sealed accounts' alone",
                )
