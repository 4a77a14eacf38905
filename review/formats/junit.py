"""JUnit XML, as CI systems read it: a test case for each point, a failure for what blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from billing_identity.review.formats.escape import xml


@dataclass(frozen=True)
class Case:
    """One test case. `failure` is what is wrong, "" for nothing; `file` and `line` say where."""

    name: str
    failure: str = ""
    file: str = ""
    line: int = 0
    kind: str = ""


@dataclass(frozen=True)
class Suite:
    """Test cases that belong together."""

    name: str
    cases: tuple[Case, ...]


def junit(name: str, suites: Sequence[Suite]) -> str:
    """The document; suites without cases are left out."""
    filled = [suite for suite in suites if suite.cases]
    total = sum(len(suite.cases) for suite in filled)
    failed = sum(bool(case.failure) for suite in filled for case in suite.cases)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{xml(name)}" tests="{total}" failures="{failed}" errors="0">',
    ]
    for suite in filled:
        failures = sum(bool(case.failure) for case in suite.cases)
        lines.append(
            f'  <testsuite name="{xml(suite.name)}" tests="{len(suite.cases)}" failures="{failures}" '
            'errors="0" skipped="0">'
        )
        for case in suite.cases:
            place = f' file="{xml(case.file)}" line="{case.line}"' if case.file else ""
            start = f'    <testcase classname="{xml(suite.name)}" name="{xml(case.name)}"{place}'
            if case.failure:
                lines.append(f"{start}>")
                lines.append(
                    f'      <failure type="{xml(case.kind or "blocked")}" message="{xml(case.failure)}"/>'
                )
                lines.append("    </testcase>")
            else:
                lines.append(f"{start}/>")
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"
