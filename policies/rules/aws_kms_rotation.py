"""KMS keys do not rotate by themselves unless told so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    Plain,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import AWS_KEY

SYMMETRIC = "SYMMETRIC_DEFAULT"


def _rotatable(key: ResourceView) -> None:
    spec = key.text("customerMasterKeySpec", SYMMETRIC)
    if spec != SYMMETRIC:
        raise NotApplicableError(f"KMS can't rotate a key of spec {spec}")
    if key.text("customKeyStoreId", ""):
        raise NotApplicableError("KMS can't rotate a key in a custom key store: who runs the store does")


def _rotation(key: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _rotatable(key)
    if not key.flag("enableKeyRotation", default=False):
        yield Finding("`enableKeyRotation` is not true: the key never rotates")


def _period(key: ResourceView, context: RuleContext) -> Iterator[Finding]:
    _rotatable(key)
    longest = context.number("maximumDays")
    period = key.number("rotationPeriodInDays", 365)
    if period > longest:
        yield Finding(f"`rotationPeriodInDays` is {period:.0f}: {longest:.0f} at most")


def _turn_on(key: ResourceView, _: RuleContext) -> Mapping[str, Plain]:
    _rotatable(key)
    return {} if key.flag("enableKeyRotation", default=False) else {"enableKeyRotation": True}


def _shorten(key: ResourceView, context: RuleContext) -> Mapping[str, Plain]:
    _rotatable(key)
    longest = context.number("maximumDays")
    return {"rotationPeriodInDays": longest} if key.number("rotationPeriodInDays", 365) > longest else {}


RULE = ResourceRule(
    title="KMS keys rotate at least once a year",
    severity=Severity.HIGH,
    why="A key that never changes protects ever more data, and its exposure exposes all of it.",
    remedy="set `enableKeyRotation` to true, and `rotationPeriodInDays` to a year or less",
    parameters={
        "maximumDays": {
            "type": "number",
            "minimum": 90,
            "maximum": 2560,
            "default": 365,
            "description": "Longest rotation period in days (KMS takes 90 to 2,560; its default is 365).",
        }
    },
    types=(AWS_KEY,),
    checks=(_rotation, _period),
    reads={
        "customerMasterKeySpec": "safe",
        "customKeyStoreId": "safe",
        "enableKeyRotation": "fails",
        "rotationPeriodInDays": "safe",
    },
    corrects=(_turn_on, _shorten),
    weaker={"enableKeyRotation": (False, "false"), "rotationPeriodInDays": (366.0, 2560.0)},
    neutral={
        "customerMasterKeySpec": "another kind of key can't rotate: it is not judged, and that is said",
        "customKeyStoreId": "a key in a custom store can't rotate: it is not judged",
    },
    allowed=(
        Example(
            "rotates yearly",
            AWS_KEY,
            {
                "description": "ePHI",
                "enableKeyRotation": True,
                "rotationPeriodInDays": 365.0,
                "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
                "__defaults": ["customerMasterKeySpec"],
            },
        ),
        Example("rotates at the service's own period", AWS_KEY, {"enableKeyRotation": True}),
    ),
    disallowed=(
        Example("left out", AWS_KEY, {"description": "ePHI"}),
        Example("off", AWS_KEY, {"enableKeyRotation": False}),
        Example("too seldom", AWS_KEY, {"enableKeyRotation": True, "rotationPeriodInDays": 730.0}),
    ),
    blind_spot="Asymmetric and HMAC keys and those in a CloudHSM cluster or an external store, which KMS "
    "can't rotate by itself: their replacement is a task.",
)
