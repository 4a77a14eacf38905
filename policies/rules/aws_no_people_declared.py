"""A person declared here is outside HR's joiners and leavers, and stays."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="People come to AWS from the identity provider",
    severity=Severity.HIGH,
    why="A person declared here is outside HR's joiners and leavers, and stays.",
    remedy="let SCIM bring people and groups",
    types=(
        "aws:identitystore/user:User",
        "aws:identitystore/groupMembership:GroupMembership",
    ),
)
