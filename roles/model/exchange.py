"""Partners that come to us by SFTP: from where, and with which public keys."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import RoleRef, Strict


class PartnerKey(Strict):
    """A public key of a partner. The private half never leaves the partner."""

    public_key: Annotated[str, StringConstraints(min_length=8, max_length=2000, strip_whitespace=True)]
    """One line in OpenSSH's form: `ecdsa-sha2-nistp384 AAAA...` or `ssh-rsa AAAA...`."""
    owner: RoleRef
    """Who of us received it, checked its fingerprint by another way, and answers for its replacement."""
    replace_by: date
    """Last day on which it is accepted."""


class SftpPartner(Strict):
    """The other end of a flow that comes to our own SFTP server."""

    addresses: tuple[Annotated[str, StringConstraints(min_length=3, max_length=60)], ...] = Field(
        min_length=1
    )
    """Networks from which it connects, such as `203.0.113.16/28`; nobody else reaches the server."""
    keys: tuple[PartnerKey, ...] = Field(min_length=1, max_length=10)
    """Two while one replaces the other; AWS Transfer Family takes ten."""
