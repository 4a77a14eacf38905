"""The report for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from billing_identity.review.console import styled
from billing_identity.review.diff.outline import (
    Point,
    Section,
    explanations,
    headline,
    resource_counts,
    sections,
)
from billing_identity.review.diff.report import Report

_STYLES = {
    "Blocks": "bold red",
    "Gain": "yellow",
    "Weaker": "yellow",
    "Loss": "green",
    "Stronger": "green",
    "Resolved": "green",
    "Delete": "red",
    "Replace": "red",
    "Unprotect": "red",
}
SHOWN = 40
"""Points of a section that are printed without `--detail`."""


def print_report(console: Console, report: Report, *, detail: bool) -> None:
    """Verdict, risk and approvals first, then what changes, section by section."""
    if report.company:
        console.print(styled(report.company, "bold"))
    settings = report.settings
    console.print(
        styled(
            f"{report.base.label} -> {report.head.label}; environment {settings.environment}; "
            f"as of {settings.as_of}",
            "dim",
        )
    )
    console.print()
    style = "bold red" if report.blocking else "bold green" if not report.risk.score else "bold"
    console.print(styled(f"{'Nothing changes' if report.unchanged else headline(report)}.", style))
    for line in explanations(report):
        console.print(styled(f"{line}.", "yellow"))
    console.print()
    if report.risk.reasons:
        parts = ", ".join(f"{reason.text} ({reason.points})" for reason in report.risk.reasons)
        console.print(styled(f"Risk {report.risk.level}, {report.risk.score} points: {parts}."))
        console.print()
    if report.approvals:
        console.print(styled("Must approve", "bold"))
        for item in report.approvals:
            given = ""
            if report.approvals_checked:
                given = f"; approved by {', '.join(item.given_by)}" if item.given_by else "; nobody yet"
            console.print(_indented(f"{item.title}: {'; '.join(item.reasons)}{given}", 2))
        console.print()
    for section in sections(report):
        _print_section(console, section, detail=detail)
    if report.resources is None:
        console.print(styled(f"Resources not compared: {report.no_resources}.", "dim"))
    else:
        console.print(styled(f"Resources: {resource_counts(report) or 'no changes'}.", "dim"))


def _indented(text: str, by: int, style: str = "") -> Padding:
    return Padding(styled(text, style), (0, 0, 0, by), expand=False)


def _print_section(console: Console, section: Section, *, detail: bool) -> None:
    if section.minor and not detail:
        console.print(styled(f"{section.title}: {len(section.points):,} (--detail lists them)", "dim"))
        console.print()
        return
    console.print(styled(section.title, "bold"))
    shown = section.points if detail else section.points[:SHOWN]
    for point in shown:
        _print_point(console, point, detail=detail)
    if len(shown) < len(section.points):
        console.print(_indented(f"{len(section.points) - len(shown):,} more (--detail lists them)", 2, "dim"))
    console.print()


def _print_point(console: Console, point: Point, *, detail: bool) -> None:
    line = Table.grid(padding=(0, 0, 0, 2))
    line.add_column(no_wrap=True)
    line.add_column(min_width=20)
    line.add_row(styled(f"{point.mark.lower():<7}", _STYLES.get(point.mark, "dim")), styled(point.text))
    console.print(line)
    if detail or point.blocks:
        for text in point.detail:
            console.print(_indented(text, 11, "dim"))
        where = " in the base" if point.place.side == "base" else ""
        console.print(_indented(f"{point.place.location}{where}", 11, "dim"))
