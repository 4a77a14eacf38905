"""What in AWS gives every right, or the right to give oneself every right."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.documents import statements
from billing_identity.policies.framework.reader import View

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
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
    "sso:AttachManagedPolicyToPermissionSet",
    "sso:CreateAccountAssignment",
    "sso:PutInlinePolicyToPermissionSet",
)
"""Each lets its holder give himself, or take over somebody who has, every right (on every resource)."""
_SOME_ROLE = "arn:aws:iam::111122223333:role/administrator"
"""A pattern of resources that matches it stands for every account's roles."""


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
        elif any(fnmatchcase(_SOME_ROLE, pattern) for pattern in statement.resources) and (
            rights := sorted(filter(statement.matches, ADMINISTERING))
        ):
            yield f"statement {sid} allows {rights[0]} on everything: with it one gets every right"


def _spans(action: str) -> bool:
    """Whether a wildcard stands before the colon, so that it covers several services."""
    return bool(set(action.partition(":")[0]) & set("*?"))
