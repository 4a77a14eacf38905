"""Clients of certain kinds have a key of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.exchange import exchanges
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "client-key"
TITLE = "Clients that must have a key of their own have one"
CITATIONS = ("164.312(a)(2)(iv)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Clients of a kind in the access policy's `own_key_for` that share the key of all."""
    kinds = catalogue.access_policy.own_key_for
    for client in catalogue.clients.values():
        if client.covered_entity in kinds and not client.own_key and exchanges(client):
            yield finding(
                catalogue,
                client,
                ("own_key",),
                code=ID,
                message=f"client `{client.id}` is a {client.covered_entity} and has no key of its own",
                remedy="write `own_key: true`; the access policy asks for it (`own_key_for`)",
                citations=CITATIONS,
            )
