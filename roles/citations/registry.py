"""Looks up citations. `registry.yaml` beside this file holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

FILE = Path(__file__).parent / "registry.yaml"

Kind = Literal["standard", "required", "addressable", "rule", "baseline"]
"""`standard`, `required` and `addressable` as the Security Rule marks them; `rule`: a paragraph of a subpart
that marks nothing; `baseline`: a control of a published baseline, which is not law."""


class Citation(BaseModel):
    """One thing that can be cited."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    """`164.312(a)(1)`, `MS.AAD.3.1v1`, `OKTA-APP-000020`, `NIST-800-63B-4 3.1.1.2`, `CIS-AWS-3.0 3.6`."""
    framework: str
    """Text that the id belongs to, with its version or date."""
    title: str
    kind: Kind
    summary: str
    """What it asks for, in plain words; not a quotation."""

    @property
    def label(self) -> str:
        """For people: `45 CFR 164.312(a)(1) Access control`."""
        prefix = "45 CFR " if self.id.startswith("164.") else ""
        return f"{prefix}{self.id} {self.title}"


class UnknownCitationError(KeyError):
    """The id is in no text that the registry holds."""

    def __init__(self, citation_id: str) -> None:
        super().__init__(citation_id)
        self.citation_id = citation_id

    def __str__(self) -> str:
        return f"unknown citation `{self.citation_id}`: add it to roles/citations/registry.yaml"


@cache
def registry() -> Mapping[str, Citation]:
    """All citations by id, in the file's order. Raises ValueError when an id stands twice."""
    raw: object = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found: dict[str, Citation] = {}
    for framework, rows in (
        TypeAdapter(dict[str, list[tuple[str, Kind, str, str]]]).validate_python(raw).items()
    ):
        for citation_id, kind, title, summary in rows:
            if citation_id in found:
                raise ValueError(f"citation {citation_id} stands twice")
            found[citation_id] = Citation(
                id=citation_id, framework=framework, title=title, kind=kind, summary=summary
            )
    return found


def citation(citation_id: str) -> Citation:
    """The citation of that id. Raises `UnknownCitationError` when there is none."""
    try:
        return registry()[citation_id]
    except KeyError:
        raise UnknownCitationError(citation_id) from None


def known(citation_id: str) -> bool:
    """Whether the registry holds the id."""
    return citation_id in registry()
