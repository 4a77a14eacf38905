"""docs/entra.md has every SCuBA policy once, and names only policies that are declared."""

from __future__ import annotations

import re

from entra_program import ROOT, Whole, policies

PAGE = (ROOT / "docs" / "entra.md").read_text(encoding="utf-8")
COUNTS = {1: 1, 2: 3, 3: 9, 4: 1, 5: 6, 6: 1, 7: 9, 8: 3, 9: 1}


def test_all_34_scuba_policies_have_a_row_each() -> None:
    rows = re.findall(r"^\| MS\.AAD\.(\d)\.(\d+)v(\d) \|", PAGE, re.MULTILINE)
    assert len(rows) == len(set(rows)) == 34
    by_group = {group: sum(1 for row in rows if int(row[0]) == group) for group in COUNTS}
    assert by_group == COUNTS


def test_the_page_names_declared_policies(reference: Whole) -> None:
    named = set(re.findall(r"`conditional-access-([a-z-]+)`", PAGE))
    assert named
    assert named <= set(policies(reference))


def test_every_declared_policy_is_on_the_page(reference: Whole) -> None:
    table = PAGE.split("## Requested")[0]
    starts = {slug.replace("-<tier>", "") for slug in re.findall(r"`([a-z][a-z<>-]+)\*?`", table)}
    for slug in policies(reference):
        assert any(slug.startswith(start) for start in starts), slug
