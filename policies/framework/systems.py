"""Which system of the catalogue a resource is, and what its vendor's agreement says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vendor import BaaTerms, Vendor
from billing_identity.roles.model.vocabulary import DataClass


def system_of(title: str, catalogue: Catalogue) -> System | None:
    """The system of that title; None for an application that is none."""
    return next((system for system in catalogue.systems.values() if system.title == title), None)


def vendor_of(system: System, catalogue: Catalogue) -> Vendor | None:
    """The system's vendor, when it touches ePHI."""
    vendor = catalogue.vendors.get(system.vendor) if system.vendor is not None else None
    if vendor is None or not (vendor.business_associate or DataClass.EPHI in vendor.data_classes):
        return None
    return vendor


def ended(vendor: Vendor, day: date) -> str | None:
    """Why the vendor's agreement is not in force on a day; None while it is, or in its days of grace."""
    if vendor.baa is None:
        return f"`{vendor.id}` touches ePHI without an agreement"
    if (day - vendor.baa.expires).days > vendor.baa.grace_days:
        return f"the agreement with `{vendor.id}` ended on {vendor.baa.expires}"
    return None


def lacking(vendor: Vendor) -> Iterator[str]:
    """Terms that the vendor's agreement lacks, in plain words."""
    if vendor.baa is not None:
        for name in BaaTerms.model_fields:
            if getattr(vendor.baa.terms, name) is not True:
                yield name.replace("_", " ")
