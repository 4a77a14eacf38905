"""Shapes of Okta resources that several rules read."""

from __future__ import annotations

from billing_identity.policies.framework.reader import ResourceView, View
from billing_identity.policies.framework.tokens import OKTA_SIGN_ON_RULES

CONSTRAINT_KEYS = {
    "possession": frozenset(
        {
            "required",
            "deviceBound",
            "hardwareProtection",
            "phishingResistant",
            "userPresence",
            "userVerification",
            "userVerificationMethods",
            "types",
            "methods",
            "authenticationMethods",
            "excludedAuthenticationMethods",
            "reauthenticateIn",
        }
    ),
    "knowledge": frozenset(
        {
            "required",
            "types",
            "methods",
            "authenticationMethods",
            "excludedAuthenticationMethods",
            "reauthenticateIn",
        }
    ),
}
"""Keys of a constraint that the provider knows; it drops every other one without a word."""


def sign_on_rules(resource: ResourceView) -> list[View]:
    """The sign-on rules in a resource, whichever of the two resources declares them."""
    return resource.nodes("rules") if resource.type == OKTA_SIGN_ON_RULES else [resource]


def lets_in(rule: View) -> bool:
    """Whether the rule allows; that is the provider's default."""
    return rule.text("access", "ALLOW").upper() != "DENY"


def rule_name(rule: View) -> str:
    """The rule's name for messages, or its place when the name is not known."""
    from billing_identity.policies.framework.reader import UndecidedError

    try:
        return f"rule `{rule.text('name', '')}`"
    except UndecidedError:
        return "a rule"
