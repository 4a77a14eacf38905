"""Runs the pack's real policy objects in process over a list of resources: the offline preview's judge.

report = evaluate(records, PackConfig(settings=PackSettings(environment="prod"), catalogue=catalogue))
report.blocking        # findings that stop a run
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pulumi_policy import PolicyCustomTimeouts, PolicyResourceOptions

from billing_identity.policies.framework.faults import SettingsError
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.parameters import Changed
from billing_identity.policies.framework.policy import (
    FastArgs,
    GraphArgs,
    Outcome,
    Reporter,
    ResourceRulePolicy,
    StackRulePolicy,
    build_policies,
)
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules as all_rules
from billing_identity.policies.framework.rule import Level, Rule, Severity, Verdict
from billing_identity.policies.framework.runtime import PackConfig, Run
from billing_identity.policies.framework.settings import PackSettings, read_settings
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.framework.weakening import Lowered

__all__ = [
    "Counts",
    "Lowered",
    "PackConfig",
    "PackSettings",
    "Report",
    "ReportedFinding",
    "ResourceRecord",
    "SettingsError",
    "evaluate",
    "read_settings",
]


_BLOCKING = (Level.MANDATORY, Level.REMEDIATE)
"""Nothing is corrected here, so a rule that would correct on the engine refuses."""


@dataclass(frozen=True, order=True)
class ReportedFinding:
    """One finding of the report. Sorts by severity, worst first, then by rule and resource."""

    rank: int
    rule: str
    urn: str
    name: str
    type: str
    message: str
    """Several lines: the fault, why it matters, what to write instead."""
    verdict: Verdict
    severity: Severity
    level: Level
    title: str
    remedy: str
    citations: tuple[str, ...]
    code: str
    """Id that an exception would have to name."""
    lifted_by: str | None = None
    """Id of the exception that lifts it; then it no longer blocks."""
    rollout: str = ""
    """Rings to come, with their last days, when it is gone once they are enforced; then it blocks nothing."""

    @property
    def blocks(self) -> bool:
        """Whether it makes the run fail."""
        excused = self.lifted_by is not None or self.rollout
        return self.verdict is Verdict.FAIL and not excused and self.level in _BLOCKING


@dataclass
class Counts:
    """How one rule judged the resources that it matched; findings count once each."""

    passed: int = 0
    failed: int = 0
    undecided: int = 0
    not_applicable: int = 0
    lifted: int = 0
    in_rollout: int = 0


@dataclass(frozen=True)
class Report:
    """Result of an evaluation: sorted, the same for the same input."""

    findings: tuple[ReportedFinding, ...]
    counts: Mapping[str, Counts]
    """By rule id, every rule of the pack."""
    not_applicable: tuple[tuple[str, str], ...]
    """Rule id and reason, each pair once."""
    lowered: tuple[Lowered, ...]
    changed: tuple[Changed, ...]
    """Parameters that differ from their defaults."""
    notes: tuple[str, ...]
    """What the configuration lowers or leaves out."""

    @property
    def blocking(self) -> tuple[ReportedFinding, ...]:
        """Findings that stop a run: violations of mandatory rules that no exception lifts."""
        return tuple(item for item in self.findings if item.blocks)

    @property
    def undecided(self) -> tuple[ReportedFinding, ...]:
        """Findings that could not be decided."""
        return tuple(item for item in self.findings if item.verdict is Verdict.UNDECIDED)

    @property
    def lifted(self) -> tuple[ReportedFinding, ...]:
        """Findings that an exception lifts."""
        return tuple(item for item in self.findings if item.lifted_by is not None)

    @property
    def in_rollout(self) -> tuple[ReportedFinding, ...]:
        """Findings that are gone once the rings to come are enforced."""
        return tuple(item for item in self.findings if item.rollout)


@dataclass
class _Collector(Reporter):
    outcomes: list[Outcome] = field(default_factory=list[Outcome])

    def take(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


_RANK = {severity: rank for rank, severity in enumerate(reversed(Severity))}
_NO_OPTIONS = PolicyCustomTimeouts(0, 0, 0)


def evaluate(
    resources: Sequence[ResourceRecord], config: PackConfig, rules: Iterable[Rule] | None = None
) -> Report:
    """Judges resources in the order given: resource rules by their inputs, stack rules by the whole graph.

    `rules` is the whole pack by default. Raises `SettingsError` for a configuration that can't be used.
    The cost is linear in the resources and, for each, in the rules that match its type.
    """
    chosen = tuple(rules) if rules is not None else all_rules()
    run = Run(chosen, config)
    missing = run.missing({record.urn for record in resources})
    if missing:
        raise SettingsError(missing, config.tree)
    by_type: defaultdict[str, list[ResourceRulePolicy]] = defaultdict(list)
    stack_policies: list[StackRulePolicy] = []
    for policy in build_policies(chosen, run):
        if isinstance(policy, ResourceRulePolicy) and run.level(policy.rule) is not Level.DISABLED:
            for name in policy.types:
                by_type[name].append(policy)
        elif isinstance(policy, StackRulePolicy) and run.level(policy.rule) is not Level.DISABLED:
            stack_policies.append(policy)
    counts = {rule.id: Counts() for rule in chosen}
    outcomes: list[Outcome] = []
    for record in resources:
        matching = [*by_type.get(record.type, ()), *by_type.get(ANY, ())]
        if not matching:
            continue
        args = FastArgs(
            record.view(),
            record.props,
            opts=PolicyResourceOptions(
                record.protect, list(record.ignore_changes), None, [], _NO_OPTIONS, [], record.parent
            ),
            provider=None,
        )
        for policy in matching:
            collector = _Collector()
            policy.validate(args, collector)  # pyright: ignore[reportUnknownMemberType]
            _count(counts[policy.rule.id], collector.outcomes)
            outcomes += collector.outcomes
    if stack_policies:
        graph_args = GraphArgs(Graph(resources), resources=[])
        for policy in stack_policies:
            collector = _Collector()
            policy.validate(graph_args, collector)  # pyright: ignore[reportUnknownMemberType]
            _count(counts[policy.rule.id], collector.outcomes)
            outcomes += collector.outcomes
    return _report(run, resources, outcomes, counts)


def _count(counts: Counts, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        counts.passed += 1
    for outcome in outcomes:
        if outcome.lifted_by is not None:
            counts.lifted += 1
        elif outcome.rollout:
            counts.in_rollout += 1
        elif outcome.verdict is Verdict.FAIL:
            counts.failed += 1
        elif outcome.verdict is Verdict.UNDECIDED:
            counts.undecided += 1
        else:
            counts.not_applicable += 1


def _report(
    run: Run, resources: Sequence[ResourceRecord], outcomes: Sequence[Outcome], counts: Mapping[str, Counts]
) -> Report:
    mentioned = {outcome.urn for outcome in outcomes if outcome.urn}
    by_urn = {record.urn: record for record in resources if record.urn in mentioned}
    findings: list[ReportedFinding] = []
    not_applicable: set[tuple[str, str]] = set()
    for outcome in outcomes:
        if outcome.verdict is Verdict.NOT_APPLICABLE:
            not_applicable.add((outcome.rule, outcome.message))
            continue
        rule = run.rules[outcome.rule]
        record = by_urn.get(outcome.urn)
        findings.append(
            ReportedFinding(
                rank=_RANK[rule.severity],
                rule=rule.id,
                urn=outcome.urn,
                name=record.name if record else "",
                type=record.type if record else "",
                message=outcome.message,
                verdict=outcome.verdict,
                severity=rule.severity,
                level=run.level(rule),
                title=rule.title,
                remedy=rule.remedy,
                citations=outcome.citations,
                code=outcome.code,
                lifted_by=outcome.lifted_by,
                rollout=outcome.rollout,
            )
        )
    return Report(
        findings=tuple(sorted(findings, key=lambda item: (item.rank, item.rule, item.urn, item.message))),
        counts=dict(sorted(counts.items())),
        not_applicable=tuple(sorted(not_applicable)),
        lowered=run.lowered,
        changed=run.changed,
        notes=(*run.notes(), *run.lifts.lines()),
    )
