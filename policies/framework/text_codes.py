"""Which sign-on constraints and enrolments take codes by text message, call or e-mail."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.roles.naming import TEXT_CODES

AUTHENTICATORS = frozenset({"phone_number", "okta_email", "okta_sms", "okta_call"})
"""Keys of authenticators, and of classic factors, whose code goes by telephone or e-mail."""
KNOWLEDGE = frozenset({"okta_password", "security_question"})
METHODS = frozenset({"sms", "voice", "call", "email"})
TYPES = frozenset({"phone", "email"})
STRONG = ("phishingResistant", "deviceBound", "hardwareProtection")
"""Each excludes codes by telephone and e-mail (Okta, "Authenticator methods and characteristics")."""


def takes_text_codes(possession: View | None) -> bool:
    """Whether the possession part of a constraint can be satisfied by such a code; without one, it can."""
    if possession is None:
        return True
    strong = [possession.text(name, "") == "REQUIRED" for name in STRONG]
    named = [method.text("key", "") for method in possession.nodes("authenticationMethods")]
    excluded = {
        method.text("key", "")
        for method in possession.nodes("excludedAuthenticationMethods")
        if not method.text("method", "")
    }
    types, methods = possession.texts("types").all(), possession.texts("methods").all()
    if any(strong) or {"phone_number", "okta_email"} <= excluded:
        return False
    if named:
        return any(key in AUTHENTICATORS or not key for key in named)
    if methods and METHODS.isdisjoint(methods):
        return False
    return not types or not TYPES.isdisjoint(types)


def fallback_group(context: RuleContext) -> str | None:
    """Name of the group that may use such codes now; None without a catalogue or past its last day."""
    policy = context.catalogue.access_policy if context.catalogue is not None else None
    fallback = policy.sms_fallback if policy is not None else None
    if fallback is None or fallback.ends < context.settings.day.isoformat():
        return None
    return TEXT_CODES


def without_possession(chain: View) -> Iterator[str]:
    """Paths through a chain of methods on which no step asks for more than knowledge and such codes."""
    yield from _paths(chain, ())


def _paths(step: View, before: tuple[str, ...]) -> Iterator[str]:
    methods = step.nodes("authenticationMethods")
    keys = [method.text("key", "") for method in methods]
    names = (*before, " or ".join(keys) or "nothing")
    weak = not keys or any(key in AUTHENTICATORS | KNOWLEDGE or not key for key in keys)
    if not weak:
        return
    following = step.nodes("next")
    if not following:
        yield ", then ".join(names)
    for later in following:
        yield from _paths(later, names)
