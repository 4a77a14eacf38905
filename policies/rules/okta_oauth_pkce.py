"""Without it a stolen code is a stolen session."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Browser and native OAuth applications use PKCE",
    severity=Severity.HIGH,
    why="Without it a stolen code is a stolen session.",
    remedy="set `pkceRequired` to true",
    types=("okta:app/oAuth:OAuth",),
    wants=(Flag(path="pkceRequired"),),
    only=Only(
        "type", ("browser", "native"), "only browser and native applications have no secret of their own"
    ),
)
