"""Pages lead where they say: every relative link of the Markdown in the repository has its file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "components", "policies", "roles", "stacks", "review", "sandbox", "ci", ".github")
FOUND = [*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))]
PAGES = sorted(str(path.relative_to(ROOT)) for path in FOUND)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)\s#]+)")


def test_there_are_pages() -> None:
    assert {"README.md", "docs/README.md"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    missing = [link for link in LINK.findall(text) if not (ROOT / page).parent.joinpath(link).exists()]
    assert missing == []
