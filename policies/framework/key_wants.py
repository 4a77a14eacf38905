"""Wants of a key and of a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.want import IfSet, Want
from billing_identity.policies.framework.wire import secret

KEY = re.compile(
    r"^((arn:[\w-]+:kms:[\w-]+:\d+:)?alias/.+|arn:[\w-]+:kms:[\w-]+:\d+:key/.+"
    r"|mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
)
"""A customer managed key by ARN, alias or id."""
EXAMPLE_KEY = "arn:aws:kms:us-east-1:111122223333:key/5f1d0c2e-8a43-4c1b-9d52-0a6b7c8d9e0f"


@dataclass(frozen=True, kw_only=True)
class Key(Want):
    """A customer managed key, by ARN, id or alias; none of Amazon's own."""

    else_: str = "Amazon's own key is taken"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value = view.text(self.path, "")
        if not value:
            yield self.said("is not set")
        elif "alias/aws/" in value.lower():
            yield self.said(f"is {value}")
        elif not KEY.match(value):
            yield self.said(f"is {value}, which names no key")

    @property
    @override
    def good(self) -> object:
        return EXAMPLE_KEY

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (
            "alias/aws/rds",
            "arn:aws:kms:us-east-1:111122223333:alias/aws/rds",
            "ALIAS/AWS/RDS",
            "AWS_OWNED_KMS_KEY",
            " ",
            "",
        )


@dataclass(frozen=True, kw_only=True)
class Sealed(IfSet):
    """A value that is missing or marked as a secret, so that it never stands in clear in the state."""

    else_: str = "it would stand in clear in state and logs"
    example: str = "correct-horse-battery"

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        if not view.is_secret(self.path) and view.has(self.path):
            yield self.said("is not marked as a secret")

    @property
    @override
    def good(self) -> object:
        return secret(self.example)

    @property
    @override
    def weak(self) -> tuple[object, ...]:
        return (self.example,)
