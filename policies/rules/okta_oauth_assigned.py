"""An application assigned to everybody by itself has no roles and no reviews."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Okta OAuth applications are assigned, not open to all",
    severity=Severity.HIGH,
    why="An application assigned to everybody by itself has no roles and no reviews.",
    remedy="leave `implicitAssignment` out",
    types=("okta:app/oAuth:OAuth",),
    wants=(Flag(path="implicitAssignment", wanted=False),),
)
