"""A session that outlives the browser waits for the next person at the desk."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="Entra sessions end with the browser",
    severity=Severity.HIGH,
    why="A session that outlives the browser waits for the next person at the desk.",
    remedy="set `persistentBrowserMode` to never, or leave it out",
    types=("azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",),
    wants=(NotOneOf(path="sessionControls.persistentBrowserMode", refused=("always",), instead="never"),),
)
