"""What a token may do ends with its scopes, if they end anywhere."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.okta_scopes import TAKE_OVER, takes_over
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Okta's scopes give programs no administration",
    severity=Severity.CRITICAL,
    why="With one of these a stolen key gives roles, trusts another sign-in or takes policies away.",
    remedy="grant the `.read` scope, or the narrower one that the task needs",
    types=("okta:index/appOauthApiScope:AppOauthApiScope",),
    wants=(
        HoldsNone(path="scopes", refuses=takes_over, instead=("okta.logs.read",), examples_refused=TAKE_OVER),
    ),
    blind_spot="`okta.users.manage` and `okta.groups.manage` reach as far as the program's role does.",
)
