"""Findings of the policy pack, for people and for machines."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding

from billing_identity.policies.evaluate import Report, ReportedFinding
from billing_identity.policies.framework.rule import Verdict
from billing_identity.review.console import styled


def print_findings(console: Console, report: Report) -> None:
    """What blocks, then what could not be decided, then what an exception lifts, then what was lowered."""
    for finding in report.findings:
        if finding.blocks:
            _print(console, finding, "blocked", "bold red")
    for finding in report.findings:
        if finding.verdict is Verdict.FAIL and finding.lifted_by is None and not finding.blocks:
            _print(console, finding, "advice", "yellow")
    for finding in report.undecided:
        _print(console, finding, "undecided", "bold yellow")
    for finding in report.lifted:
        _print(console, finding, "lifted", "cyan")
    for lowered in report.lowered:
        console.print(styled(f"lowered  {lowered}", "yellow"))
    for note in report.notes:
        console.print(styled(f"note  {note}", "yellow"))


def _print(console: Console, finding: ReportedFinding, word: str, style: str) -> None:
    head = styled(word, style)
    head.append_text(styled(f"  {finding.rule}  "))
    head.append_text(styled(finding.name, "bold"))
    head.append_text(styled(f"  {finding.type}  {finding.severity}", "dim"))
    console.print(head)
    console.print(Padding(styled(finding.message), (0, 0, 0, 4)))
    if finding.lifted_by:
        console.print(Padding(styled(f"lifted by exception:{finding.lifted_by}", "cyan"), (0, 0, 0, 4)))


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
            "blocks": finding.blocks,
        }
        for finding in report.findings
    ]
