"""One run of a pack: its configuration, what it lowers, what an exception lifts, what rules remember."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.exceptions import exception_faults, missing_subjects
from billing_identity.policies.framework.faults import Fault, SettingsError
from billing_identity.policies.framework.lifting import Lifts
from billing_identity.policies.framework.parameters import Changed, changed, parameter_faults
from billing_identity.policies.framework.registry import rule_ids
from billing_identity.policies.framework.rollout import Rollout
from billing_identity.policies.framework.rule import Level, ResourceRule, Rule
from billing_identity.policies.framework.settings import PackSettings
from billing_identity.policies.framework.weakening import Lowered, level_lines, setting_lines
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.yaml_tree import Tree


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
    today: date | None = None
    """The real day, where the caller tells it; by default the clock's."""
    faults: tuple[Fault, ...] = ()
    """What was wrong when it was read; the run refuses it together with what else is wrong."""
    tree: Tree | None = None
    """The file that it was read from, to say where a fault stands."""


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

        Raises `SettingsError` with every fault when it names an unknown rule or parameter, a value of the
        wrong kind, asks by name to lower a rule that can't be lowered, or has an exception that may not be.
        An update is judged by today, whatever day the settings name.
        """
        config = self._for_chosen(config)
        faults = [*config.faults, *self._faults(config)]
        if faults:
            raise SettingsError(faults, config.tree)
        self.config = config
        self.today = config.today or date.today()
        day = config.settings.day if self.preview else self.today
        self.settings = config.settings.model_copy(update={"as_of": day})
        self.lowered: tuple[Lowered, ...] = tuple(sorted(self._lowered(config), key=lambda item: item.rule))
        self.changed: tuple[Changed, ...] = tuple(
            item
            for name, given in sorted(config.parameters.items())
            for item in changed(self.rules[name], given)
        )
        self.lifts = Lifts(self.settings, config.catalogue, self.today)
        self.rollout = Rollout(self.settings, config.catalogue)
        self._contexts: dict[str, RuleContext] = {}

    def _for_chosen(self, config: PackConfig) -> PackConfig:
        """The configuration without what it says of rules of the pack that this run leaves out."""
        others = rule_ids() - self.rules.keys()
        return replace(
            config,
            levels={name: level for name, level in config.levels.items() if name not in others},
            parameters={name: given for name, given in config.parameters.items() if name not in others},
        )

    def _faults(self, config: PackConfig) -> Iterator[Fault]:
        for name in sorted({*config.levels, *config.parameters} - {*self.rules}):
            yield Fault((name,), f"`{name}` is no rule of this pack; RULES.md lists them")
        for name, level in sorted(config.levels.items()):
            rule = self.rules.get(name)
            if level is Level.REMEDIATE and not _corrects(rule) and level is not config.all_level:
                text = f"`{name}` can't remediate: no value is certainly right; leave its level out"
                yield Fault((name,), text)
            if rule is None or rule.liftable or level is config.all_level:
                continue
            if _STRENGTH[level] < _STRENGTH[rule.level]:
                yield Fault((name,), f"`{name}` can't be lowered to {level}: leave its level out")
        for name, given in sorted(config.parameters.items()):
            if name in self.rules:
                yield from parameter_faults(self.rules[name], given)
        yield from exception_faults(config.settings, config.catalogue, self.rules)

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
                self.settings, self.config.catalogue, {**defaults, **self.config.parameters.get(rule.id, {})}
            )
        return context

    def missing(self, urns: Collection[str]) -> tuple[Fault, ...]:
        """Exceptions for resources that these stacks don't have; `urns` are those of all their resources."""
        return tuple(missing_subjects(self.settings, self.config.catalogue, urns))

    def notes(self) -> tuple[str, ...]:
        """What every run says out loud: what the configuration weakens, and the absence of a catalogue."""
        lines = [
            *level_lines(self.lowered),
            *map(str, self.changed),
            *setting_lines(self.settings, self.config.catalogue, self.today),
        ]
        if self.config.settings.day != self.settings.day:
            lines.append(
                f"`asOf` {self.config.settings.day} is not used: an update is judged by {self.today}"
            )
        correcting = [rule.id for rule in self.rules.values() if self.level(rule) is Level.REMEDIATE]
        if correcting:
            lines.append(f"corrected instead of refused where possible: {', '.join(sorted(correcting))}")
        if self.config.catalogue is None:
            waiting = sorted(rule.id for rule in self.rules.values() if rule.needs_catalogue)
            if waiting:
                lines.append(f"no catalogue configured; not applicable: {', '.join(waiting)}")
        return tuple(lines)


def _corrects(rule: Rule | None) -> bool:
    return isinstance(rule, ResourceRule) and bool(rule.corrects)
