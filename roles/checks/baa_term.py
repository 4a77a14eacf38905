"""An agreement that has run out takes its vendor's systems with it, and nothing new is built on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.checks.reach import later
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vendor import Baa, Vendor
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem

ID = "baa-term"
TITLE = "Agreements are in force"
CITATIONS = ("164.308(b)(1)", "164.308(b)(3)", "164.504(e)(1)(ii)")
CODES = (ID, "baa-new-access", "baa-lapsed-flow", "baa-expiring")

NOTICE_DAYS = 60
"""Days before expiry from which it is announced."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Agreements near or past their end.

    Near the end, in the grace period and after it: a notice, for the withdrawal takes effect by itself.
    Blocking, and not to be lifted: access given after the end or at an unstated time, and ePHI that still
    flows to the vendor after the grace period.
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
    effect = "was withdrawn after" if as_of > last else "is withdrawn after"
    yield finding(
        catalogue,
        vendor,
        ("baa", "expires"),
        code=ID,
        message=f"the agreement with `{vendor.id}` ended on {baa.expires}; access to "
        f"{listed(system.id for system in systems) or 'nothing'} {effect} {last}",
        remedy="renew the agreement, or plan without the vendor",
        severity="notice",
        citations=CITATIONS,
    )
    names = {system.id for system in systems}
    for role in catalogue.roles.values():
        for index, grant in enumerate(role.grants):
            if grant.entitlement.system not in names:
                continue
            if grant.since is None or grant.since > baa.expires:
                when = f"since {grant.since}" if grant.since is not None else "without a `since`"
                yield finding(
                    catalogue,
                    role,
                    ("grants", index, "entitlement"),
                    code="baa-new-access",
                    message=f"role `{role.id}` is granted `{grant.entitlement}` {when}, and the "
                    f"agreement with "
                    f"`{vendor.id}` ended on {baa.expires}",
                    remedy="renew the agreement first"
                    + ("" if grant.since else "; a grant from before its end says so in `since`"),
                    citations=CITATIONS,
                    liftable=False,
                )
    if as_of <= last:
        return
    for system in catalogue.systems.values():
        for index, flow in enumerate(system.flows):
            if flow.vendor == vendor.id and DataClass.EPHI in flow.data_classes:
                yield finding(
                    catalogue,
                    system,
                    ("flows", index, "vendor"),
                    code="baa-lapsed-flow",
                    message=f"flow `{flow.name}` of `{system.id}` still moves ePHI to `{vendor.id}`, "
                    f"without an "
                    f"agreement since {baa.expires}",
                    remedy="stop the flow, or renew the agreement",
                    citations=CITATIONS,
                    liftable=False,
                )
