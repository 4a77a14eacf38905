"""Reads what `pulumi preview --json` or `pulumi refresh --preview-only --json` printed: what would change.

    python ci/pulumi_changes.py PLAN.json [--markdown FILE] [--title TEXT] [--expect DIGEST]

Prints `changes=<count>` and `digest=<sha256>`, as CI systems take outputs. Exit code 0: nothing changes, or
the plan is the expected one; 3: something changes; 4: the file is no complete plan, or not the expected one.
A provider whose credentials differ (the reading identity plans, another deploys) is no change.

Standard library alone: it runs before anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

QUIET = frozenset({"same", "refresh", "read"})
"""Operations that change nothing."""
LOUD = ("delete", "replace", "delete-replaced", "create-replacement", "discard-replaced")
"""Operations that a reader sees first."""
ROWS = 200
"""Most rows in the table; the counts are always whole."""


class PlanError(Exception):
    """The file is not the whole output of a preview that ended well."""


def steps_of(text: str) -> list[dict[str, Any]]:
    """Steps that change something. Raises PlanError unless the plan is complete."""
    start = text.find("{")
    try:
        plan: Any = json.JSONDecoder().raw_decode(text[start:])[0] if start >= 0 else None
    except ValueError as error:
        raise PlanError(f"not JSON: {error}") from error
    if not isinstance(plan, dict) or not isinstance(plan.get("changeSummary"), dict):
        raise PlanError("no `changeSummary`: the preview did not end well; its log says why")
    steps = [step for step in plan.get("steps", []) if isinstance(step, dict)]
    if any("op" not in step or "urn" not in step for step in steps):
        raise PlanError("a step without operation or name")
    if any(entry.get("severity") == "error" for entry in plan.get("diagnostics", [])):
        raise PlanError("the preview reports errors; its log says them")
    return [step for step in steps if step["op"] not in QUIET and not _credentials(step)]


def _credentials(step: dict[str, Any]) -> bool:
    return step["op"] == "update" and _type(step["urn"]).startswith("pulumi:providers:")


def _type(urn: str) -> str:
    parts = urn.split("::")
    return parts[2].rsplit("$", 1)[-1] if len(parts) > 3 else urn


def _name(urn: str) -> str:
    return urn.split("::", 3)[-1]


def digest(steps: list[dict[str, Any]]) -> str:
    """The same for the same operations on the same resources with the same inputs, whoever plans."""
    said = sorted(
        json.dumps([step["op"], step["urn"], (step.get("newState") or {}).get("inputs")], sort_keys=True)
        for step in steps
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def markdown(steps: list[dict[str, Any]], title: str) -> str:
    """A table of what changes, deletes and replacements first; every cell is inert."""
    lines = [f"### {_cell(title)}", ""]
    if not steps:
        return "\n".join([*lines, "Nothing changes.", ""])
    counts: dict[str, int] = {}
    for step in steps:
        counts[step["op"]] = counts.get(step["op"], 0) + 1
    lines += [", ".join(f"{count} to {op}" for op, count in sorted(counts.items())), ""]
    lines += ["| | resource | name | properties |", "| --- | --- | --- | --- |"]
    ordered = sorted(steps, key=lambda step: (step["op"] not in LOUD, step["op"], step["urn"]))
    for step in ordered[:ROWS]:
        changed = sorted(step.get("detailedDiff") or step.get("diffReasons") or [])
        mark = f"**{_cell(step['op'])}**" if step["op"] in LOUD else _cell(step["op"])
        cells = (_cell(_type(step["urn"])), _cell(_name(step["urn"])), _cell(", ".join(changed)))
        lines.append(f"| {mark} | {' | '.join(cells)} |")
    if len(steps) > ROWS:
        lines.append(f"\n... and {len(steps) - ROWS} more: see the log.")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    inert = "".join(f"&#{ord(c)};" if c in "|<>&*_`[]@#\\!" else c for c in text if c.isprintable())
    return inert if len(inert) <= 400 else f"{inert[:400].rsplit('&', 1)[0]}..."


def main(arguments: list[str] | None = None) -> int:
    """See the module."""
    parser = argparse.ArgumentParser(prog="pulumi_changes.py", description=__doc__)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--markdown", type=Path)
    parser.add_argument("--title", default="Plan")
    parser.add_argument("--expect", help="digest of the plan that was approved")
    asked = parser.parse_args(arguments)
    try:
        steps = steps_of(asked.plan.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PlanError) as error:
        print(f"{asked.plan}: {error}", file=sys.stderr)
        return 4
    found = digest(steps)
    if asked.markdown:
        asked.markdown.write_text(markdown(steps, asked.title), encoding="utf-8")
    print(f"changes={len(steps)}\ndigest={found}")
    if asked.expect is not None:
        if found == asked.expect:
            return 0
        print("what would be done now is not what was approved: plan and approve again", file=sys.stderr)
        return 4
    return 3 if steps else 0


if __name__ == "__main__":
    sys.exit(main())
