"""A certificate that never ends is a password that never changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.lengths import days_until
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import days
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity, Weaker

_APPLICATION = "azuread:index/applicationCertificate:ApplicationCertificate"
_PRINCIPAL = "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate"
_HOURS = re.compile(r"(\d{1,6})h")


def _ends(certificate: ResourceView, context: RuleContext) -> Iterator[Finding]:
    longest = context.number("days")
    end, relative = certificate.text("endDate", ""), certificate.text("endDateRelative", "")
    if not end and not relative:
        yield Finding("neither `endDate` nor `endDateRelative` says when the certificate ends")
    if end:
        left = days_until(end, context.settings.day)
        if left is None or left > longest:
            yield Finding(f"`endDate` is {end}: {longest:.0f} days from now at most")
    if relative:
        match = _HOURS.fullmatch(relative)
        if match is None or int(match[1]) > longest * 24:
            yield Finding(f"`endDateRelative` is {relative}: in hours, {longest * 24:.0f}h at most")


def _certificate(**changes: object) -> dict[str, object]:
    return {"applicationId": "/applications/1", "type": "AsymmetricX509Cert", "value": "MII", **changes}


_DAY = {"asOf": "2026-11-24"}
_DATE: Weaker = {"endDate": ("2126-01-01T00:00:00Z", "", "never")}
_RELATIVE: Weaker = {"endDateRelative": ("8784h", "", "1y", "240000h")}

RULE = ResourceRule(
    title="Certificates of Entra applications end within a year",
    severity=Severity.HIGH,
    why="A key that nobody renews is a key that nobody misses when it is copied.",
    remedy="set `endDate` within a year, and rotate before; federation needs no certificate",
    parameters={"days": days(365, "Longest time in days until the certificate ends.")},
    types=(_APPLICATION, _PRINCIPAL),
    checks=(_ends,),
    reads={"endDate": "fails", "endDateRelative": "fails"},
    allowed=(
        Example("a day to come", _APPLICATION, _certificate(endDate="2027-05-01T00:00:00Z"), _DAY, _DATE),
        Example("hours", _PRINCIPAL, _certificate(endDateRelative="4320h"), _DAY, _RELATIVE),
    ),
    disallowed=(
        Example("a century", _APPLICATION, _certificate(endDate="2126-01-01T00:00:00Z"), _DAY),
        Example("not said", _PRINCIPAL, _certificate(), _DAY),
    ),
    blind_spot="The end that is written in the certificate itself.",
)
