"""Activation is the moment at which a stolen session would become an administrator."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Privileged groups are activated with MFA and a reason, for eight hours at most",
    severity=Severity.HIGH,
    why="Activation is the moment at which a stolen session would become an administrator.",
    remedy=(
        "set `requireJustification`, `requireMultifactorAuthentication`, and `maximumDuration`"
        " to PT8H or less"
    ),
    types=("azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy",),
    wants=(
        Flag(path="activationRules.requireJustification"),
        Flag(path="activationRules.requireMultifactorAuthentication"),
        OneOf(
            path="activationRules.maximumDuration",
            allowed=("PT1H", "PT2H", "PT4H", "PT8H", "PT30M"),
            refused=("PT12H", "PT24H"),
            default="PT8H",
        ),
    ),
)
