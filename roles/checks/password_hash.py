"""Passwords that a system keeps itself are hashed with a strong algorithm at its minimum cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import PasswordStore
from billing_identity.roles.problems import Problem

ID = "password-hash"
TITLE = "Stored passwords are hashed strongly"
CITATIONS = ("164.308(a)(5)(ii)(D)", "164.312(d)")

MINIMUM: dict[str, dict[str, int]] = {
    "argon2id": {"memory_kib": 19456, "iterations": 2, "parallelism": 1},
    "bcrypt": {"rounds": 10},
    "scrypt": {"n": 2**17, "r": 8, "p": 1},
    "pbkdf2-hmac-sha256": {"iterations": 600_000},
    "pbkdf2-hmac-sha512": {"iterations": 210_000},
}
"""Least cost by algorithm (OWASP Password Storage Cheat Sheet). Memory in KiB; `rounds` is an exponent."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Weak or unknown algorithms; costs missing or too low; attestations from the future."""
    for system in catalogue.systems.values():
        store = system.identity.passwords
        if store is None:
            continue
        for field, message in _faults(store, as_of):
            yield finding(
                catalogue,
                system,
                ("identity", "passwords", *field),
                code=ID,
                message=f"system `{system.id}` stores passwords {message}",
                remedy="have the vendor attest argon2id, bcrypt, scrypt or PBKDF2 at the least cost; "
                "until then an exception needs a compensating control",
                citations=CITATIONS,
            )


def _faults(store: PasswordStore, as_of: date) -> Iterator[tuple[tuple[str, ...], str]]:
    if store.attested_on > as_of:
        yield ("attested_on",), f"as attested on {store.attested_on}, which is still to come"
    minimum = MINIMUM.get(store.algorithm)
    if minimum is None:
        yield (
            ("algorithm",),
            f"with `{store.algorithm}`" if store.algorithm != "unknown" else "in an unknown way",
        )
        return
    cost = {str(name): value for name, value in store.cost.items()}
    low = [
        f"{name} {cost.get(name, 'missing')} (at least {least})"
        for name, least in minimum.items()
        if cost.get(name, 0) < least
    ]
    if low:
        yield ("cost",), f"with {store.algorithm} at too low a cost: {', '.join(low)}"
