"""A loose subject lets any branch or pull request deploy."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins, Exact

RULE = requirement(
    title="Federated credentials name exactly whom they trust",
    severity=Severity.HIGH,
    why="A loose subject lets any branch or pull request deploy.",
    remedy="write the whole subject, from an https:// issuer",
    types=(("azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential"),),
    wants=(
        Begins(
            path="issuer",
            prefix="https://",
            refused=("http://token.example.com",),
            example="https://token.actions.githubusercontent.com",
        ),
        Exact(path="subject", example="repo:meridian/identity:environment:prod"),
    ),
)
