"""Findings by citation: for each paragraph what answers to it, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from billing_identity.policies.evaluate import Report
from billing_identity.policies.framework.citations import mapping
from billing_identity.policies.framework.rule import Verdict
from billing_identity.roles.checks import checks
from billing_identity.roles.citations.registry import registry
from billing_identity.roles.problems import Problem

State = Literal["blocked", "undecided", "lifted", "noted", "clear", "uncovered"]
ORDER: tuple[State, ...] = ("blocked", "undecided", "lifted", "noted", "clear", "uncovered")


@dataclass(frozen=True)
class Found:
    """One finding: of the pack, or of the catalogue's checks."""

    state: State
    code: str
    where: str
    text: str
    remedy: str
    exception: str
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Cited:
    """One paragraph or control."""

    id: str
    label: str
    framework: str
    summary: str
    kind: str
    state: State
    answered_by: tuple[str, ...]
    """Ids of rules and checks."""
    passed: int
    """Resources that the rules passed."""
    found: tuple[Found, ...]


def all_findings(problems: tuple[Problem, ...], report: Report | None) -> tuple[Found, ...]:
    """Everything found, worst first."""
    found = [*_of_checks(problems), *(_of_rules(report) if report is not None else ())]
    return tuple(sorted(found, key=lambda item: (ORDER.index(item.state), item.code, item.where, item.text)))


def _of_checks(problems: tuple[Problem, ...]) -> Iterator[Found]:
    for problem in problems:
        state: State = "lifted" if problem.lifted_by else "blocked" if problem.blocks else "noted"
        yield Found(
            state,
            problem.code,
            str(problem.location),
            problem.message,
            problem.remedy,
            problem.lifted_by or "",
            problem.citations,
        )


def _of_rules(report: Report) -> Iterator[Found]:
    for finding in report.findings:
        state: State = "noted"
        if finding.lifted_by is not None:
            state = "lifted"
        elif finding.verdict is Verdict.UNDECIDED:
            state = "undecided"
        elif finding.blocks:
            state = "blocked"
        yield Found(
            state,
            finding.rule,
            f"{finding.name} ({finding.type.rsplit(':', 1)[-1]})",
            finding.message.splitlines()[0],
            finding.remedy,
            finding.lifted_by or "",
            finding.citations,
        )


def by_citation(found: tuple[Found, ...], report: Report | None) -> tuple[Cited, ...]:
    """Every citation of the registry, what needs somebody first, then in the registry's order."""
    answers: dict[str, list[str]] = {}
    for rule, citations in mapping().items():
        for citation in citations:
            answers.setdefault(citation, []).append(rule)
    for check in checks():
        for citation in check.citations:
            answers.setdefault(citation, []).append(check.id)
    rows: list[Cited] = []
    for item in registry().values():
        mine = tuple(one for one in found if item.id in one.citations)
        answered = tuple(dict.fromkeys(answers.get(item.id, ())))
        unfound: State = "clear" if answered else "uncovered"
        state = ORDER[min(ORDER.index(one.state) for one in mine)] if mine else unfound
        passed = sum(
            report.counts[rule].passed for rule in answered if report is not None and rule in report.counts
        )
        rows.append(
            Cited(item.id, item.label, item.framework, item.summary, item.kind, state, answered, passed, mine)
        )
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.state)))
