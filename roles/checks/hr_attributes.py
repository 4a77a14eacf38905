"""The attributes that HR feeds are all there, apart from one another, and readable by group rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.access_policy import HrAttribute
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "hr-attributes"
TITLE = "HR attributes can drive joiners, movers and leavers"
CITATIONS = ("164.308(a)(3)(ii)(C)", "164.308(a)(4)(ii)(C)")

NEEDED = (
    "job_code",
    "employment_status",
    "worker_type",
    "manager",
    "training_status",
    "clients",
    "access_end",
)
LISTS = frozenset({"clients"})
"""Attributes that hold several values; every other holds one."""
CARRIES = frozenset(
    {"managerid", "manager", "usertype", "employeenumber", "costcenter", "organization", "division"}
    | {"department", "title"}
)
"""Base attributes of Okta's user profile that HR may feed, in small letters."""
TAKEN = frozenset(
    {"login", "email", "secondemail", "firstname", "lastname", "middlename", "displayname", "nickname"}
    | {"honorificprefix", "honorificsuffix", "profileurl", "primaryphone", "mobilephone", "streetaddress"}
    | {"city", "state", "zipcode", "countrycode", "postaladdress", "preferredlanguage", "locale", "timezone"}
    | {"id", "profile", "status", "transitioningtostatus", "created", "activated", "statuschanged"}
    | {"lastlogin", "lastupdated", "passwordchanged", "type", "realm", "realmid", "password", "credentials"}
    | {"class", "classloader"}
)
"""The other base attributes, which are the person's own or name the account, and the words that Okta reserves
(help.okta.com, usgp-about-profiles, read 2026-11-24; Okta refuses names that differ by case alone)."""
READABLE = re.compile(
    r"extensionAttribute(1[0-5]|[1-9])\Z|(department|jobTitle|employeeId|companyName|city|state)\Z"
)
"""Properties that Entra's dynamic membership rules read and that a synchronisation can fill."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Missing attributes, two in one place, unreadable ones, key values outside their closed lists."""
    policy = catalogue.access_policy
    hr = policy.hr

    def fault(path: Steps, message: str, remedy: str) -> Problem:
        return finding(
            catalogue,
            policy,
            ("hr", *path),
            code=ID,
            message=message,
            remedy=remedy,
            severity="input",
            citations=CITATIONS,
        )

    attributes = {str(name): attribute for name, attribute in hr.attributes.items()}
    if missing := [name for name in NEEDED if name not in attributes]:
        yield fault(("attributes",), f"HR does not send: {spoken(missing)}", "add each to `hr.attributes`")
    for provider in ("okta", "entra"):
        seen: dict[str, str] = {}
        for name, attribute in attributes.items():
            place: str = getattr(attribute, provider)
            if place in seen:
                yield fault(
                    ("attributes", name, provider),
                    f"`{name}` and `{seen[place]}` are both kept in `{place}`",
                    "give each attribute a place of its own",
                )
            seen.setdefault(place, name)
    for name, attribute in attributes.items():
        wanted = "array" if name in LISTS else "string"
        if attribute.type != wanted:
            yield fault(
                ("attributes", name, "type"),
                f"`{name}` is written as `{attribute.type}`, and group rules read it as `{wanted}`",
                f"write `type: {wanted}`",
            )
        if attribute.okta.lower() in TAKEN or (name in LISTS and attribute.okta.lower() in CARRIES):
            yield fault(
                ("attributes", name, "okta"),
                f"Okta keeps something else in `{attribute.okta}`: people could be in no group, or in any",
                "name an attribute of your own, such as jobCode",
            )
        if not READABLE.match(attribute.entra):
            yield fault(
                ("attributes", name, "entra"),
                f"Entra's membership rules can't read `{attribute.entra}`",
                "write extensionAttribute1 to extensionAttribute15",
            )
    for field, name, value, others, opposite in (
        ("active", "employment_status", hr.active, hr.ended, "ended"),
        ("trained", "training_status", hr.trained, hr.untrained, "untrained"),
    ):
        if value in others:
            yield fault(
                (field,),
                f"`{field}` is `{value}`, which is also `{opposite}`: access would go to those who may not",
                "write the other value, or take it out of the list",
            )
        known = attributes[name].values if name in attributes else (value, *others)
        for path, said in (((field,), value), *(((opposite, i), said) for i, said in enumerate(others))):
            if said not in known:
                yield fault(
                    path,
                    f"`{path[0]}` is `{said}`, which is no value of `{name}`",
                    f"write one of: {spoken(known) or 'list the values first'}",
                )
    yield from _outside(catalogue, attributes, fault)


def _outside(
    catalogue: Catalogue, attributes: Mapping[str, HrAttribute], fault: Callable[[Steps, str, str], Problem]
) -> Iterator[Problem]:
    outside = catalogue.access_policy.hr.outside
    worker_type = attributes.get("worker_type")
    if outside is None:
        if any(role.vendor_staff for role in catalogue.roles.values()):
            yield fault(
                ("attributes", "worker_type") if worker_type is not None else ("attributes",),
                "there are roles for staff of vendors, and nothing says which worker type they have",
                "write `outside: ` with that value of `worker_type`",
            )
    elif worker_type is not None and (
        outside not in worker_type.values or set(worker_type.values) == {outside}
    ):
        yield fault(
            ("outside",),
            f"`outside` is `{outside}`, and `worker_type` is one of: {spoken(worker_type.values) or 'none'}",
            "write the value of vendors' staff, and list those of the workforce beside it",
        )
