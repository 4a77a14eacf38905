"""The report as the comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from billing_identity.review.diff.outline import Point, explanations, headline, resource_counts, sections
from billing_identity.review.diff.report import Report
from billing_identity.review.formats.escape import code
from billing_identity.review.formats.escape import markdown as safe
from billing_identity.review.formats.markdown import Block, Entry, fitted

MARKER = "<!-- billing-identity:access-diff -->"
"""First line of the comment, by which CI finds it again to change it: one comment a pull request."""

_REASONS, _ROWS = 6, 40
"""At most so many reasons a line and approvals a table, so that the head leaves room for what changes."""

_QUIET = ("Gain", "Loss", "Renamed", "Create", "Update", "Known", "Resolved")
"""Marks that the sentence says by itself."""


def as_markdown(report: Report) -> str:
    """The comment, or "" when nothing differs: then no comment is made, and an old one is removed."""
    if report.unchanged:
        return ""
    blocks = [
        Block(section.title, tuple(_entry(point) for point in section.points), section.minor)
        for section in sections(report)
    ]
    head = "\n".join(_head(report))
    return fitted(head, blocks, _foot(report))


def _head(report: Report) -> Iterator[str]:
    yield MARKER
    yield f"## Access review: {safe(headline(report))}"
    yield ""
    for line in explanations(report):
        yield f"> {safe(line)}."
        yield ""
    risk = report.risk
    if risk.reasons:
        parts = _some(", ", [f"{safe(reason.text)} ({reason.points})" for reason in risk.reasons])
        yield f"**Risk {risk.level}** ({risk.score} points): {parts}."
        yield ""
    if report.approvals:
        yield (
            "| Must approve | Because | Approved by |"
            if report.approvals_checked
            else "| Must approve | Because |"
        )
        yield "| --- | --- | --- |" if report.approvals_checked else "| --- | --- |"
        for item in report.approvals[:_ROWS]:
            row = f"| {safe(item.title)} | {safe(_some('; ', item.reasons))} |"
            if report.approvals_checked:
                row += f" {safe(_some(', ', item.given_by)) or '**nobody yet**'} |"
            yield row
        if len(report.approvals) > _ROWS:
            row = f"| {len(report.approvals) - _ROWS:,} more | see the full report (`--format json`) |"
            yield f"{row} |" if report.approvals_checked else row
        yield ""


def _some(between: str, parts: Sequence[str]) -> str:
    """The first parts, and how many more there are."""
    left = len(parts) - _REASONS
    return between.join(parts if left <= 0 else (*parts[:_REASONS], f"{left:,} more"))


def _entry(point: Point) -> Entry:
    text = safe(point.text)
    if point.blocks:
        text = f"**Blocks:** {text}"
    elif point.mark not in _QUIET and point.mark != "Changed":
        text = f"_{point.mark}:_ {text}"
    where = f"{point.place.location.file}:{point.place.location.line}"
    return Entry(
        text,
        (*map(safe, point.detail), f"{code(where)}{' in the base' if point.place.side == 'base' else ''}"),
    )


def _foot(report: Report) -> str:
    settings = report.settings
    counts = resource_counts(report)
    if report.resources is None:
        resources = f"Resources not compared: {safe(report.no_resources)}."
    else:
        resources = f"Resources: {counts}." if counts else "No resource changes."
    compared = f"{safe(report.base.label)} → {safe(report.head.label)}"
    return (
        f"<sub>{resources} Compared {compared}; as of {settings.as_of}, environment "
        f"{safe(settings.environment)}.</sub>"
    )
