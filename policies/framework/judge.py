"""Runs a rule's checks over one resource or one graph and gives what they found, undecided included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.rule import (
    Finding,
    NotApplicableError,
    ResourceRule,
    StackRule,
    Verdict,
)


@dataclass(frozen=True)
class Judgement:
    """What the checks say: a fault, something not known yet, or that they don't apply (then `reason`)."""

    verdict: Verdict
    finding: Finding
    reason: str = ""
    in_rollout: bool = False
    """True for a fault that is gone once the declared rollout is complete."""


def waiting(now: Sequence[Judgement], complete: Sequence[Judgement]) -> list[Judgement]:
    """Judgements while a rollout lasts: those of the complete one, and what is a fault only until then."""
    gone = [item for item in now if item not in complete]
    return [
        *complete,
        *(replace(item, in_rollout=True) if item.verdict is Verdict.FAIL else item for item in gone),
    ]


def judge(rule: ResourceRule, resource: ResourceView, context: RuleContext) -> list[Judgement]:
    """All judgements of a resource rule; an empty list is a pass."""
    found: list[Judgement] = []
    for check in rule.checks:
        found.extend(_collect(check(resource, context)))
    return list(dict.fromkeys(found))


def judge_stack(rule: StackRule, graph: Graph, context: RuleContext) -> list[Judgement]:
    """All judgements of a stack rule; an empty list is a pass."""
    if not any(name in graph.types for name in rule.types):
        return [Judgement(Verdict.NOT_APPLICABLE, Finding(""), "the stack has no resource that it looks at")]
    found: list[Judgement] = []
    for check in rule.checks:
        found.extend(_collect(check(graph, context)))
    return list(dict.fromkeys(found))


def _collect(findings: Iterable[Finding]) -> Iterator[Judgement]:
    try:
        for finding in findings:
            yield Judgement(Verdict.UNDECIDED if finding.doubt else Verdict.FAIL, finding)
    except UndecidedError as error:
        yield Judgement(Verdict.UNDECIDED, Finding(error.reason), error.path)
    except MalformedError as error:
        yield Judgement(Verdict.FAIL, Finding(error.message))
    except NotApplicableError as error:
        yield Judgement(Verdict.NOT_APPLICABLE, Finding(""), error.reason)
