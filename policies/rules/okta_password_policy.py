"""Okta's password defaults are short passwords, no list of common ones, and a recovery question."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceCheck, ResourceRule, Severity
from billing_identity.policies.framework.tokens import OKTA_PASSWORD_DEFAULT, OKTA_PASSWORD_POLICY


def _length(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    length, least = policy.number("passwordMinLength", 8), context.number("minimumLength")
    if length < least:
        yield Finding(f"`passwordMinLength` is {length:.0f} (8 when left out): at least {least:.0f}")


def _history(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    default = 4 if policy.type == OKTA_PASSWORD_DEFAULT else 0
    history, least = policy.number("passwordHistoryCount", default), context.number("history")
    if history < least:
        yield Finding(
            f"`passwordHistoryCount` is {history:.0f} ({default} when left out): at least {least:.0f}"
        )


def _lockout(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    attempts, most = policy.number("passwordMaxLockoutAttempts", 10), context.number("lockoutAttempts")
    if not 0 < attempts <= most:
        yield Finding(f"`passwordMaxLockoutAttempts` is {attempts:.0f} (0 is without end): 1 to {most:.0f}")


def _dictionary(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not policy.flag("passwordDictionaryLookup", default=False):
        yield Finding("`passwordDictionaryLookup` is not true: common passwords are accepted")


def _recovery(name: str, default: str, what: str) -> ResourceCheck:
    def check(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
        if policy.text(name, default) != "INACTIVE":
            yield Finding(f"`{name}` is active: {what}")

    return check


_GOOD: dict[str, object] = {
    "name": "workforce",
    "passwordMinLength": 15.0,
    "passwordHistoryCount": 24.0,
    "passwordMaxLockoutAttempts": 5.0,
    "passwordDictionaryLookup": True,
    "passwordMinUppercase": 0.0,
    "questionRecovery": "INACTIVE",
    "smsRecovery": "INACTIVE",
    "callRecovery": "INACTIVE",
    "emailRecovery": "ACTIVE",
    "status": "ACTIVE",
    "__defaults": ["callRecovery", "emailRecovery", "smsRecovery", "status"],
}


def _but(**changes: object) -> dict[str, object]:
    return {**_GOOD, **changes}


RULE = ResourceRule(
    title="Okta passwords are long, uncommon and not recovered by a question or a text message",
    severity=Severity.MEDIUM,
    why="Guessed and reused passwords, and weak recovery, are the usual ways into an account.",
    remedy=(
        "set `passwordMinLength` 15, `passwordHistoryCount` 24, `passwordMaxLockoutAttempts` 5, "
        "`passwordDictionaryLookup` true, and `questionRecovery`, `smsRecovery`, `callRecovery` INACTIVE"
    ),
    parameters={
        "minimumLength": {
            "type": "number",
            "minimum": 8,
            "maximum": 72,
            "default": 15,
            "description": "Characters at least (NIST SP 800-63B-4 3.1.1.2; DISA Okta STIG 000650).",
        },
        "history": {
            "type": "number",
            "minimum": 0,
            "maximum": 30,
            "default": 5,
            "description": "Earlier passwords refused, at least (DISA Okta STIG 003010).",
        },
        "lockoutAttempts": {
            "type": "number",
            "minimum": 1,
            "maximum": 100,
            "default": 10,
            "description": "Failures before the lock, at most (NIST SP 800-63B-4 3.2.2 allows 100).",
        },
    },
    types=(OKTA_PASSWORD_POLICY, OKTA_PASSWORD_DEFAULT),
    checks=(
        _length,
        _history,
        _lockout,
        _dictionary,
        _recovery("questionRecovery", "ACTIVE", "answers can be found out"),
        _recovery("smsRecovery", "INACTIVE", "text messages can be redirected"),
        _recovery("callRecovery", "INACTIVE", "calls can be redirected"),
    ),
    reads={
        "passwordMinLength": "fails",
        "passwordHistoryCount": "fails",
        "passwordMaxLockoutAttempts": "safe",
        "passwordDictionaryLookup": "fails",
        "questionRecovery": "fails",
        "smsRecovery": "safe",
        "callRecovery": "safe",
    },
    weaker={
        "passwordMinLength": (14.0, 0.0),
        "passwordHistoryCount": (4.0, 0.0),
        "passwordMaxLockoutAttempts": (11.0, 0.0),
        "passwordDictionaryLookup": (False,),
        **dict.fromkeys(("questionRecovery", "smsRecovery", "callRecovery"), ("ACTIVE", "")),
    },
    allowed=(
        Example("a policy for a group", OKTA_PASSWORD_POLICY, _GOOD),
        Example("the default policy", OKTA_PASSWORD_DEFAULT, _GOOD),
    ),
    disallowed=(
        Example("nothing declared", OKTA_PASSWORD_POLICY, {"name": "workforce"}),
        Example("short", OKTA_PASSWORD_POLICY, _but(passwordMinLength=8.0)),
        Example("no history", OKTA_PASSWORD_POLICY, _but(passwordHistoryCount=0.0)),
        Example("no lock", OKTA_PASSWORD_POLICY, _but(passwordMaxLockoutAttempts=0.0)),
        Example("common passwords", OKTA_PASSWORD_POLICY, _but(passwordDictionaryLookup=False)),
        Example("a question", OKTA_PASSWORD_POLICY, _but(questionRecovery="ACTIVE")),
        Example("a text message", OKTA_PASSWORD_POLICY, _but(smsRecovery="ACTIVE")),
        Example("a call", OKTA_PASSWORD_POLICY, _but(callRecovery="ACTIVE")),
    ),
    blind_spot="Passwords of directories and systems that Okta does not keep.",
)
