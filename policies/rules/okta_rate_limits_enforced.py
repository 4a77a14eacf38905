"""Without a limit for each client, who guesses passwords has the requests of all the others."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

_OFF = ("DISABLE", "PREVIEW")

RULE = requirement(
    title="Okta limits the requests of each client",
    severity=Severity.MEDIUM,
    why="Without a limit of its own, one guesser of passwords takes the requests of all the others.",
    remedy="set `defaultMode` and each override to ENFORCE",
    types=("okta:index/rateLimiting:RateLimiting",),
    wants=(
        OneOf(path="defaultMode", allowed=("ENFORCE",), refused=_OFF),
        *(
            OneOf(path=f"useCaseModeOverrides.{case}", allowed=("ENFORCE",), refused=_OFF, default="ENFORCE")
            for case in ("loginPage", "oauth2Authorize", "oieAppIntent")
        ),
    ),
)
