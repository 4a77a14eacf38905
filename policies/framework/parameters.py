"""A rule's parameters: what may be given, and which direction makes the rule weaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from billing_identity.policies.framework.faults import Fault
from billing_identity.policies.framework.rule import Rule

LESS_IS_WEAKER = ("minimum", "history", "graceDays")
"""Beginnings of names of numbers that make a rule weaker when they are lower."""
MORE_IS_WEAKER = ("maximum", "idleMinutes", "lifetimeMinutes", "lockoutAttempts", "days", "hours")
"""Beginnings of names of numbers that make a rule weaker when they are higher."""

_CLASS = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Changed:
    """A parameter that the configuration sets to something else than its default."""

    rule: str
    parameter: str
    default: object
    value: object
    weaker: bool

    def __str__(self) -> str:
        how = "lowered" if self.weaker else "set"
        value, default = _listed(self.value), _listed(self.default)
        if value is None or default is None:
            return (
                f"{self.rule}: `{self.parameter}` {how} from {_plain(self.default)} to {_plain(self.value)}"
            )
        more, fewer = sorted(value - default), sorted(default - value)
        said = [f"also takes {', '.join(more)}"] if more else []
        said += [f"no longer takes {', '.join(fewer)}"] if fewer else []
        return f"{self.rule}: `{self.parameter}` {how}: {'; '.join(said)}"


def changed(rule: Rule, given: Mapping[str, object]) -> Iterator[Changed]:
    """What the configuration sets of a rule's parameters to another value than the default."""
    for name, value in sorted(given.items()):
        default = rule.parameters[name]["default"]
        if (_listed(value) or value) != (_listed(default) or default):
            yield Changed(rule.id, name, default, value, _weaker(name, value, default))


def parameter_faults(rule: Rule, given: Mapping[str, object]) -> Iterator[Fault]:
    """Parameters that the rule does not have, values that they can't take, and weaker ones of a rule that
    can't be lowered."""
    right: dict[str, object] = {}
    for name, value in given.items():
        place = (rule.id, name)
        schema = rule.parameters.get(name)
        if schema is None:
            known = ", ".join(f"`{other}`" for other in rule.parameters) or "none"
            yield Fault(place, f"`{rule.id}` has no parameter `{name}`; it has {known}")
        elif not _fits(value, schema):
            yield Fault(place, f"`{rule.id}`: parameter `{name}` must be {_shape(schema)}")
        else:
            right[name] = value
            yield from _wildcards(rule, name, value)
    if not rule.liftable:
        for item in changed(rule, right):
            if item.weaker:
                text = f"`{rule.id}`: parameter `{item.parameter}` can't be lowered: leave it out"
                yield Fault((rule.id, item.parameter), text)


def _wildcards(rule: Rule, name: str, value: object) -> Iterator[Fault]:
    for text in sorted(_listed(value) or ()):
        if not any(character.isalnum() for character in _CLASS.sub("", text)):
            said = f"`{rule.id}`: `{text}` in `{name}` stands for anything; write what is meant"
            yield Fault((rule.id, name), said)


def _weaker(name: str, value: object, default: object) -> bool:
    if isinstance(value, (int, float)) and isinstance(default, (int, float)):
        if name.startswith(LESS_IS_WEAKER):
            return value < default
        return value > default or not name.startswith(MORE_IS_WEAKER)
    given, usual = _listed(value), _listed(default)
    return given is None or usual is None or not given <= usual


def _listed(value: object) -> frozenset[str] | None:
    """The texts of a list; None for anything else."""
    return frozenset(map(str, value)) if isinstance(value, (list, tuple)) else None  # pyright: ignore[reportUnknownArgumentType]


def _fits(value: object, schema: Mapping[str, object]) -> bool:
    match schema.get("type"):
        case "number" | "integer":
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return False
            if isinstance(value, float) and not value.is_integer():
                return False
            low, high = schema.get("minimum", value), schema.get("maximum", value)
            return isinstance(low, (int, float)) and isinstance(high, (int, float)) and low <= value <= high
        case "array":
            return isinstance(value, (list, tuple)) and all(isinstance(item, str) for item in value)  # pyright: ignore[reportUnknownVariableType]
        case _:
            return isinstance(value, str)


def _shape(schema: Mapping[str, object]) -> str:
    bounds = [
        f"{word} {schema[key]}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema
    ]
    kinds = {"array": "a list of texts", "number": "a whole number", "integer": "a whole number"}
    return " ".join([kinds.get(str(schema.get("type")), "a text"), *bounds])


def _plain(value: object) -> str:
    """A number as people write it: the engine sends every number as one with a fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
