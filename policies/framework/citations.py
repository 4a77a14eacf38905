"""Which citations a rule answers to: `policies/citations.yaml`, many to many, apart from the rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from billing_identity.roles.citations.registry import Citation, citation

FILE = Path(__file__).parent.parent / "citations.yaml"


@cache
def mapping() -> Mapping[str, tuple[str, ...]]:
    """Citation ids of each rule id. Raises pydantic's ValidationError when the file is not such a mapping."""
    raw: object = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[str, ...]]).validate_python(raw)


def citations_of(rule_id: str) -> tuple[Citation, ...]:
    """The rule's citations in the file's order. Raises KeyError for an unmapped rule or unknown citation."""
    return tuple(citation(id_) for id_ in mapping()[rule_id])
