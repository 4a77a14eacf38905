"""Rules as the policy objects that Pulumi runs.

What becomes of *undecided* on the engine. A preview of a new stack is full of values that nobody knows
yet, so a mandatory rule that can't decide must not block it, and must not be silent either. During a
preview an undecided rule is therefore reported at the advisory level, with the property and the reason.
The same rule runs again in the update, before the resource is created, when its inputs are known, and
decides there; if an input is unknown even then, the rule fails. The offline preview knows every value,
reports *undecided* as a verdict of its own, and is the gate in CI.

The SDK has no level per violation, but it turns an `UnknownValueError` into an advisory note, so under
the SDK's own `PolicyPack` the policy raises one that carries our text. Our server and the evaluator pass a
`Reporter` and get every outcome in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as SdkSeverity
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from billing_identity.policies.framework.citations import citations_of
from billing_identity.policies.framework.correcting import corrections
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.judge import Judgement, judge, judge_stack, waiting
from billing_identity.policies.framework.outcome import Outcome, Reporter
from billing_identity.policies.framework.reader import Options, ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Plain, ResourceRule, Rule, StackRule, Verdict
from billing_identity.policies.framework.runtime import Run
from billing_identity.policies.framework.settings import SETTINGS_POLICY, settings_schema
from billing_identity.policies.framework.tokens import ANY, OLD_NAMES, current
from billing_identity.policies.framework.wire import plain

STACK_TYPE = "pulumi:pulumi:Stack"


class AdvisoryNoteError(UnknownValueError):
    """Makes the SDK's own pack report our text at the advisory level."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(UNKNOWN_STRING_VALUE, [])
        self.message = "\n".join(lines)


class FastArgs(ResourceValidationArgs):
    """The SDK's arguments together with a view that all rules share, so that properties are read once."""

    def __init__(self, view: ResourceView, properties: Mapping[str, Any], **rest: Any) -> None:  # noqa: ANN401
        super().__init__(view.type, properties, view.urn, view.name, **rest)
        self.view = view


class GraphArgs(StackValidationArgs):
    """The SDK's arguments together with the graph that all stack rules share."""

    def __init__(self, graph: Graph, **rest: Any) -> None:  # noqa: ANN401 - the SDK's own arguments
        super().__init__(**rest)
        self.graph = graph


class RulePolicy:
    """What both kinds of policy share. Both run the checks and hand what they found to `deliver`."""

    def __init__(self, rule: Rule, run: Run) -> None:
        self.rule = rule
        self.run = run

    def outcomes(self, judgements: Iterable[Judgement], resource: ResourceView | None) -> list[Outcome]:
        """Judgements as outcomes: with exceptions applied, citations and remedy written out."""
        found: list[Outcome] = []
        for judgement in judgements:
            finding = judgement.finding
            urn = finding.urn or (resource.urn if resource is not None else "")
            verdict = judgement.verdict
            if verdict is Verdict.UNDECIDED and not self.run.preview:
                verdict = Verdict.FAIL
            rollout = self.run.rollout.until if judgement.in_rollout else ""
            fails = verdict is Verdict.FAIL and not rollout
            lift = self.run.lifts.lifting(self.rule, finding, resource) if fails else None
            citations = (*finding.citations, *(item.id for item in citations_of(self.rule.id)))
            said = finding.message if resource is None else resource.without_secrets(finding.message)
            found.append(
                Outcome(
                    self.rule.id,
                    verdict,
                    f"in rollout, {rollout}: {said}"
                    if rollout
                    else _text(self.rule, judgement, said, verdict, citations, lift.id if lift else None),
                    urn,
                    tuple(dict.fromkeys(citations)),
                    lift.id if lift else None,
                    finding.code or self.rule.id,
                    rollout,
                )
            )
        return found

    def deliver(
        self, outcomes: list[Outcome], report: object, args: ResourceValidationArgs | StackValidationArgs
    ) -> None:
        """Hands outcomes to our reporter, or to the SDK in the ways that it knows."""
        if isinstance(report, Reporter):
            for outcome in outcomes:
                report.take(outcome)
            return
        notes: list[str] = []
        for outcome in outcomes:
            if outcome.blocks:
                assert callable(report)  # noqa: S101 - the SDK's contract
                report(outcome.message, outcome.urn or None)
            elif outcome.verdict is not Verdict.NOT_APPLICABLE:
                notes.append(outcome.message)
        if notes:
            raise AdvisoryNoteError(notes)
        if outcomes and all(outcome.verdict is Verdict.NOT_APPLICABLE for outcome in outcomes):
            args.not_applicable("; ".join(outcome.message for outcome in outcomes))


