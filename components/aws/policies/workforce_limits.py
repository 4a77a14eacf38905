"""The boundary of people's permission sets."""

from collections.abc import Sequence

from billing_identity.components.aws.policies.document import MANAGED_LIMIT, Statement, allow, deny, document
from billing_identity.components.aws.policies.guardrails import TAMPER


def workforce_boundary(deployers: Sequence[str]) -> str:
    """Boundary of people's permission sets, in every account: whatever a set grants, none of this."""
    return document(
        "workforce boundary",
        [
            allow("WhatTheSetItselfGrants", ("*",), resources=("*",)),
            _deny("NoBlindingOfTheAudit", TAMPER),
            _deny(
                "NoIdentity",
                (
                    *("account:*", "iam:Add*", "iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Detach*"),
                    *("iam:PassRole", "iam:Put*", "iam:Set*", "iam:Update*", "iam:Upload*"),
                    *("identitystore:Create*", "identitystore:Delete*", "identitystore:Update*"),
                    *("organizations:*", "sso:*", "sso-directory:*"),
                ),
            ),
            _deny("NoWayIntoTheDeployment", ("sts:AssumeRole",), tuple(deployers)),
        ],
        MANAGED_LIMIT,
    )


def _deny(sid: str, actions: Sequence[str], resources: Sequence[str] = ("*",)) -> Statement:
    return deny(sid, actions, resources=resources, principals=None)
