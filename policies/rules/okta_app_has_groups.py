"""An application without groups is assigned by hand, or forgotten."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.rule import Severity

RULE = companion(
    title="Okta applications are assigned to groups",
    severity=Severity.MEDIUM,
    why="An application without groups is assigned by hand, or forgotten.",
    remedy="assign role groups to the application",
    types=("okta:app/saml:Saml",),
    by=(
        ("okta:app/groupAssignment:GroupAssignment", "appId"),
        ("okta:index/appGroupAssignments:AppGroupAssignments", "appId"),
    ),
)
