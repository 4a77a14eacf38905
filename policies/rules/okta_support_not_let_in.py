"""Okta's staff see the organisation as an administrator does, for as long as they are let in."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="No program lets Okta's support staff in",
    severity=Severity.HIGH,
    why="Okta's staff see the organisation as an administrator does, for as long as they are let in.",
    remedy="give support access by hand, for the case at hand, and take it away afterwards",
    types=("okta:index/orgSupport:OrgSupport",),
)
