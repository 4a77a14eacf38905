"""A permission for everybody, or for a service of any account, lets every AWS account run the function."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity

PERMISSION = "aws:lambda/permission:Permission"


def _caller(permission: ResourceView, _: RuleContext) -> Iterator[Finding]:
    principal = permission.text("principal", "")
    if not principal or "*" in principal:
        yield Finding(f"`principal` is {principal or 'missing'}")
    elif principal.endswith(".amazonaws.com") and not (
        permission.text("sourceArn", "") or permission.text("sourceAccount", "")
    ):
        yield Finding(
            f"`principal` is {principal} for every account: neither `sourceArn` nor `sourceAccount`"
        )


def _address(permission: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if permission.text("functionUrlAuthType", "AWS_IAM") != "AWS_IAM":
        yield Finding("`functionUrlAuthType` is not AWS_IAM: whoever knows the address is let in")


_SERVICE: dict[str, object] = {
    "action": "lambda:InvokeFunction",
    "function": "post",
    "principal": "events.amazonaws.com",
    "sourceArn": "arn:aws:events:us-east-1:111122223333:rule/nightly",
}
_ACCOUNT: dict[str, object] = {
    "action": "lambda:InvokeFunctionUrl",
    "function": "post",
    "principal": "111122223333",
}

RULE = ResourceRule(
    title="Functions may not be called by everybody",
    severity=Severity.CRITICAL,
    why="A permission for everybody, or for a service in any account, lets any AWS account run the function.",
    remedy="name the `principal`, with `sourceAccount` or `sourceArn` for services",
    types=(PERMISSION, "aws:lambda/layerVersionPermission:LayerVersionPermission"),
    checks=(_caller, _address),
    reads={
        "principal": "fails",
        "sourceArn": "fails",
        "sourceAccount": "fails",
        "functionUrlAuthType": "safe",
    },
    weaker={
        "principal": ("*", "arn:aws:iam::*:root", ""),
        "sourceArn": ("",),
        "sourceAccount": ("",),
        "functionUrlAuthType": ("NONE", ""),
    },
    allowed=(
        Example("a service for one of our rules", PERMISSION, _SERVICE),
        Example(
            "a service of our account",
            PERMISSION,
            {
                "action": "lambda:InvokeFunction",
                "principal": "s3.amazonaws.com",
                "sourceAccount": "111122223333",
            },
            weaker={"principal": ("*", ""), "sourceAccount": ("",)},
        ),
        Example("an account, signed", PERMISSION, {**_ACCOUNT, "functionUrlAuthType": "AWS_IAM"}),
    ),
    disallowed=(
        Example("everybody", PERMISSION, {**_SERVICE, "principal": "*"}),
        Example("a service of any account", PERMISSION, {"action": "a", "principal": "s3.amazonaws.com"}),
        Example("an open address", PERMISSION, {**_ACCOUNT, "functionUrlAuthType": "NONE"}),
    ),
)
