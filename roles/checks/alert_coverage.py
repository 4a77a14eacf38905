"""Everything that the guide says to watch has a threshold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "alert-coverage"
TITLE = "Everything that must be watched has an alert"
CODES = (ID, "alert-at-once")
CITATIONS = ("164.308(a)(1)(ii)(D)", "164.308(a)(5)(ii)(C)", "164.312(b)")

NEEDED = (
    "failed-sign-ins",
    "impossible-travel",
    "legacy-protocol",
    "mfa-disabled",
    "admin-granted",
    "role-changed",
    "export-access-granted",
    "large-download",
    "unusual-hours",
    "unmanaged-transfer",
    "api-key-created",
    "service-account-anomaly",
    "webhook-changed",
    "logging-changed",
    "break-glass-used",
    "root-used",
)
"""Ids that the detection layer knows. A company may add its own."""
AT_ONCE = ("admin-granted", "break-glass-used", "logging-changed", "root-used")
"""Alerts of which each single event is looked at, by somebody who is woken up."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Alerts that are missing from the access policy."""
    policy = catalogue.access_policy
    missing = [name for name in NEEDED if name not in policy.alerts]
    if policy.sms_fallback is not None and "text-code-used" not in policy.alerts:
        missing.append("text-code-used")
    for name in AT_ONCE:
        alert = policy.alerts.get(name)
        if alert is not None and (alert.count != 1 or alert.severity != "critical"):
            yield finding(
                catalogue,
                policy,
                ("alerts", name),
                code="alert-at-once",
                message=f"`{name}` waits for {alert.count} events and is {alert.severity}",
                remedy="write `count: 1` and `severity: critical`: each one is looked at, at once",
                citations=CITATIONS,
                liftable=False,
            )
    if missing:
        yield finding(
            catalogue,
            policy,
            ("alerts",),
            code=ID,
            message=f"nothing watches: {spoken(missing)}",
            remedy="add a threshold for each",
            citations=CITATIONS,
        )
