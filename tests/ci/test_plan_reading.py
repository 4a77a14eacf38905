"""What a plan says: what changes, in one digest; an incomplete plan is never an empty one."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[2] / "ci" / "pulumi_changes.py"
spec = importlib.util.spec_from_file_location("pulumi_changes", PATH)
assert spec is not None and spec.loader is not None
changes: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(changes)

GROUP = "urn:pulumi:identity-prod::billing-identity::okta:group/group:Group::payment-poster"
PROVIDER = "urn:pulumi:identity-prod::billing-identity::pulumi:providers:okta::okta"


def step(op: str, urn: str = GROUP, **inputs: object) -> dict[str, Any]:
    return {"op": op, "urn": urn, "newState": {"inputs": inputs, "provider": "anything"}}


def plan(*steps: dict[str, Any], **more: object) -> str:
    return json.dumps({"steps": list(steps), "changeSummary": {"same": 1}, **more})


def run(tmp_path: Path, text: str, *words: str) -> int:
    (tmp_path / "plan.json").write_text(text)
    return changes.main([str(tmp_path / "plan.json"), *words])


def test_nothing_but_same_and_credentials_is_no_change(tmp_path: Path) -> None:
    text = plan(step("same"), step("refresh"), step("update", PROVIDER, scopes=["read"]))
    assert run(tmp_path, text) == 0


@pytest.mark.parametrize("op", ["create", "update", "delete", "replace", "import", "unheard-of"])
def test_any_other_operation_is_a_change(op: str, tmp_path: Path) -> None:
    assert run(tmp_path, plan(step(op))) == 3


def test_a_provider_that_is_replaced_is_a_change(tmp_path: Path) -> None:
    assert run(tmp_path, plan(step("replace", PROVIDER))) == 3


BROKEN = {
    "nothing": "",
    "cut short": plan(step("create"))[:-20],
    "no summary": json.dumps({"steps": []}),
    "an error": plan(diagnostics=[{"severity": "error", "message": "no"}]),
    "a step without a name": plan({"op": "create"}),
    "a list": "[]",
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_plan_that_is_not_whole_is_refused(case: str, tmp_path: Path) -> None:
    assert run(tmp_path, BROKEN[case]) == 4


def test_only_the_approved_plan_goes_on(tmp_path: Path) -> None:
    approved = changes.digest([step("update", name="a")])
    assert run(tmp_path, plan(step("update", name="a"), step("same")), "--expect", approved) == 0
    assert run(tmp_path, plan(step("update", name="b")), "--expect", approved) == 4
    assert run(tmp_path, plan(step("delete", name="a")), "--expect", approved) == 4


def test_text_of_a_resource_is_inert(tmp_path: Path) -> None:
    hostile = GROUP.replace("payment-poster", "<img>|`x`[a](b)\n@all\x1b" + "y" * 10_000)
    shown = changes.markdown([step("delete", hostile), step("create")], "Plan of x")
    row = next(line for line in shown.splitlines() if "**delete**" in line)
    assert not set("<>`[@\x1b") & set(row)
    assert len(row) < 1_000
    assert row.count("|") == 5


def test_a_long_plan_is_counted_whole_and_shown_in_part() -> None:
    shown = changes.markdown([step("create", f"{GROUP}-{number}") for number in range(900)], "Plan")
    assert "900 to create" in shown
    assert "700 more" in shown
    assert len(shown) < 65_000
