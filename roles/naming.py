"""Names that the program and the rules both derive from catalogue ids, so that neither looks them up."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

_ENTITLEMENTS: UUID = uuid5(NAMESPACE_URL, "https://billing-identity/entitlement")

ROLE_GROUP_PREFIX = "role-"
CLIENT_GROUP_PREFIX = "client-"


def role_group_name(role: str) -> str:
    """Name of the group that carries a role, in Okta and in Entra: `role-payment-poster`."""
    return f"{ROLE_GROUP_PREFIX}{role}"


def client_group_name(client: str) -> str:
    """Name of the group of people assigned to a client: `client-mercy-general`."""
    return f"{CLIENT_GROUP_PREFIX}{client}"


def role_of_group(name: str) -> str | None:
    """The role that a group's name carries, or None for a group that carries none."""
    return name.removeprefix(ROLE_GROUP_PREFIX) if name.startswith(ROLE_GROUP_PREFIX) else None


def app_role_id(entitlement: str) -> str:
    """Id of the Entra app role for `system/entitlement`: a version 5 UUID, the same in every tenant."""
    return str(uuid5(_ENTITLEMENTS, entitlement))