def _text(
    rule: Rule,
    judgement: Judgement,
    said: str,
    verdict: Verdict,
    citations: Iterable[str],
    lifted_by: str | None,
) -> str:
    if verdict is Verdict.NOT_APPLICABLE:
        return judgement.reason
    what = f"undecided: {said}" if judgement.verdict is Verdict.UNDECIDED else said
    if lifted_by is not None:
        return f"lifted by exception {lifted_by}: {what}"
    cited = ", ".join(dict.fromkeys(citations))
    return f"{what}\n  Why it matters: {cited}\n  Instead: {rule.remedy}"


def _base(rule: Rule) -> dict[str, Any]:
    cited = citations_of(rule.id)
    hipaa = next((item for item in cited if item.id.startswith("164.")), None)
    return {
        "name": rule.id,
        "description": rule.title,
        "display_name": rule.title,
        "enforcement_level": EnforcementLevel(rule.level.value),
        "severity": SdkSeverity(rule.severity.value),
        "framework": PolicyComplianceFramework(
            name="HIPAA Security, Privacy and Breach Notification Rules",
            version="45 CFR part 164, 2013",
            reference=f"45 CFR {hipaa.id}" if hipaa else "",
            specification=hipaa.title if hipaa else "",
        ),
        "tags": [*(item.id for item in cited), "liftable" if rule.liftable else "unliftable"],
        "remediation_steps": rule.remedy,
        "config_schema": (
            PolicyConfigSchema({name: dict(schema) for name, schema in rule.parameters.items()})
            if rule.parameters
            else None
        ),
    }


class ResourceRulePolicy(RulePolicy, ResourceValidationPolicy):
    """A resource rule as Pulumi's policy."""

    def __init__(self, rule: ResourceRule, run: Run) -> None:
        RulePolicy.__init__(self, rule, run)
        self._checked = rule
        self.types = frozenset(rule.types) | {old for old, new in OLD_NAMES.items() if new in rule.types}
        ResourceValidationPolicy.__init__(self, validate=self._run, **_base(rule))  # pyright: ignore[reportUnknownMemberType]

    def _run(self, args: ResourceValidationArgs, report: object) -> None:
        if args.resource_type not in self.types and ANY not in self.types:
            return
        view = args.view if isinstance(args, FastArgs) else _view(args)
        self.deliver(self.outcomes(self._judged(view), view), report, args)

    def _judged(self, view: ResourceView) -> list[Judgement]:
        """Judgements of the resource, and of what the declared rollout will make of it."""
        context = self.run.context(self.rule)
        found = judge(self._checked, view, context)
        complete = self.run.rollout.complete_view(view) if found and not self._checked.stateful else None
        return found if complete is None else waiting(found, judge(self._checked, complete, context))

    def corrections(self, view: ResourceView) -> dict[str, Plain]:
        """Right values by path for what the rule refuses and can set right; see `correcting`."""
        outcomes = self.outcomes(self._judged(view), view)
        if not any(outcome.blocks for outcome in outcomes):
            return {}
        return corrections(self._checked, view, self.run.context(self.rule))


