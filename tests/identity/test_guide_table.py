"""The table of the guide's access control and authentication sections: whole, and naming only what exists."""

from __future__ import annotations

import re
from pathlib import Path
from pkgutil import iter_modules

import pytest
from organisations import declared

from billing_identity.policies.framework.registry import rules
from billing_identity.review import commands
from billing_identity.roles.checks import check_codes, checks
from billing_identity.roles.loader import REFERENCE

PAGE = Path(__file__).parents[2] / "docs" / "guide-rbac-mfa.md"
ROW = re.compile(r"^\| ([RM]\d+) \|([^|]+)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
NAME = re.compile(r"`(type|rule|check|entity|command):([^`]+)`")
ROWS = ROW.findall(PAGE.read_text(encoding="utf-8"))
COMMANDS = {module.name.replace("_", "-") for module in iter_modules(commands.__path__)}
"""One file a command."""
SENTENCES = {"R": 15, "M": 13}
"""Sentences of the two sections: paragraphs and items of their lists, questions and answers left out."""


def test_one_row_for_each_sentence() -> None:
    numbers = [row[0] for row in ROWS]
    assert numbers == [f"{part}{n}" for part, count in SENTENCES.items() for n in range(1, count + 1)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_names_only_what_exists(row: tuple[str, str, str, str]) -> None:
    named = NAME.findall(row[2])
    assert named or row[3].strip(), "covered by something, or a reason"
    types = {item.type for item in declared("reference").resources()}
    known = {
        "type": types,
        "rule": {rule.id for rule in rules()},
        "check": {check.id for check in checks()} | check_codes(),
        "command": COMMANDS,
    }
    for kind, name in named:
        if kind == "entity":
            assert (REFERENCE / name).exists(), name
        else:
            assert name in known[kind], f"{kind} {name}"
