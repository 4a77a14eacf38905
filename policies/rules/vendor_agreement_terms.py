"""An application of a vendor with ePHI needs an agreement that holds every term."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import (
    ARCHIVE_TITLE,
    PORTAL_TITLE,
    SEPARATION,
    SYSTEM_TITLE,
)
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.systems import lacking, system_of, vendor_of
from billing_identity.policies.framework.tokens import ENTRA_APPLICATION, OKTA_OAUTH, OKTA_SAML


def _terms(app: ResourceView, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    system = system_of(app, catalogue)
    vendor = None if system is None else vendor_of(system, catalogue)
    if system is None or vendor is None:
        raise NotApplicableError("no application of a vendor that touches ePHI")
    subjects = (f"vendor:{vendor.id}", f"system:{system.id}")
    if vendor.baa is None:
        yield Finding(
            f"`{vendor.id}` touches ePHI without an agreement", subjects=subjects, code="business-associate"
        )
    for term in lacking(vendor):
        yield Finding(
            f"the agreement with `{vendor.id}` lacks the term {term}", subjects=subjects, code="baa-terms"
        )


def _saml(label: str) -> Example:
    return Example(label, OKTA_SAML, {"label": label, "authenticationPolicy": "rst1"}, SEPARATION.settings)


RULE = ResourceRule(
    title="Applications with ePHI belong to vendors with a complete agreement",
    severity=Severity.CRITICAL,
    why="Without the assurances of an agreement, giving a vendor ePHI is itself a violation.",
    remedy="sign or amend the agreement and write it into the vendor's file; until then keep ePHI out",
    needs_catalogue=True,
    types=(OKTA_SAML, OKTA_OAUTH, ENTRA_APPLICATION),
    checks=(_terms,),
    reads={"label": "safe", "displayName": "safe"},
    allowed=(
        _saml(SYSTEM_TITLE),
        Example(
            f"{SYSTEM_TITLE} in Entra", ENTRA_APPLICATION, {"displayName": SYSTEM_TITLE}, SEPARATION.settings
        ),
    ),
    disallowed=(_saml(ARCHIVE_TITLE), _saml(PORTAL_TITLE)),
    blind_spot="Applications whose label is no system's title: they are judged as unknown to the catalogue.",
)