class StackRulePolicy(RulePolicy, StackValidationPolicy):
    """A stack rule as Pulumi's policy."""

    def __init__(self, rule: StackRule, run: Run) -> None:
        RulePolicy.__init__(self, rule, run)
        self._checked = rule
        StackValidationPolicy.__init__(self, validate=self._run, **_base(rule))  # pyright: ignore[reportUnknownMemberType]

    def _run(self, args: StackValidationArgs, report: object) -> None:
        graph = args.graph if isinstance(args, GraphArgs) else _graph(args, self._checked)
        context = self.run.context(self.rule)
        found = judge_stack(self._checked, graph, context)
        complete = self.run.rollout.complete_graph(graph) if found else None
        if complete is not None:
            found = waiting(found, judge_stack(self._checked, complete, context))
        outcomes: list[Outcome] = []
        for judgement in found:
            urn = judgement.finding.urn
            record = graph.record(urn) if urn else None
            outcomes += self.outcomes([judgement], graph.view(record) if record is not None else None)
        self.deliver(outcomes, report, args)


class SettingsPolicy(ResourceValidationPolicy):
    """Carries the settings that all rules share, and says on each run what the configuration weakens."""

    def __init__(self, run: Run) -> None:
        self.run = run
        super().__init__(  # pyright: ignore[reportUnknownMemberType] - the SDK's own types
            name=SETTINGS_POLICY,
            description="What the configuration of this pack lowers or leaves out",
            display_name="Settings of the pack",
            enforcement_level=EnforcementLevel.MANDATORY,
            severity=SdkSeverity.LOW,
            config_schema=PolicyConfigSchema(settings_schema()),
            validate=self._run,
        )

    def _run(self, args: ResourceValidationArgs, report: object) -> None:
        if args.resource_type != STACK_TYPE:
            return
        notes = self.run.notes()
        if not notes:
            return
        if not isinstance(report, Reporter):
            raise AdvisoryNoteError(notes)
        report.take(Outcome(SETTINGS_POLICY, Verdict.UNDECIDED, "\n".join(notes), args.urn, ()))


def build_policies(rules: Iterable[Rule], run: Run) -> list[Policy]:
    """The settings' policy and one policy for each rule, all of the same run."""
    policies: list[Policy] = [SettingsPolicy(run)]
    for rule in rules:
        if isinstance(rule, ResourceRule):
            policies.append(ResourceRulePolicy(rule, run))
        elif isinstance(rule, StackRule):
            policies.append(StackRulePolicy(rule, run))
        else:
            raise TypeError(f"{rule.id}: neither a resource rule nor a stack rule")
    return policies


def _view(args: ResourceValidationArgs) -> ResourceView:
    properties = plain(args.props)
    assert isinstance(properties, dict)  # noqa: S101 - the SDK's contract
    options = Options(bool(args.opts.protect), tuple(args.opts.ignore_changes))
    return ResourceView(args.urn, args.resource_type, args.name, properties, options)  # pyright: ignore[reportUnknownArgumentType]


def _graph(args: StackValidationArgs, rule: StackRule) -> Graph:
    """The SDK's resources as a graph; an empty one where the rule has none of its types to look at."""
    if not any(current(item.resource_type) in rule.types for item in args.resources):
        return Graph(())
    return Graph(
        ResourceRecord(
            urn=item.urn,
            type=item.resource_type,
            name=item.name,
            props=plain(item.props),  # pyright: ignore[reportArgumentType]
            parent=item.parent.urn if item.parent else None,
            dependencies=tuple(other.urn for other in item.dependencies),
            property_dependencies={
                key: tuple(other.urn for other in others)
                for key, others in item.property_dependencies.items()
            },
            protect=bool(item.opts.protect),
        )
        for item in args.resources
    )


__all__ = [
    "AdvisoryNoteError",
    "FastArgs",
    "GraphArgs",
    "Outcome",
    "Reporter",
    "ResourceRulePolicy",
    "RulePolicy",
    "SettingsPolicy",
    "StackRulePolicy",
    "build_policies",
]
