"""The catch-all rule of an Okta sign-on policy lets in whoever no other rule named, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import OKTA_SIGN_ON_POLICY


def _catch_all(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if policy.flag("catchAll", default=True):
        yield Finding(
            "the catch-all rule allows: `catchAll` is true, which is also what is taken when it is left out"
        )


RULE = ResourceRule(
    title="Okta sign-on policies deny whoever no rule lets in",
    severity=Severity.HIGH,
    why="A catch-all rule that allows lets in everybody whom the other rules forgot.",
    remedy="set `catchAll` to false when the policy is made; afterwards it can't be changed here",
    liftable=False,
    types=(OKTA_SIGN_ON_POLICY,),
    checks=(_catch_all,),
    reads={"catchAll": "fails"},
    weaker={"catchAll": (True, "true")},
    allowed=(Example("denies", OKTA_SIGN_ON_POLICY, {"name": "ephi", "catchAll": False}),),
    disallowed=(
        Example("allows", OKTA_SIGN_ON_POLICY, {"name": "ephi", "catchAll": True}),
        Example("left out", OKTA_SIGN_ON_POLICY, {"name": "ephi", "description": "ePHI tier"}),
    ),
    blind_spot="A change of the catch-all rule in the console: the drift run reads it.",
)
