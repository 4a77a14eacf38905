"""Which resources may not be deleted, replaced or left unprotected without an exception that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fnmatch import fnmatchcase

from billing_identity.roles.checks import lifting
from billing_identity.roles.model.catalogue import Catalogue

RULES: frozenset[str] = frozenset(
    {"resource-deleted", "resource-replaced", "protection-lost", "ring-reopened"}
)
"""Ids that exceptions may name for the diff's own findings: what happens to a resource, with its catalogue id
as subject (`client:riverbend-hospital`, `access-policy:access-policy`) or its URN, or to the rollout."""

CITATIONS: Mapping[str, tuple[str, ...]] = {
    "keys": ("164.312(a)(2)(iv)", "164.312(c)(1)"),
    "stores": ("164.312(c)(1)", "164.308(a)(7)(ii)(A)"),
    "logs": ("164.312(b)", "164.316(b)(2)(i)"),
    "break-glass": ("164.312(a)(2)(ii)",),
    "sign-in policies": ("164.312(d)", "164.312(a)(1)"),
}
"""Guarded classes, with what asks for them."""

_TYPES: tuple[tuple[str, str], ...] = (
    ("aws:kms/*", "keys"),
    ("aws:secretsmanager/*", "keys"),
    ("aws:cloudtrail/*", "logs"),
    ("aws:cloudwatch/*", "logs"),
    ("aws:sns/*", "logs"),
    ("aws:guardduty/*", "logs"),
    ("aws:securityhub/*", "logs"),
    ("okta:index/logStream:*", "logs"),
    ("aws:s3/*", "stores"),
    ("aws:s3control/*", "stores"),
    ("aws:dynamodb/*", "stores"),
    ("aws:rds/*", "stores"),
    ("aws:backup/*", "stores"),
    ("okta:index/appSignonPolicy:*", "sign-in policies"),
    ("okta:app/signonPolicy*", "sign-in policies"),
    ("okta:app/accessPolicyAssignment:*", "sign-in policies"),
    ("okta:policy/*", "sign-in policies"),
    ("okta:index/authenticator*", "sign-in policies"),
    ("okta:network/*", "sign-in policies"),
    ("azuread:index/conditionalAccessPolicy:*", "sign-in policies"),
    ("azuread:index/authenticationStrengthPolicy:*", "sign-in policies"),
    ("azuread:index/namedLocation:*", "sign-in policies"),
)
_EMERGENCY = ("break-glass", "break_glass", "breakglass", "contained")
"""What stands in the name of resources for emergency access and containment."""

_LOGS = ("log-archive", "logs-")
"""Starts of the names of stores that hold logs."""


_CONTAINMENT = "billing-identity:containment:"
_STANDING = frozenset(
    {"okta:index/appSignonPolicy:AppSignonPolicy", "okta:app/signonPolicyRules:SignonPolicyRules"}
)
"""The denial that stays; everything else of the containment components lasts as long as an incident."""


def guarded(kind: str, name: str, urn: str) -> str:
    """The guarded class of a resource by its type token, name and URN; empty for one that is not guarded.

    What an incident brought goes with it; the catalogue refuses to close one without its causes.
    """
    if _CONTAINMENT in urn and kind not in _STANDING:
        return ""
    if any(word in name for word in _EMERGENCY):
        return "break-glass"
    found = next((label for pattern, label in _TYPES if fnmatchcase(kind, pattern)), "")
    return "logs" if found == "stores" and name.startswith(_LOGS) else found


def lifted_by(
    catalogue: Catalogue | None, fate: str, subjects: Iterable[str], as_of: date, environment: str
) -> str | None:
    """Id of the exception in force that allows it, or None. `subjects` are the resource's catalogue id and
    its URN."""
    if catalogue is None:
        return None
    wanted = set(subjects)
    for record in catalogue.exceptions.values():
        if (
            record.lifts.rule == fate
            and record.lifts.subject in wanted
            and lifting.valid(catalogue, record, as_of, environment)
        ):
            return record.id
    return None
