"""An agreement that has run out takes its vendor's systems with it, and nothing new is built on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.access import is_platform
from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.checks.reach import later
from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vendor import Baa, Vendor
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "baa-term"
TITLE = "Agreements are in force"
CITATIONS = ("164.308(b)(1)", "164.308(b)(3)", "164.504(e)(1)(ii)")
CODES = (ID, "baa-new-access", "baa-lapsed-flow", "baa-expiring")

NOTICE_DAYS = 60
"""Days before expiry from which it is announced."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Agreements near or past their end.

    Near the end, in the grace period and after it: a notice, for the withdrawal takes effect by itself, and
    what no resource of ours withdraws (an old flow at the vendor's end, a platform) is named for people.
    Blocking, and not to be lifted: access and flows that began after the end or at an unstated time.
    """
    for vendor in catalogue.vendors.values():
        baa = vendor.baa
        if baa is None:
            continue
        if baa.signed > as_of or baa.expires < baa.signed:
            yield finding(
                catalogue,
                vendor,
                ("baa", "signed"),
                code=ID,
                message=f"the agreement with `{vendor.id}` is signed on {baa.signed}, "
                + ("which is still to come" if baa.signed > as_of else f"after its end on {baa.expires}"),
                remedy="correct the dates",
                severity="input",
            )
        elif as_of > baa.expires:
            yield from _lapsed(catalogue, vendor, baa, as_of)
        elif as_of > later(baa.expires, -NOTICE_DAYS):
            yield finding(
                catalogue,
                vendor,
                ("baa", "expires"),
                code="baa-expiring",
                message=f"the agreement with `{vendor.id}` ends on {baa.expires}, in "
                f"{(baa.expires - as_of).days} days",
                remedy="renew and reaffirm it",
                severity="notice",
                citations=CITATIONS,
            )


def _lapsed(catalogue: Catalogue, vendor: Vendor, baa: Baa, as_of: date) -> Iterator[Problem]:
    last = later(baa.expires, baa.grace_days)
    systems = [system for system in catalogue.systems.values() if system.vendor == vendor.id]
    platforms = [system.id for system in systems if is_platform(system)]
    others = [system.id for system in systems if not is_platform(system)]
    effect = "was withdrawn after" if as_of > last else "is withdrawn after"
    sentences = [f"the agreement with `{vendor.id}` ended on {baa.expires}"]
    if others or not platforms:
        sentences.append(f"access to {listed(others) or 'nothing'} {effect} {last}")
    if platforms:
        sentences.append(
            f"{listed(platforms)} stays, for the company's own controls stand on it: every day without an "
            "agreement is for people to end"
        )
    yield finding(
        catalogue,
        vendor,
        ("baa", "expires"),
        code=ID,
        message="; ".join(sentences),
        remedy="renew the agreement, or plan without the vendor",
        severity="notice",
        citations=CITATIONS,
    )
    names = {system.id for system in systems}
    for role in catalogue.roles.values():
        for index, grant in enumerate(role.grants):
            if grant.entitlement.system in names and _is_new(grant.since, baa):
                yield _new(
                    catalogue,
                    role,
                    ("grants", index, "entitlement"),
                    f"role `{role.id}` is granted `{grant.entitlement}`",
                    grant.since,
                    vendor,
                    baa,
                )
    for system in catalogue.systems.values():
        for index, flow in enumerate(system.flows):
            if flow.vendor != vendor.id or DataClass.EPHI not in flow.data_classes:
                continue
            if _is_new(flow.since, baa):
                what = f"flow `{flow.name}` of `{system.id}` moves ePHI"
                yield _new(catalogue, system, ("flows", index, "vendor"), what, flow.since, vendor, baa)
            elif as_of > last:
                yield _old_flow(catalogue, system, index, vendor, baa)


def _is_new(since: date | None, baa: Baa) -> bool:
    return since is None or since > baa.expires


def _new(
    catalogue: Catalogue, entity: Entity, path: Steps, what: str, since: date | None, vendor: Vendor, baa: Baa
) -> Problem:
    when = f"since {since}" if since is not None else "without a `since`"
    return finding(
        catalogue,
        entity,
        path,
        code="baa-new-access",
        message=f"{what} {when}, and the agreement with `{vendor.id}` ended on {baa.expires}",
        remedy="renew the agreement first"
        + ("" if since else "; what began before its end says so in `since`"),
        citations=CITATIONS,
        liftable=False,
    )


def _old_flow(catalogue: Catalogue, system: System, index: int, vendor: Vendor, baa: Baa) -> Problem:
    """A notice alone: a date must not hold up every deployment, an incident's among them."""
    flow = system.flows[index]
    ours = flow.sftp is not None
    return finding(
        catalogue,
        system,
        ("flows", index, "vendor"),
        code="baa-lapsed-flow",
        message=f"flow `{flow.name}` of `{system.id}` moves ePHI to `{vendor.id}`, without an agreement "
        f"since {baa.expires}; "
        + ("its users of our SFTP server are gone" if ours else "no resource of ours can stop it"),
        remedy="renew the agreement" if ours else "stop the flow in the system today, or renew the agreement",
        severity="notice",
        citations=CITATIONS,
        liftable=False,
    )
