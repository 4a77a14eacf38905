"""The report for machines: JSON with a published schema, SARIF, JUnit."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from billing_identity.review.diff.model import Access, Change, Place, Sentence, Value
from billing_identity.review.diff.outline import Point, explanations, headline, sections
from billing_identity.review.diff.report import Report
from billing_identity.review.diff.sources import Side
from billing_identity.review.formats.junit import Case, Suite, junit
from billing_identity.review.formats.sarif import Level, Result, Rule, sarif
from billing_identity.roles.problems import Problem

SCHEMA = Path(__file__).with_name("diff.schema.json")
"""JSON Schema of what `as_json` writes."""
VERSION = 1
"""Version of that schema; it grows when a field changes its meaning or goes."""


def as_json(report: Report) -> str:
    """The whole report; equal reports are equal texts."""
    return json.dumps(data_of(report), indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def data_of(report: Report) -> dict[str, Any]:
    """The report as JSON-like data; `diff.schema.json` describes it."""
    settings = report.settings
    return {
        "version": VERSION,
        "company": report.company,
        "asOf": settings.as_of.isoformat(),
        "baseAsOf": settings.base_as_of.isoformat(),
        "environment": settings.environment,
        "base": _side(report.base),
        "head": _side(report.head),
        "headline": headline(report),
        "notes": list(explanations(report)),
        "unchanged": report.unchanged,
        "blocking": report.blocking,
        "exitCode": int(report.exit_code),
        "risk": asdict(report.risk),
        "approvals": [
            {
                "role": item.role,
                "title": item.title,
                "reasons": list(item.reasons),
                "givenBy": list(item.given_by) if report.approvals_checked else None,
            }
            for item in report.approvals
        ],
        "sentences": [_sentence(item) for item in report.sentences],
        "findings": [_problem(item) for item in report.findings],
        "resolved": [_problem(item) for item in report.resolved],
        "conflictsBefore": [_problem(item) for item in report.conflicts],
        "renames": [{"kind": kind, "from": old, "to": new} for kind, old, new in report.renames],
        "resources": None
        if report.resources is None
        else [
            {
                "operation": item.operation,
                "urn": item.urn,
                "type": item.type,
                "name": item.name,
                "catalogueId": item.catalogue_id,
                "properties": list(item.properties),
                "replaces": list(item.replaces),
                "guard": item.guard,
                "liftedBy": item.lifted_by,
                "blocks": item.blocks,
            }
            for item in report.resources
        ],
        "resourcesNotCompared": report.no_resources,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "label": side.label,
        "catalogue": side.prefix,
        "skipped": [_problem(item) for item in side.skipped],
        "loaded": side.catalogue is not None or side.deployment is not None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "subject": problem.subject,
        "message": problem.message,
        "remedy": problem.remedy,
        "severity": problem.severity,
        "citations": list(problem.citations),
        "liftedBy": problem.lifted_by,
        "file": problem.location.file,
        "line": problem.location.line,
    }


def _sentence(item: Sentence) -> dict[str, Any]:
    return {
        "topic": item.topic.value,
        "direction": item.direction.value,
        "text": item.text,
        "detail": list(item.detail),
        "blocks": item.blocks,
        "points": item.weight,
        "file": item.place.location.file,
        "line": item.place.location.line,
        "side": item.place.side,
        "changes": [_change(change) for change in item.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "family": change.key.family,
        "subject": change.key.subject,
        "aspect": change.key.aspect,
        "direction": change.direction.value,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def _value(value: Value) -> Any:  # noqa: ANN401 - JSON
    return asdict(value) if isinstance(value, Access) else value


def as_sarif(report: Report) -> str:
    """Every point with its line: an error for what blocks, a warning for what widens, a note for the rest."""
    results: list[Result] = []
    for section in sections(report):
        if section.title == "Wording":
            continue
        for point in section.points:
            level: Level = "error" if point.blocks else "warning" if point.widens else "note"
            rule = Rule(point.rule, f"{section.title}: {point.mark.lower()}", " ".join(point.detail[:1]))
            file, line, column = _where(report, point.place)
            results.append(Result(rule, level, point.text, file, line, column))
    return sarif(results)


def _where(report: Report, place: Place) -> tuple[str, int, int]:
    side = report.base if place.side == "base" and report.base.prefix else report.head
    prefix = f"{side.prefix.rstrip('/')}/" if side.prefix else ""
    return f"{prefix}{place.location.file}", place.location.line, place.location.column


def as_junit(report: Report) -> str:
    """A suite for each section, a case for each point, a failure for what blocks."""
    suites: list[Suite] = []
    for section in sections(report):
        cases: list[Case] = []
        for point in section.points:
            cases.append(_case(report, point))
        suites.append(Suite(section.title, tuple(cases)))
    if not suites:
        suites = [Suite("Access", (Case("No access changes"),))]
    return junit("Access diff", suites)


def _case(report: Report, point: Point) -> Case:
    file, line, _ = _where(report, point.place)
    failure = " ".join((point.text, *point.detail)) if point.blocks else ""
    return Case(point.text, failure, file, line, point.rule)
