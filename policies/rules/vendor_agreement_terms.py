"""An application of a vendor with ePHI needs an agreement that holds every term."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.applications import title
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

OTHERS = (
    "okta:app/autoLogin:AutoLogin",
    "okta:app/basicAuth:BasicAuth",
    "okta:app/bookmark:Bookmark",
    "okta:app/securePasswordStore:SecurePasswordStore",
    "okta:app/swa:Swa",
    "okta:app/threeField:ThreeField",
    "okta:index/appSharedCredentials:AppSharedCredentials",
)
"""Okta's applications without federation; people open them all the same."""
REDIRECTS = tuple(f"{kind}.redirectUris" for kind in ("web", "singlePageApplication", "publicClient"))


def _terms(app: ResourceView, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    system = system_of(title(app), catalogue)
    if system is None and _for_people(app):
        yield Finding(f"the catalogue has no system `{title(app)}`: nobody knows whose agreement covers it")
        return
    vendor = None if system is None else vendor_of(system, catalogue)
    if system is None:
        return
    if vendor is None:
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


def _for_people(app: ResourceView) -> bool:
    """Whether people sign in to it. Entra declares applications of people and of programs alike: people are
    sent back to an address after they signed in.
    """
    if app.type == ENTRA_APPLICATION:
        return any(app.texts(path).all() for path in REDIRECTS)
    return app.type != OKTA_OAUTH or app.text("type", "") != "service"


def _saml(label: str) -> Example:
    return Example(label, OKTA_SAML, {"label": label, "authenticationPolicy": "rst1"}, SEPARATION.settings)


RULE = ResourceRule(
    title="Applications with ePHI belong to vendors with a complete agreement",
    severity=Severity.CRITICAL,
    why="Without the assurances of an agreement, giving a vendor ePHI is itself a violation.",
    remedy=(
        "sign or amend the agreement and write it into the vendor's file; until then keep ePHI out; an "
        "application that the catalogue does not know needs a system of its title there"
    ),
    needs_catalogue=True,
    types=(OKTA_SAML, OKTA_OAUTH, ENTRA_APPLICATION, *OTHERS),
    checks=(_terms,),
    reads={"label": "fails", "displayName": "fails", "type": "fails", **dict.fromkeys(REDIRECTS, "safe")},
    weaker={
        "label": (ARCHIVE_TITLE, PORTAL_TITLE, "Else", "billing", "Billing ", "Bi11ing", ""),
        "displayName": (ARCHIVE_TITLE, PORTAL_TITLE, ""),
        "type": ("web", ""),
    },
    allowed=(
        _saml(SYSTEM_TITLE),
        Example(
            "a program of our own",
            OKTA_OAUTH,
            {"label": "claims-sender", "type": "service"},
            SEPARATION.settings,
            weaker={"type": ("web", "")},
        ),
        Example(
            f"{SYSTEM_TITLE} in Entra", ENTRA_APPLICATION, {"displayName": SYSTEM_TITLE}, SEPARATION.settings
        ),
        Example(
            "a program in Entra",
            ENTRA_APPLICATION,
            {
                "displayName": "claims-sender",
                **{path.split(".")[0]: {"redirectUris": []} for path in REDIRECTS},
            },
            SEPARATION.settings,
            weaker={
                "displayName": (ARCHIVE_TITLE, PORTAL_TITLE, ""),
                **dict.fromkeys(REDIRECTS, (["https://else.example/signed-in"],)),
            },
        ),
    ),
    disallowed=(
        _saml(ARCHIVE_TITLE),
        _saml(PORTAL_TITLE),
        _saml("Else"),
        Example("a bookmark", "okta:app/bookmark:Bookmark", {"label": "Else"}, SEPARATION.settings),
        Example(
            "else in Entra",
            ENTRA_APPLICATION,
            {"displayName": "Else", "web": {"redirectUris": ["https://else.example/signed-in"]}},
            SEPARATION.settings,
        ),
    ),
    blind_spot="Programs of others in Entra, which people do not sign in to, and applications of its gallery "
    "that only a service principal declares.",
)
