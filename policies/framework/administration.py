"""What in AWS gives every right, or the right to give oneself every right."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.documents import Statement, statements
from billing_identity.policies.framework.key_duties import ADMINISTER, USE, for_aws_resources_only
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.store_contents import names_something, through_a_service

ADMINISTRATORS = (
    *(
        f"arn:*:iam::aws:policy/{name}"
        for name in ("AdministratorAccess*", "IAMFullAccess", "PowerUserAccess")
    ),
    "arn:*:eks::aws:cluster-access-policy/AmazonEKS*Admin*Policy",
)
"""AWS's own policies that give every action, or the right to give oneself every action."""
ADMINISTERING = (
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:PassRole",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:CreateAccountAssignment",
    "sso:PutInlinePolicyToPermissionSet",
    "sts:AssumeRole",
)
"""Each lets its holder give himself, or take over somebody who has, every right (on every resource)."""
HIDING = (
    *("cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors", "cloudtrail:StopLogging"),
    *("cloudtrail:UpdateTrail", "config:DeleteConfigurationRecorder", "config:StopConfigurationRecorder"),
    *("ec2:DeleteFlowLogs", "guardduty:DeleteDetector", "guardduty:UpdateDetector"),
    *("logs:DeleteLogGroup", "logs:DeleteLogStream", "logs:PutRetentionPolicy", "macie2:DisableMacie"),
    "securityhub:DisableSecurityHub",
)
"""Each switches recording or detection off."""
SHELLS = ("ssm:SendCommand", "ssm:StartSession")
"""Each opens a machine, with all that its role may do."""
_SOME_ROLE = "arn:aws:iam::111122223333:role/administrator"
"""A pattern of resources that matches it stands for any role."""


def widest(document: View | None, name: str) -> Iterator[str]:
    """What gives every right in a policy document, one text a fault. `name`: where the document stands."""
    if document is None:
        yield f"`{name}` is missing"
        return
    for statement in statements(document):
        if not statement.allows:
            continue
        sid = statement.sid or "without Sid"
        if statement.inverted:
            yield f"statement {sid} allows by exclusion (NotAction or NotResource)"
        elif any(not set(action) - set("*?:") for action in statement.actions):
            yield f"statement {sid} allows every action"
        elif any(_spans(action) for action in statement.actions):
            yield f"statement {sid} allows actions of several services by one wildcard"
        elif any(map(_reaches_roles, statement.resources)) and (
            rights := sorted(filter(statement.matches, ADMINISTERING))
        ):
            yield f"statement {sid} allows {rights[0]} on everything: with it one gets every right"
        else:
            yield from _everywhere(statement, sid)
    yield from _both_duties(document)


def _reaches_roles(pattern: str) -> bool:
    """Whether a pattern of resources stands for roles that it does not name."""
    fields = pattern.split(":", 5)
    unnamed = len(fields) == 6 and fnmatchcase("iam", fields[2]) and not names_something(pattern)
    return unnamed or fnmatchcase(_SOME_ROLE, pattern)


def _everywhere(statement: Statement, sid: str) -> Iterator[str]:
    if all(map(names_something, statement.resources)):
        return
    for actions, what in ((HIDING, "whose traces can go"), (SHELLS, "into every machine")):
        held = sorted(filter(statement.matches, actions))
        if held:
            yield f"statement {sid} allows {held[0]} on everything, {what}"


def _both_duties(document: View) -> Iterator[str]:
    """A holder who administers every key and uses every key: nobody else has to agree."""
    managing: list[str] = []
    using: list[str] = []
    for statement in statements(document):
        if not statement.allows or statement.inverted or all(map(names_something, statement.resources)):
            continue
        manages = [action for action in ADMINISTER if statement.matches(action)]
        if manages and not (manages == ["kms:CreateGrant"] and for_aws_resources_only(statement)):
            managing.append(manages[0])
        if not through_a_service(statement):
            using += [action for action in USE if statement.matches(action)]
    if managing and using:
        yield f"allows {managing[0]} and {using[0]} on every key: administering and using are two duties"


def _spans(action: str) -> bool:
    """Whether a wildcard stands before the colon, so that it covers several services."""
    return bool(set(action.partition(":")[0]) & set("*?"))
