"""A program's scopes are ones that its provider has, and no wider than what it is entitled to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.okta_scopes import OKTA_SCOPES
from billing_identity.roles.model.vocabulary import Provider, RiskTag
from billing_identity.roles.problems import Problem

ID = "service-scopes"
TITLE = "Programs have scopes that exist, and no more than they need"
CITATIONS = ("164.312(a)(1)", "164.308(a)(4)(ii)(B)")
CODES = (ID, "service-scopes-wide")

CHANGES_OKTA = frozenset({RiskTag.ADMINISTERS_IDENTITY, RiskTag.RESETS_CREDENTIALS})
"""Tags of entitlements whose holders change something in the identity provider."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Scopes of Okta that there are not, and scopes that change Okta for who may only read it."""
    for account in catalogue.service_accounts.values():
        if account.provider is not Provider.OKTA:
            continue
        own = [(index, scope) for index, scope in enumerate(account.scopes) if scope.startswith("okta.")]
        for index, scope in own:
            if scope not in OKTA_SCOPES:
                close = get_close_matches(scope, sorted(OKTA_SCOPES), n=1)
                yield finding(
                    catalogue,
                    account,
                    ("scopes", index),
                    code=ID,
                    message=f"Okta has no scope `{scope}`",
                    remedy=f"did you mean `{close[0]}`?" if close else "look it up among Okta's OAuth scopes",
                    severity="input",
                )
        wide = [scope for _, scope in own if scope in OKTA_SCOPES and ".manage" in scope]
        entitled = {
            risk for reference in account.entitlements for risk in catalogue.entitlement(reference).risks
        }
        if wide and not entitled & CHANGES_OKTA:
            yield finding(
                catalogue,
                account,
                ("scopes",),
                code="service-scopes-wide",
                message=f"`{account.id}` may change Okta ({spoken(wide)}), and no entitlement of it may",
                remedy="write the scopes that end in .read, or the entitlement that it needs",
                citations=CITATIONS,
            )
