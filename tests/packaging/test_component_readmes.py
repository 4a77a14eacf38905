"""Every component of the component packages stands in its README."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from billing_identity.components.plugin.exported import PACKAGES, components

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_readme_names_every_component_of_the_package(package: str) -> None:
    page = (ROOT / "components" / package / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b[A-Z][A-Za-z]+\b", page))
    assert not {found.__name__ for found in components(package)} - named
