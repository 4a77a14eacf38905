"""A service account: a program's identity. Never interactive, one credential each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import (
    EntitlementRef,
    Entity,
    RoleRef,
    Strict,
    SystemRef,
    Text,
    Title,
    Url,
    ZoneRef,
)
from billing_identity.roles.model.vocabulary import Provider


class PrivateKeyJwt(Strict):
    """The program signs a JWT with a private key that only it holds; the provider knows the public half."""

    method: Literal["private-key-jwt"]
    key_id: Annotated[str, StringConstraints(min_length=4, max_length=80)]
    """`kid` of the public key; no two accounts share one."""
    jwks_uri: Url
    """Where the program publishes its public keys."""


class WorkloadFederation(Strict):
    """The program's own platform vouches for it; there is no long-lived credential."""

    method: Literal["workload-federation"]
    issuer: Url
    subject: Annotated[str, StringConstraints(min_length=3, max_length=400)]
    """Subject of the token; with the issuer it is unique among all accounts."""
    audience: Annotated[str, StringConstraints(min_length=3, max_length=200)]


class ServiceAccount(Entity):
    """A program's identity. One file in `service-accounts/`."""

    kind: Literal["service-account"] = "service-account"
    title: Title
    owner: RoleRef
    purpose: Text
    system: SystemRef
    """System that it works for."""
    provider: Provider
    """Where it is registered: okta or entra."""
    scopes: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:/-]{2,120}$")], ...] = Field(
        min_length=1
    )
    """API scopes of the provider or system, the least that work."""
    entitlements: tuple[EntitlementRef, ...] = ()
    credential: PrivateKeyJwt | WorkloadFederation = Field(discriminator="method")
    rotation_days: int = Field(ge=1, le=365)
    """Longest age of the credential in days; for federation, the review period of the trust."""
    rotated: date
    """Day of the last rotation or review."""
    zone: ZoneRef
    """Network zone that its calls come from."""
    interactive: Literal[False] = False
    """A service account never signs in to a screen."""
