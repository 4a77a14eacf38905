"""A share that outsiders may join leaves the organisation by one click."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Resource shares stay inside the organisation",
    severity=Severity.HIGH,
    why="Whoever is invited reads what is shared, under no role of ours.",
    remedy="set `allowExternalPrincipals` to false",
    types=("aws:ram/resourceShare:ResourceShare",),
    wants=(Flag(path="allowExternalPrincipals", wanted=False),),
)
