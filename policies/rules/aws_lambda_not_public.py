"""A permission for everybody lets any AWS account run the function."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOfNot

RULE = requirement(
    title="Functions may not be called by everybody",
    severity=Severity.CRITICAL,
    why="A permission for everybody lets any AWS account run the function.",
    remedy="name the `principal`, with `sourceAccount` or `sourceArn` for services",
    types=("aws:lambda/permission:Permission",),
    wants=(OneOfNot(path="principal", refused=("*",), example="events.amazonaws.com"),),
)
