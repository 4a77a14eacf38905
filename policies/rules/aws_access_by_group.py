"""A person's own assignment survives every change of job and stands in no role."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="People reach AWS accounts and applications by groups",
    severity=Severity.HIGH,
    why="A person's own assignment survives every change of job and stands in no role.",
    remedy="set `principalType` to GROUP",
    types=(
        "aws:ssoadmin/accountAssignment:AccountAssignment",
        "aws:ssoadmin/applicationAssignment:ApplicationAssignment",
    ),
    wants=(OneOf(path="principalType", allowed=("GROUP",), refused=("USER",)),),
)
