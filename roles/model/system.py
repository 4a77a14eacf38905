"""A system: an application or store that holds or reaches ePHI, and how people get into it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import (
    Change,
    ClientRef,
    Country,
    Entity,
    RoleRef,
    Slug,
    Strict,
    Text,
    TierRef,
    Title,
    Url,
    VendorRef,
)
from billing_identity.roles.model.entra import DirectoryRole, FirstParty
from billing_identity.roles.model.exchange import SftpPartner
from billing_identity.roles.model.vocabulary import (
    Cadence,
    Channel,
    DataClass,
    Federation,
    Level,
    Provider,
    Provisioning,
    RiskTag,
    SystemKind,
)


class Entitlement(Strict):
    """One permission of a system."""

    title: Title
    description: Text
    data_classes: tuple[DataClass, ...] = ()
    """What it reaches; a subset of the system's."""
    risks: tuple[RiskTag, ...] = ()
    """Why it is dangerous; separation-of-duties rules select by these."""
    app_role: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")] | None = None
    """Value that the application itself expects; by default the entitlement's name."""
    permission_set: Annotated[str, StringConstraints(pattern=r"^[\w+=,.@-]{1,32}$")] | None = None
    """For AWS: name of the IAM Identity Center permission set (at most 32 characters)."""
    directory_roles: tuple[DirectoryRole, ...] = ()
    """For Entra itself: built-in directory roles, held through a group that is activated for a while."""
    administrative_unit: Slug | None = None
    """For `directory_roles`: the unit of people that they reach; the whole tenant without it."""


class LocalAccounts(Strict):
    """What stands in for federation where a system has none."""

    individual: Literal[True]
    """Every person has an account of their own; a shared one is refused (164.312(a)(2)(i))."""
    mfa: Text
    """The portal's own second factor, and who checks that it is on."""
    provisioned_by: RoleRef
    """Who makes accounts, by hand."""
    leaver_task: Text
    """What is done, in which screen, when somebody leaves."""
    leaver_hours: int = Field(ge=1, le=24)
    """Hours within which the leaver task is done; the same day at the latest."""
    access_list_review: Cadence
    """How often the portal's user list is compared with the catalogue."""


class PasswordStore(Strict):
    """Passwords that a system keeps itself: how they are hashed. Weak or missing values block."""

    algorithm: Literal[
        "argon2id",
        "bcrypt",
        "scrypt",
        "pbkdf2-hmac-sha256",
        "pbkdf2-hmac-sha512",
        "md5",
        "sha1",
        "sha256",
        "plain",
        "unknown",
    ]
    """As the vendor states it; the check accepts only the first five, each at its minimum cost."""
    cost: dict[Literal["memory_kib", "iterations", "parallelism", "rounds", "n", "r", "p"], int] = Field(
        default={}
    )
    """Cost parameters as the vendor states them."""
    attested_by: Text
    """Document or person behind the statement."""
    attested_on: date


class Identity(Strict):
    """Exactly one way in."""

    provider: Provider
    federation: Federation | None = None
    """Required unless the provider is `none`."""
    provisioning: Provisioning
    sso_url: Url | None = None
    """SAML assertion consumer service."""
    audience: Annotated[str, StringConstraints(min_length=3, max_length=400)] | None = None
    """SAML audience (entity id)."""
    redirect_uris: tuple[Url, ...] = ()
    """OIDC redirect addresses."""
    first_party: FirstParty | None = None
    """Built-in at Entra: which of Microsoft's services it is, so that conditional access can name it."""
    jwks_uri: Url | None = None
    """OIDC: where the application publishes its public keys. Required there: no secret is ever shared."""
    sign_in_url: Url | None = None
    local_accounts: LocalAccounts | None = None
    """Required when the provider is `none`."""
    passwords: PasswordStore | None = None
    """Required when the system keeps passwords of its own (always when the provider is `none`)."""


class Flow(Strict):
    """Data that leaves or enters a system."""

    name: Slug
    counterparty: Title
    """Who is at the other end."""
    vendor: VendorRef | None = None
    client: ClientRef | None = None
    direction: Literal["in", "out", "both"]
    data_classes: tuple[DataClass, ...] = Field(min_length=1)
    channel: Channel
    end_to_end_encrypted: bool
    """For e-mail with ePHI anything but true is an error."""
    countries: tuple[Country, ...] = Field(min_length=1)
    """Where the data comes to rest or is viewed."""
    formats: tuple[Title, ...] = ()
    """For example `X12 837P`."""
    since: date | None = None
    """Day the flow began; one that began after its vendor's agreement ended is refused."""
    sftp: SftpPartner | None = None
    """When the other end comes to our own SFTP server: from where and with which keys. One user for each
    client: the one that `client` names, or every client that uses a system of `vendor`."""


class AtRest(Strict):
    """How a system encrypts what it stores."""

    algorithm: Literal["AES-256", "AES-128-GCM", "AES-256-GCM", "none", "unknown"]
    fips_140_validated: bool
    key_management: Text
    """Whose keys, where, how rotated."""


class System(Entity):
    """An application or store. One file in `systems/`."""

    kind: Literal["system"] = "system"
    title: Title
    system_kind: SystemKind
    purpose: Text
    data_classes: tuple[DataClass, ...] = Field(min_length=1)
    owner: RoleRef
    """Who answers for the system."""
    approver: RoleRef
    """Data owner: who approves access to it."""
    vendor: VendorRef | None = None
    """Whose service it is; none for what the company runs itself."""
    identity: Identity
    tier: TierRef
    """Assurance tier of its sign-in."""
    review: Cadence
    """How often access to it is certified."""
    criticality: Level
    """164.308(a)(7)(ii)(E)."""
    entitlements: dict[Slug, Entitlement] = Field(min_length=1)
    flows: tuple[Flow, ...] = ()
    hosted_in: tuple[Country, ...] = Field(min_length=1)
    at_rest: AtRest
    minimum_tls: Literal["1.2", "1.3", "none", "unknown"]
    audit_log: Text
    """Where its audit log is and how it reaches the archive."""
    changed: Change | None = None
