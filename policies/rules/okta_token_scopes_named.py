"""A rule for every scope gives each client every right that the server can give."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Okta's token rules name the scopes that they give",
    severity=Severity.HIGH,
    why="A rule for every scope gives each client every right that the server can give.",
    remedy="list in `scopeWhitelists` what the client needs",
    types=("okta:auth/serverPolicyRule:ServerPolicyRule",),
    wants=(
        HoldsNone(
            path="scopeWhitelists",
            refuses=lambda scope: "*" in scope,
            instead=("claims.write",),
            examples_refused=("*", "claims.*"),
        ),
    ),
    base={"groupWhitelists": ["EVERYONE"], "grantTypeWhitelists": ["client_credentials"]},
    blind_spot="Which clients the rule's policy is for: `clientWhitelists` of the policy, at review.",
)
