"""Which rule of a declared Okta policy meets a person: the first whose conditions all hold decides.

Written from Okta's documentation of app sign-on policies ("Policy and rule prioritization"): rules in order
of priority, then the catch-all; a rule that fits and whose factor is missing does not fall through.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from billing_identity.review.preview.record import Preview

BEHAVIOUR = re.compile(r'security\.behaviors\.contains\("([^"]+)"\)')


@dataclass(frozen=True)
class SignIn:
    """One attempt."""

    groups: frozenset[str]
    zones: frozenset[str] = frozenset()
    risk: str = "LOW"
    registered: bool = True
    managed: bool = True
    assured: bool = True
    behaviours: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """The rule that met it, and what it demands."""

    rule: str
    allowed: bool
    constraints: tuple[dict[str, Any], ...] = ()
    factor_mode: str | None = None

    @property
    def phishing_resistant(self) -> bool:
        return bool(self.constraints) and all(
            item.get("possession", {}).get("phishingResistant") == "REQUIRED" for item in self.constraints
        )


@dataclass(frozen=True)
class Policy:
    """One app sign-on policy with its rules in order."""

    name: str
    catch_all_denies: bool
    rules: tuple[dict[str, Any], ...] = field(repr=False)

    def decide(self, attempt: SignIn) -> Decision:
        for rule in self.rules:
            if fits(rule, attempt):
                return Decision(
                    rule["name"],
                    rule["access"] == "ALLOW",
                    tuple(json.loads(text) for text in rule.get("constraints") or ()),
                    rule.get("factorMode"),
                )
        return Decision("catch-all", not self.catch_all_denies)


KNOWN = {
    "name", "access", "priority", "status", "type", "factorMode", "constraints", "reAuthenticationFrequency",
    "inactivityPeriod", "groupsIncluded", "groupsExcluded", "networkConnection", "networkIncludes",
    "deviceIsRegistered", "deviceIsManaged", "deviceAssurancesIncluded", "riskScore", "customExpression",
}  # fmt: skip


def fits(rule: dict[str, Any], attempt: SignIn) -> bool:
    strange = set(rule) - KNOWN
    assert not strange, f"the evaluator does not know {strange}"
    included, excluded = rule.get("groupsIncluded"), rule.get("groupsExcluded") or ()
    behaviours = BEHAVIOUR.findall(rule.get("customExpression") or "")
    assert bool(behaviours) == bool(rule.get("customExpression")), "an expression of another form"
    return (
        rule["status"] == "ACTIVE"
        and (not included or bool(attempt.groups & set(included)))
        and not attempt.groups & set(excluded)
        and (rule["networkConnection"] == "ANYWHERE" or bool(attempt.zones & set(rule["networkIncludes"])))
        and rule.get("riskScore", "ANY") in ("ANY", attempt.risk)
        and (not rule.get("deviceIsRegistered") or attempt.registered)
        and (not rule.get("deviceIsManaged") or attempt.managed)
        and (not rule.get("deviceAssurancesIncluded") or attempt.assured)
        and (not behaviours or bool(attempt.behaviours & set(behaviours)))
    )


def policies(preview: Preview) -> dict[str, Policy]:
    """Every app sign-on policy, by resource name; rules sorted as Okta tries them."""
    rules: dict[str, list[dict[str, Any]]] = {}
    for item in preview.resources():
        if item.type == "okta:app/signonPolicyRules:SignonPolicyRules":
            rules.setdefault(item.inputs["policyId"], []).extend(item.inputs["rules"])
    found: dict[str, Policy] = {}
    for item in preview.resources():
        if item.type == "okta:index/appSignonPolicy:AppSignonPolicy":
            own = sorted(rules.get(item.id or "", ()), key=lambda rule: rule["priority"])
            priorities = [rule["priority"] for rule in own]
            assert priorities == list(range(1, len(own) + 1)), f"{item.name}: a gap in the order"
            found[item.name] = Policy(item.name, item.inputs["catchAll"] is False, tuple(own))
    return found
