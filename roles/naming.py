"""Names that the program and the rules both derive from catalogue ids, so that neither looks them up."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

_ENTITLEMENTS: UUID = uuid5(NAMESPACE_URL, "https://billing-identity/entitlement")

ROLE_GROUP_PREFIX = "role-"
CLIENT_GROUP_PREFIX = "client-"
CONTAINED = "contained"
"""Name of the group that every sign-in policy denies; an incident is a membership in it."""
RECOVERY = "factor-recovery"
TEXT_CODES = "text-code-fallback"
VENDOR_STAFF = "vendor-staff"
HELP_DESK_SCOPE = "help-desk-scope"
FIXED_GROUPS = (CONTAINED, RECOVERY, TEXT_CODES, VENDOR_STAFF, HELP_DESK_SCOPE)
"""Groups that every organisation has once."""


def role_group_name(role: str) -> str:
    """Name of the group that carries a role, in Okta and in Entra: `role-payment-poster`."""
    return f"{ROLE_GROUP_PREFIX}{role}"


def client_group_name(client: str) -> str:
    """Name of the group of people assigned to a client: `client-mercy-general`."""
    return f"{CLIENT_GROUP_PREFIX}{client}"


def ring_group_name(ring: str) -> str:
    """Name of the group of people in a rollout ring: `ring-pilot`."""
    return f"ring-{ring}"


def eligible_group_name(role: str) -> str:
    """Name of the group of people who may ask for, or activate, a role: `eligible-okta-admin`."""
    return f"eligible-{role}"


def requestor_group_name(role: str) -> str:
    """Name of the Entra group of people who may request a role's access package: `may-request-okta-admin`."""
    return f"may-request-{role}"


def role_of_group(name: str) -> str | None:
    """The role that a group's name carries, or None for a group that carries none."""
    return name.removeprefix(ROLE_GROUP_PREFIX) if name.startswith(ROLE_GROUP_PREFIX) else None


def app_role_id(entitlement: str) -> str:
    """Id of the Entra app role for `system/entitlement`: a version 5 UUID, the same in every tenant."""
    return str(uuid5(_ENTITLEMENTS, entitlement))
