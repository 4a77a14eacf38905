"""Each live object that the settings name has one purpose there.

The break-glass group holds the sealed accounts and nobody else: every policy leaves it out, so whoever came
into it by another way would pass them all. And what one entry fills or attaches must not be what another one
trusts: administrators filled by a group rule, or one application held to two policies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from billing_identity.stacks.settings import EntraSettings, OktaSettings

Path = tuple[str, ...]
Fault = tuple[Path, str, str]
SEALED = "break_glass_group"
OKTA = (
    *(SEALED, "administrators_group", "everyone_group", "client_id", "admin_console_app", "dashboard_app"),
    *("default_session_policy", "account_management_policy"),
)
ENTRA = (SEALED, "administrators_group", "client_id", "tenant_id", "terms_of_use")
"""Settings that name one live object each."""


def shared_objects(
    okta: OktaSettings | None, entra: EntraSettings | None, adopted: Mapping[str, str]
) -> Iterator[Fault]:
    """Path, message and remedy for each object that is named for a second purpose."""
    named: dict[Path, str] = {}
    for provider, settings, names in (("okta", okta, OKTA), ("entra", entra, ENTRA)):
        for name in names if settings is not None else ():
            if (live := getattr(settings, name)) is not None:
                named[(provider, name)] = live
    first: dict[str, Path] = {}
    for path, live in named.items():
        known = first.setdefault(live, path)
        if known == path:
            continue
        if known[1] == SEALED:
            yield (
                known,
                f"the break-glass group `{live}` is also `{path[1]}`: its members would pass every policy",
                "name the group that holds the sealed accounts alone",
            )
        else:
            yield (
                path,
                f"`{live}` is `{known[1]}` and `{path[1]}`: one of the two is another object",
                "look up each id in the console",
            )
    for key, live in adopted.items():
        known = first.get(live)
        if known is None:
            continue
        if known[1] == SEALED:
            yield (
                ("adopted", key),
                f"`{key}` would fill the break-glass group `{live}`, whose members pass every policy",
                f"adopt another group; `{known[0]}.{SEALED}` is the sealed accounts' alone",
            )
        else:
            yield (
                ("adopted", key),
                f"`{key}` would take over `{live}`, which is `{known[0]}.{known[1]}`",
                "adopt another object",
            )
