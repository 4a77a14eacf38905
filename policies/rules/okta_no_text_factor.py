"""The classic factors by telephone and e-mail, which no policy of the newer engine narrows."""

from __future__ import annotations

from billing_identity.policies.framework.narrowing import Only
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Okta's classic factors by telephone, e-mail and question are off",
    severity=Severity.HIGH,
    why="Such a code is relayed by a look-alike site, or goes to whoever has taken over the number.",
    remedy="set `active` to false",
    types=("okta:factor/factor:Factor",),
    wants=(Flag(path="active", wanted=False, default=True),),
    only=Only(
        "providerId",
        ("okta_sms", "okta_call", "okta_email", "okta_question", "phone_number"),
        "another factor",
    ),
)
