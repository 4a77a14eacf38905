"""One run of a pack: its configuration, what it lowers, what an exception lifts, what rules remember."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.lifting import Lifts
from billing_identity.policies.framework.rollout import Rollout
from billing_identity.policies.framework.rule import Level, ResourceRule, Rule
from billing_identity.policies.framework.settings import SETTINGS_POLICY, PackSettings, SettingsError
from billing_identity.roles.model.catalogue import Catalogue


@dataclass(frozen=True)
class PackConfig:
    """Everything that a pack is told. `catalogue` is loaded already; None means that there is none.

    `levels` and `parameters` by rule id; `all_level` is the configuration's `all`.
    """

    settings: PackSettings = field(default_factory=PackSettings)
    catalogue: Catalogue | None = None
    levels: Mapping[str, Level] = field(default_factory=dict[str, Level])
    all_level: Level | None = None
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    remarks: tuple[str, ...] = ()
    """What every run says about where the configuration came from."""


@dataclass(frozen=True)
class Lowered:
    """A rule that the configuration asks to make weaker. `kept`: it may not, and runs as ever."""

    rule: str
    from_: Level
    to: Level
    kept: bool

    def __str__(self) -> str:
        if self.kept:
            return f"{self.rule}: stays {self.from_}, can't be lowered to {self.to}"
        return f"{self.rule}: {self.from_} lowered to {self.to}"


_STRENGTH = {Level.DISABLED: 0, Level.ADVISORY: 1, Level.MANDATORY: 2, Level.REMEDIATE: 2}


class Run:
    """State of one run. Made once by the pack, configured once, and asked by every policy."""

    def __init__(self, rules: Iterable[Rule], config: PackConfig | None = None) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self.preview = True
        """False during an update, when nothing may be unknown any more."""
        self.configure(config or PackConfig())

    def configure(self, config: PackConfig) -> None:
        """Takes the configuration and forgets what earlier resources left behind.

        Raises `SettingsError` when it names an unknown rule or parameter, a value of the wrong kind, or
        asks by name to lower a rule that can't be lowered.
        """
        problems = self._faults(config)
        if problems:
            raise SettingsError(problems)
        self.config = config
        self.lowered: tuple[Lowered, ...] = tuple(sorted(self._lowered(config), key=lambda item: item.rule))
        self.lifts = Lifts(config.settings, config.catalogue)
        self.rollout = Rollout(config.settings, config.catalogue)
        self._contexts: dict[str, RuleContext] = {}

    def _faults(self, config: PackConfig) -> list[str]:
        problems = [
            f"`{name}` is no rule of this pack"
            for name in sorted({*config.levels, *config.parameters} - {*self.rules, SETTINGS_POLICY})
        ]
        for name, level in sorted(config.levels.items()):
            rule = self.rules.get(name)
            if level is Level.REMEDIATE and not _corrects(rule) and level is not config.all_level:
                problems.append(f"`{name}` can't remediate: no value is certainly right; leave its level out")
            if rule is None or rule.liftable or level is config.all_level:
                continue
            if _STRENGTH[level] < _STRENGTH[rule.level]:
                problems.append(f"`{name}` can't be lowered to {level}: leave its level out")
        problems += self._bad_exceptions(config)
        for name, given in sorted(config.parameters.items()):
            rule = self.rules.get(name)
            if rule is None:
                continue
            for key, value in given.items():
                if key not in rule.parameters:
                    problems.append(f"`{name}` has no parameter `{key}`")
                elif not _fits(value, rule.parameters[key]):
                    problems.append(f"`{name}`: parameter `{key}` must be {_shape(rule.parameters[key])}")
        return problems

    def _bad_exceptions(self, config: PackConfig) -> Iterable[str]:
        """Exceptions for rules that can't be lifted, and settings' exceptions for rules that nobody has."""
        duties = config.catalogue.access_policy.separation_of_duties if config.catalogue else ()
        known = {*self.rules, *(rule.id for rule in duties)}
        recorded = tuple(config.catalogue.exceptions.values()) if config.catalogue else ()
        for record in (*recorded, *config.settings.exceptions):
            rule = self.rules.get(record.lifts.rule)
            if rule is not None and not rule.liftable:
                yield f"exception `{record.id}`: no exception lifts `{rule.id}`"
        for record in config.settings.exceptions:
            if record.lifts.rule not in known:
                yield f"exception `{record.id}`: `{record.lifts.rule}` is no rule of this pack"

    def _lowered(self, config: PackConfig) -> Iterable[Lowered]:
        for rule in self.rules.values():
            asked = config.levels.get(rule.id, config.all_level)
            if asked is not None and _STRENGTH[asked] < _STRENGTH[rule.level]:
                yield Lowered(rule.id, rule.level, asked, kept=not rule.liftable)

    def level(self, rule: Rule) -> Level:
        """The level at which the rule runs: configured, except where it can't be lowered."""
        asked = self.config.levels.get(rule.id, self.config.all_level)
        if asked is None or (not rule.liftable and _STRENGTH[asked] < _STRENGTH[rule.level]):
            return rule.level
        if asked is Level.REMEDIATE and not _corrects(rule):
            return Level.MANDATORY
        return asked

    def context(self, rule: Rule) -> RuleContext:
        """The rule's surroundings, the same object throughout the run."""
        context = self._contexts.get(rule.id)
        if context is None:
            defaults = {name: schema["default"] for name, schema in rule.parameters.items()}
            context = self._contexts[rule.id] = RuleContext(
                self.config.settings,
                self.config.catalogue,
                {**defaults, **self.config.parameters.get(rule.id, {})},
            )
        return context

    def notes(self) -> tuple[str, ...]:
        """What every run must say out loud: lowered levels, and the absence of a catalogue."""
        lines = [*self.config.remarks, *(str(item) for item in self.lowered)]
        correcting = [rule.id for rule in self.rules.values() if self.level(rule) is Level.REMEDIATE]
        if correcting:
            lines.append(f"corrected instead of refused where possible: {', '.join(sorted(correcting))}")
        if self.config.catalogue is None:
            waiting = sorted(rule.id for rule in self.rules.values() if rule.needs_catalogue)
            if waiting:
                lines.append(f"no catalogue configured; not applicable: {', '.join(waiting)}")
        return tuple(lines)

    def with_settings(self, **changes: Any) -> PackConfig:  # noqa: ANN401 - any setting
        """The present configuration with other settings, for tests and tools."""
        return replace(self.config, settings=self.config.settings.model_copy(update=changes))


def _corrects(rule: Rule | None) -> bool:
    return isinstance(rule, ResourceRule) and bool(rule.corrects)


def _fits(value: object, schema: Mapping[str, object]) -> bool:
    match schema.get("type"):
        case "number" | "integer":
            if isinstance(value, bool) or not isinstance(value, (int, float)):
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
    return " ".join(
        ["a list of texts" if schema.get("type") == "array" else f"a {schema.get('type')}", *bounds]
    )
