"""An integration of a vendor holds its scopes for as long as it stands."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.okta_scopes import TAKE_OVER
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="Integrations of vendors administer nothing in Okta",
    severity=Severity.CRITICAL,
    why="A vendor's breach then is an administrator's.",
    remedy="grant the `.read` scope, or the narrower one that the integration needs",
    types=("okta:index/apiServiceIntegration:ApiServiceIntegration",),
    wants=(
        Each(
            path="grantedScopes",
            needed=False,
            wants=(NotOneOf(path="scope", refused=TAKE_OVER, instead="okta.logs.read"),),
        ),
    ),
)
