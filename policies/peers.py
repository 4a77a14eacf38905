"""Writes docs/policies-peers.md: this pack beside others, and two baselines control by control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from billing_identity.policies.coverage import by_checks, by_components, by_rules, partly, unseen
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule
from billing_identity.roles.citations.registry import Citation, registry

FILE = Path(__file__).parent / "peers.yaml"
"""What stands above the rows of the baselines; counts of this pack are filled in."""

_STATES = {
    "rule": "before deployment, in any program",
    "part": "in part before deployment, in any program",
    "component": "by the components; other programs are not refused",
    "check": "by a check of the catalogue",
    "none": "not before deployment",
}


def _head() -> str:
    raw: object = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, str]).validate_python(raw)["head"]


def page() -> str:
    """The page's text."""
    found = rules()
    resource = sum(isinstance(rule, ResourceRule) for rule in found)
    head = _head().format(
        total=len(found),
        resource=resource,
        stack=len(found) - resource,
        okta=sum(rule.id.startswith("okta-") for rule in found),
        entra=sum(rule.id.startswith("entra-") for rule in found),
        unliftable=sum(not rule.liftable for rule in found),
    )
    lines = [head]
    for title, framework in (
        ("SCuBA, policy by policy", "CISA SCuBA"),
        ("DISA Okta STIG, control by control", "DISA Okta"),
    ):
        lines += [*_baseline(title, framework), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _baseline(title: str, framework: str) -> Iterator[str]:
    controls = [item for item in registry().values() if item.framework.startswith(framework)]
    states = Counter(_state(item) for item in controls)
    yield f"## {title}"
    yield ""
    yield (
        f"{len(controls)} controls of {controls[0].framework}: "
        + ", ".join(f"{states[state]} {words}" for state, words in _STATES.items() if states[state])
        + ". A rule refuses what contradicts the control in what a program declares; whether the account as a"
    )
    yield "whole meets it, the baseline's own scanner says."
    yield ""
    yield "| Control | Enforced | By |"
    yield "| --- | --- | --- |"
    for item in controls:
        yield f"| {item.id} {item.title} | {_STATES[_state(item)]} | {_by(item)} |"


def _state(citation: Citation) -> str:
    if citation.id in partly():
        return "part"
    for state, answers in (("rule", by_rules()), ("component", by_components()), ("check", by_checks())):
        if citation.id in answers:
            return state
    return "none"


def _by(citation: Citation) -> str:
    match _state(citation):
        case "rule" | "part" as state:
            named = ", ".join(
                f"[{id_}](../policies/RULES.md#{id_})" for id_ in sorted(by_rules()[citation.id])
            )
            return named if state == "rule" else f"{named}: {partly()[citation.id]}"
        case "component":
            file, words = by_components()[citation.id]
            return f"[{file}](../{file}): {words}"
        case "check":
            return ", ".join(f"`{id_}`" for id_ in sorted(by_checks()[citation.id]))
        case _:
            reason, evidence = unseen()[citation.id]
            return f"{reason} Instead: {evidence}."
