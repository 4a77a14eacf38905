"""Each of the four public access settings of S3 is off until it is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Correct,
    Example,
    Finding,
    Plain,
    ResourceCheck,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import AWS_ACCOUNT_PUBLIC_ACCESS, AWS_BUCKET_PUBLIC_ACCESS

SETTINGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_BLOCKED: dict[str, object] = {"bucket": "meridian-prod-edi-835", **dict.fromkeys(SETTINGS, True)}


def _setting(name: str) -> ResourceCheck:
    def check(block: ResourceView, _: RuleContext) -> Iterator[Finding]:
        if not block.flag(name, default=False):
            yield Finding(f"`{name}` is not true")

    return check


def _correct(name: str) -> Correct:
    def correct(block: ResourceView, _: RuleContext) -> Mapping[str, Plain]:
        return {} if block.flag(name, default=False) else {name: True}

    return correct


RULE = ResourceRule(
    title="S3 blocks public access in all four ways",
    severity=Severity.CRITICAL,
    why="One open setting is enough for an access list or a policy to publish a bucket with ePHI.",
    remedy="set all four settings to true",
    liftable=False,
    types=(AWS_BUCKET_PUBLIC_ACCESS, AWS_ACCOUNT_PUBLIC_ACCESS),
    checks=tuple(_setting(name) for name in SETTINGS),
    reads=dict.fromkeys(SETTINGS, "fails"),
    corrects=tuple(_correct(name) for name in SETTINGS),
    weaker=dict.fromkeys(SETTINGS, (False, "false")),
    allowed=(
        Example("a bucket's block", AWS_BUCKET_PUBLIC_ACCESS, _BLOCKED),
        Example("the account's block", AWS_ACCOUNT_PUBLIC_ACCESS, dict.fromkeys(SETTINGS, True)),
    ),
    disallowed=tuple(
        Example(
            f"{name} left out", AWS_BUCKET_PUBLIC_ACCESS, {k: v for k, v in _BLOCKED.items() if k != name}
        )
        for name in SETTINGS
    ),
    blind_spot="A bucket without any block: aws-s3-bucket-complete.",
)
