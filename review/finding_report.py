"""Findings of the policy pack, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rich.console import Console
from rich.padding import Padding

from billing_identity.policies.evaluate import Report, ReportedFinding
from billing_identity.policies.framework.rule import Verdict
from billing_identity.review.console import styled


def print_findings(console: Console, report: Report) -> None:
    """What blocks, then what could not be decided, then advice, rule by rule with its resources."""
    advice = [
        finding
        for finding in report.findings
        if finding.verdict is Verdict.FAIL
        and finding.lifted_by is None
        and not finding.rollout
        and not finding.blocks
    ]
    _print(console, report.blocking, "blocked", "bold red")
    _print(console, report.undecided, "undecided", "bold yellow")
    _print(console, advice, "advice", "yellow")


def print_weakened(console: Console, report: Report) -> None:
    """What an exception lifts, what waits for rings of the rollout, what the configuration weakens: never
    silent.
    """
    for finding in report.lifted:
        line = styled("lifted", "cyan")
        line.append_text(styled(f"  {finding.rule}  {finding.name}: {_fault(finding)}"))
        line.append_text(styled(f"  exception:{finding.lifted_by}", "cyan"))
        console.print(line)
    for rule, group in groupby(report.in_rollout, key=lambda finding: finding.rule):
        waiting = list(group)
        line = styled("rollout", "cyan")
        line.append_text(styled(f"  {rule}  {len(waiting)} until the rings to come are enforced"))
        line.append_text(styled(f"  {waiting[0].rollout}", "cyan"))
        console.print(line)
    for note in report.notes:
        console.print(styled(f"note  {note}", "yellow"))


def _fault(finding: ReportedFinding) -> str:
    return finding.message.splitlines()[0]


def _print(console: Console, findings: Iterable[ReportedFinding], word: str, style: str) -> None:
    for rule, group in groupby(findings, key=lambda finding: finding.rule):
        same = list(group)
        first = same[0]
        head = styled(word, style)
        head.append_text(styled(f"  {first.title}", "bold"))
        head.append_text(styled(f"  {rule}, {first.severity}", "dim"))
        console.print(head)
        for finding in same:
            line = styled(finding.name, "bold")
            line.append_text(styled(f" ({finding.type.rsplit(':', 1)[-1]}): {_fault(finding)}"))
            console.print(Padding(line, (0, 0, 0, 4), expand=False))
        console.print(Padding(styled(f"Instead: {first.remedy}"), (0, 0, 0, 4), expand=False))
        console.print(Padding(styled(", ".join(first.citations), "dim"), (0, 0, 0, 4), expand=False))
        console.print()


def as_data(report: Report) -> list[dict[str, object]]:
    """Findings as JSON-like data, one object each."""
    return [
        {
            "rule": finding.rule,
            "verdict": str(finding.verdict),
            "severity": str(finding.severity),
            "level": str(finding.level),
            "urn": finding.urn,
            "type": finding.type,
            "name": finding.name,
            "message": finding.message,
            "remedy": finding.remedy,
            "citations": list(finding.citations),
            "liftedBy": finding.lifted_by,
            "rollout": finding.rollout or None,
            "blocks": finding.blocks,
        }
        for finding in report.findings
    ]
