"""A client's status, dates and systems agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing_identity.roles.checks.finding import Fault, finding, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client, Offboarding
from billing_identity.roles.problems import Problem

ID = "client-life"
TITLE = "A client's status and dates agree"
CITATIONS = ("164.504(e)(2)(ii)(J)", "164.308(b)(3)")
OWN_KEY_DAYS, LOCK_DAYS, CERTIFY_DAYS = 60, 90, 7
CODES = (ID, "client-agreement", "client-return")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Status without its dates, dates without the status, agreements that have ended, data not returned."""
    for client in catalogue.clients.values():
        yield from findings(
            catalogue,
            client,
            _shape(client, as_of),
            code=ID,
            severity="input",
            citations=CITATIONS,
            about=f"client `{client.id}` ",
        )
        ends = client.agreement.expires
        if client.status in ("onboarding", "active") and ends is not None and as_of > ends:
            yield finding(
                catalogue,
                client,
                ("agreement", "expires"),
                code="client-agreement",
                message=f"client `{client.id}` is {client.status}, and its agreement ended on {ends}",
                remedy="renew the agreement, or write `status: offboarding`",
                citations=CITATIONS,
                liftable=False,
            )
        leaving = client.offboarding
        if client.status == "offboarding" and leaving is not None and as_of > return_due(client, leaving):
            yield finding(
                catalogue,
                client,
                ("offboarding", "ends_on"),
                code="client-return",
                message=f"the contract of client `{client.id}` ended on {leaving.ends_on}, and its "
                f"data is still here",
                remedy="return and destroy the data, then write `status: closed` with the certificate",
                citations=CITATIONS,
            )


def return_due(client: Client, leaving: Offboarding) -> date:
    """Day by which the data must be gone: the contract's end or, once it is returned, the first day on which
    it can be, with a week to certify it. KMS ends a key's replica after 30 days and only then begins the
    primary's 30; versions in shared stores are locked for 90."""
    if leaving.returned_on is None:
        return leaving.ends_on
    destroyed = destroyed_at_the_earliest(client, leaving.returned_on)
    return max(leaving.ends_on, destroyed + timedelta(days=CERTIFY_DAYS))


def destroyed_at_the_earliest(client: Client, returned_on: date) -> date:
    """First day on which data that was returned on a day can be gone."""
    return returned_on + timedelta(days=OWN_KEY_DAYS if client.own_key else LOCK_DAYS)


def _shape(client: Client, as_of: date) -> Iterator[Fault]:
    leaving = client.offboarding
    if client.status in ("offboarding", "closed") and leaving is None:
        yield ("status",), f"is {client.status} without `offboarding`", "add `offboarding` with `ends_on`"
    if client.status in ("onboarding", "active") and leaving is not None:
        yield ("offboarding",), f"is {client.status} and has `offboarding`", "remove it, or change the status"
    if client.status == "closed" and leaving is not None:
        for name in ("returned_on", "certificate"):
            if getattr(leaving, name) is None:
                yield ("offboarding",), f"is closed without `{name}`", f"add `offboarding.{name}`"
    if leaving is not None:
        yield from _order(client.status, leaving, as_of)
    if client.agreement.signed > as_of and client.status != "onboarding":
        yield (
            ("agreement", "signed"),
            f"signs on {client.agreement.signed}, still to come",
            "correct date or status",
        )
    for index, system in enumerate(client.systems):
        if system in client.systems[:index]:
            yield ("systems", index), f"lists `{system}` twice", "remove one"


def _order(status: str, leaving: Offboarding, as_of: date) -> Iterator[Fault]:
    """Return comes before destruction, and both before the end: no step is skipped, none is in the future."""
    if leaving.returned_on is not None and leaving.returned_on > as_of:
        yield (
            ("offboarding", "returned_on"),
            f"returned its data on {leaving.returned_on}, still to come",
            "write the day on which the client confirmed it, once it has",
        )
    if leaving.certificate is not None and leaving.returned_on is None:
        yield (
            ("offboarding", "certificate"),
            "has a certificate of destruction and no `returned_on`: data is returned before it is destroyed",
            "return it, write `offboarding.returned_on`, then destroy and certify",
        )
    if leaving.certificate is not None and status == "offboarding":
        yield (
            ("offboarding", "certificate"),
            "has a certificate of destruction and is still offboarding",
            "write `status: closed`, or take the certificate out until the data is gone",
        )
