"""A retained assignment leaves access behind that no role accounts for."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Okta assignments end with their resource",
    severity=Severity.MEDIUM,
    why="A retained assignment leaves access behind that no role accounts for.",
    remedy="leave `retainAssignment` out",
    types=("okta:app/groupAssignment:GroupAssignment",),
    wants=(Flag(path="retainAssignment", wanted=False),),
)
