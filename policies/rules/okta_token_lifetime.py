"""A stolen token works until it ends."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtMost

RULE = requirement(
    title="Access tokens live an hour at most",
    severity=Severity.MEDIUM,
    why="A stolen token works until it ends.",
    remedy="leave `accessTokenLifetimeMinutes` out, or set 60",
    types=("okta:auth/serverPolicyRule:ServerPolicyRule",),
    wants=(
        AtMost(path="accessTokenLifetimeMinutes", parameter="maximumMinutes", limit=60, default=60),
        HoldsNone(
            path="grantTypeWhitelists",
            refuses=lambda text: text in ("implicit", "password"),
            instead=("authorization_code",),
            examples_refused=("implicit", "password"),
        ),
    ),
    parameters={"maximumMinutes": days(60, "Minutes at most; Okta takes 5 to 1440.", 5, 1440)},
)
