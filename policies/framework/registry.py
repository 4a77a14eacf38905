"""Finds the rules: every module of `billing_identity.policies.rules`; a rule is added by adding its file."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from billing_identity.policies import rules as folder
from billing_identity.policies.framework.rule import RULE_ID, ResourceRule, Rule, StackRule


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in order of id.

    Raises ValueError for a module without a `RULE`, a bad id or a rule that states no example.
    """
    return tuple(_load(name) for name in sorted(info.name for info in iter_modules(folder.__path__)))


def rule_ids() -> frozenset[str]:
    """Ids of all rules; what an exception may name beside checks and separation-of-duties rules."""
    return frozenset(rule.id for rule in rules())


def find(rule_id: str) -> Rule:
    """The rule of that id. Raises KeyError when there is none."""
    for rule in rules():
        if rule.id == rule_id:
            return rule
    raise KeyError(rule_id)


def _load(module: str) -> Rule:
    rule: object = getattr(import_module(f"{folder.__name__}.{module}"), "RULE", None)
    rule_id = module.replace("_", "-")
    if not isinstance(rule, (ResourceRule, StackRule)):
        raise ValueError(f"rules/{module}.py defines no RULE")
    if RULE_ID.match(rule_id) is None:
        raise ValueError(f"rules/{module}.py: file name gives no rule id")
    if not rule.allowed or not (rule.disallowed or getattr(rule, "sequences", ())):
        raise ValueError(f"rules/{module}.py: a rule needs an allowed and a disallowed example")
    return rule.named(rule_id)
