"""Public keys in OpenSSH's one-line form: is a text one, and which."""

from __future__ import annotations

from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_ssh_public_key

MINIMUM_RSA_BITS = 3072
"""NIST SP 800-57 part 1, revision 5, table 2: 128 bits of strength, what ECDSA P-256 has."""

KINDS = ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa")
"""Kinds that AWS Transfer Family takes for its users and counts as FIPS-compliant (its user guide, "Managing
SSH and PGP keys", read 2026-11-24). It takes Ed25519 as well, but not as FIPS-compliant."""


@lru_cache(maxsize=4096)
def public_key_fault(text: str) -> str:
    """What is wrong with a partner's public key; empty when nothing is. The text is never repeated."""
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        return "is a private key"
    kind = text.partition(" ")[0]
    if kind == "ssh-ed25519":
        return "is an Ed25519 key, which AWS does not count as FIPS-compliant: ask for ECDSA or RSA"
    if kind not in KINDS:
        return "is not a public key in OpenSSH's one-line form"
    key = _loaded(text)
    if key is None:
        return "begins like a public key and is none: its base64 part does not decode to one"
    if isinstance(key, RSAPublicKey) and key.key_size < MINIMUM_RSA_BITS:
        return f"is an RSA key of {key.key_size} bits, {MINIMUM_RSA_BITS} at least"
    return ""


def is_public_key(text: str) -> bool:
    """Whether a text is one line of OpenSSH's form that really holds a public key, of whatever strength."""
    return text.startswith((*KINDS, "ssh-ed25519")) and _loaded(text) is not None


def _loaded(text: str) -> object | None:
    try:
        return load_ssh_public_key(text.encode("ascii"))
    except (ValueError, UnicodeEncodeError, UnsupportedAlgorithm):
        return None


def material(text: str) -> str:
    """Kind and base64 part of a public key without its comment: what makes it the same key."""
    return " ".join(text.split()[:2])
