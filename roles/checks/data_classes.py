"""Entitlements and flows name their data, within what their system holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "data-classes"
TITLE = "Entitlements and flows stay within their system's data"
CITATIONS = ("164.308(a)(1)(ii)(A)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Entitlements without data classes; entitlements and flows with classes that the system doesn't list."""
    for system in catalogue.systems.values():
        own = set(system.data_classes)
        parts = [
            (("entitlements", name), f"entitlement `{system.id}/{name}`", entitlement.data_classes)
            for name, entitlement in system.entitlements.items()
        ]
        parts += [
            (("flows", str(index)), f"flow `{flow.name}` of `{system.id}`", flow.data_classes)
            for index, flow in enumerate(system.flows)
        ]
        for (part, key), what, classes in parts:
            path = (part, int(key) if part == "flows" else key, "data_classes")
            if not classes:
                yield finding(
                    catalogue,
                    system,
                    path,
                    code=ID,
                    message=f"{what} does not say what data it reaches",
                    remedy=f"add `data_classes` with some of: {spoken(sorted(own))}",
                    severity="input",
                )
            elif not set(classes) <= own:
                yield finding(
                    catalogue,
                    system,
                    path,
                    code=ID,
                    message=f"{what} reaches {spoken(sorted(set(classes) - own))}, which "
                    f"`{system.id}` does not list",
                    remedy="add the class to the system's `data_classes`, or remove it here",
                    severity="input",
                )
