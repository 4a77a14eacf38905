"""SARIF 2.1.0, as code scanning takes it: results with file and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from billing_identity.review.formats.escape import one_line, uri_path

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LIMIT = 5_000
"""Results of one run that code scanning shows; the gravest are kept."""

Level = Literal["error", "warning", "note"]
_LEVELS: tuple[Level, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Rule:
    """What a result is an instance of."""

    id: str
    title: str
    help: str = ""


@dataclass(frozen=True)
class Result:
    """One result. `file` is a path from the repository's root; line and column count from 1."""

    rule: Rule
    level: Level
    message: str
    file: str
    line: int
    column: int = 1


def sarif(results: Sequence[Result]) -> str:
    """A SARIF log with one run, sorted; the same results give the same text."""
    ordered = sorted(
        results,
        key=lambda item: (_LEVELS.index(item.level), item.file, item.line, item.rule.id, item.message),
    )
    kept = ordered[:LIMIT]
    rules = {item.rule.id: item.rule for item in kept}
    identifiers = sorted(rules)
    driver: dict[str, Any] = {
        "name": "billing-identity",
        "rules": [_rule(rules[identifier]) for identifier in identifiers],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "Root of the repository."}}},
        "results": [_result(item, identifiers.index(item.rule.id)) for item in kept],
    }
    if len(ordered) > len(kept):
        text = f"{len(ordered) - len(kept):,} further results are left out; see the report in JSON."
        note = {"level": "warning", "message": {"text": text}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, sort_keys=True, ensure_ascii=True) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    found: dict[str, Any] = {"id": rule.id, "shortDescription": {"text": _text(rule.title)}}
    if rule.help:
        found["help"] = {"text": _text(rule.help)}
    return found


def _result(item: Result, index: int) -> dict[str, Any]:
    path = item.file.lstrip("/")
    place: dict[str, Any] = {"uri": uri_path(path)}
    if not item.file.startswith("/"):
        place["uriBaseId"] = "%SRCROOT%"
    else:
        place["uri"] = f"file:///{uri_path(path)}"
    mark = f"{item.rule.id}\n{item.file}\n{item.message}".encode("utf-8", "surrogateescape")
    return {
        "ruleId": item.rule.id,
        "ruleIndex": index,
        "level": item.level,
        "message": {"text": _text(item.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": {"startLine": max(item.line, 1), "startColumn": max(item.column, 1)},
                }
            }
        ],
        "partialFingerprints": {"billingIdentity/v1": hashlib.sha256(mark).hexdigest()},
    }


def _text(text: str) -> str:
    """Plain text for a `message`, in which brackets would make links and braces placeholders."""
    line = one_line(text).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return line.replace("{", "{{").replace("}", "}}")
