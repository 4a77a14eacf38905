"""What can be adopted: by kind of key in the settings' `adopted`, the live object's type and form of id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

OKTA_GROUP = re.compile(r"00g[A-Za-z0-9]{17}")
OKTA_APP = re.compile(r"0oa[A-Za-z0-9]{17}")
OKTA_POLICY = re.compile(r"(rst|00p)[A-Za-z0-9]{17}")
OKTA_ZONE = re.compile(r"nzo[A-Za-z0-9]{17}")
ENTRA_OBJECT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class AdoptedKind:
    """One kind of key.

    `types` are the resource types that one of them may be; `name` makes the resource's name from what stands
    after the colon; `form` is the live id's pattern; `import_id` makes what the provider imports by. `kept`
    are the descriptive properties that stay as they are while the key stands: none that decides access.
    """

    types: tuple[str, ...]
    form: re.Pattern[str]
    example: str
    catalogue: str
    """Catalogue kind that the key's second part is an id of."""
    prefix: str = ""
    import_id: str = "{}"
    kept: tuple[str, ...] = field(default=())

    def resource_name(self, key: str) -> str:
        """Name of the program's resource: `client:mercy` is `client-mercy`."""
        return self.prefix + key


KINDS: Mapping[str, AdoptedKind] = {
    "role": AdoptedKind(
        ("okta:group/group:Group",),
        OKTA_GROUP,
        "00g1a2b3c4D5e6F7g8h9",
        "role",
        kept=("description",),
    ),
    "client": AdoptedKind(
        ("okta:group/group:Group",),
        OKTA_GROUP,
        "00g1a2b3c4D5e6F7g8h9",
        "client",
        prefix="client-",
        kept=("name", "description"),
    ),
    "system": AdoptedKind(
        ("okta:app/saml:Saml", "okta:app/oAuth:OAuth"),
        OKTA_APP,
        "0oa1a2b3c4D5e6F7g8h9",
        "system",
        kept=("label", "adminNote"),
    ),
    "tier": AdoptedKind(
        ("okta:index/appSignonPolicy:AppSignonPolicy",),
        OKTA_POLICY,
        "rst1a2b3c4D5e6F7g8h9",
        "tier",
        prefix="tier-",
        kept=("name", "description"),
    ),
    "zone": AdoptedKind(
        ("okta:network/zone:Zone",),
        OKTA_ZONE,
        "nzo1a2b3c4D5e6F7g8h9",
        "zone",
        prefix="network-",
        kept=("name",),
    ),
    "entra-role": AdoptedKind(
        ("azuread:index/group:Group", "azuread:index/groupWithoutMembers:GroupWithoutMembers"),
        ENTRA_OBJECT,
        "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d",
        "role",
        import_id="/groups/{}",
        kept=("description",),
    ),
    "entra-client": AdoptedKind(
        ("azuread:index/group:Group",),
        ENTRA_OBJECT,
        "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d",
        "client",
        prefix="client-",
        import_id="/groups/{}",
        kept=("displayName", "description"),
    ),
    "entra-system": AdoptedKind(
        ("azuread:index/application:Application",),
        ENTRA_OBJECT,
        "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d",
        "system",
        import_id="/applications/{}",
        kept=("displayName", "description", "preventDuplicateNames"),
    ),
    "entra-principal": AdoptedKind(
        ("azuread:index/servicePrincipal:ServicePrincipal",),
        ENTRA_OBJECT,
        "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6d",
        "system",
        import_id="/servicePrincipals/{}",
        kept=("description", "notes"),
    ),
}


ROLE_GROUPS: Mapping[str, Literal["okta", "entra"]] = {"role": "okta", "entra-role": "entra"}
"""Kinds that are a role's group, with the key of the role's `live_groups` that says its name: the import is
refused where the live name is another one, and rules find the group by it."""


def adopted_fault(key: str, live: str) -> tuple[str, str] | None:
    """What is wrong with one entry of `adopted`, as (message, remedy); None when nothing is."""
    kind, _, name = key.partition(":")
    if kind not in KINDS or not name:
        return (
            f"`{key}` is not something that can be adopted",
            f"write one of: {', '.join(KINDS)}, a colon, an id",
        )
    known = KINDS[kind]
    if known.form.fullmatch(live) is None:
        return f"`{live}` is not the id of a live {kind}", f"write an id such as `{known.example}`"
    return None
