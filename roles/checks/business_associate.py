"""A vendor that touches ePHI is a business associate with an agreement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import DataClass
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "business-associate"
TITLE = "A vendor that touches ePHI has an agreement"
CITATIONS = ("164.308(b)(1)", "164.308(b)(3)", "164.502(e)(1)(i)")
CODES = (ID, "vendor-unlinked")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Associates without agreement; systems and flows with ePHI at a vendor that is none; idle associates."""
    linked: set[str] = set()
    for system in catalogue.systems.values():
        if system.vendor is not None:
            linked.add(system.vendor)
            if holds_ephi(system):
                yield from _touches(catalogue, system, ("vendor",), system.vendor, f"system `{system.id}`")
        for index, flow in enumerate(system.flows):
            if flow.vendor is not None:
                linked.add(flow.vendor)
                if DataClass.EPHI in flow.data_classes:
                    what = f"flow `{flow.name}` of `{system.id}`"
                    yield from _touches(catalogue, system, ("flows", index, "vendor"), flow.vendor, what)
    for vendor in catalogue.vendors.values():
        if vendor.business_associate and vendor.baa is None:
            yield finding(
                catalogue,
                vendor,
                ("business_associate",),
                code=ID,
                message=f"vendor `{vendor.id}` is a business associate without an agreement",
                remedy="add `baa`, or take ePHI away from it and write `business_associate: false`",
                citations=CITATIONS,
                liftable=False,
            )
        if vendor.business_associate and vendor.id not in linked:
            yield finding(
                catalogue,
                vendor,
                (),
                code="vendor-unlinked",
                message=f"vendor `{vendor.id}` is a business associate, and no system or flow names it",
                remedy="name it in the system or flow that it serves, or remove it",
                severity="notice",
            )


def _touches(catalogue: Catalogue, entity: Entity, path: Steps, name: str, what: str) -> Iterator[Problem]:
    vendor = catalogue.vendors[name]
    if not vendor.business_associate:
        yield finding(
            catalogue,
            entity,
            path,
            code=ID,
            message=f"{what} puts ePHI at `{name}`, which is not a business associate",
            remedy="sign an agreement and write `business_associate: true` with `baa`, or keep ePHI out",
            citations=CITATIONS,
            liftable=False,
        )
    elif DataClass.EPHI not in vendor.data_classes:
        yield finding(
            catalogue,
            entity,
            path,
            code=ID,
            message=f"{what} puts ePHI at `{name}`, whose `data_classes` leave it out",
            remedy=f"add `ephi` to vendors/{name}.yaml",
            severity="input",
        )
