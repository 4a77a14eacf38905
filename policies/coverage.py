"""Writes docs/policies-coverage.md: what answers to each citation, and what stands in where nothing can."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from billing_identity.policies.framework.citations import mapping
from billing_identity.policies.framework.registry import rules
from billing_identity.roles.checks import checks
from billing_identity.roles.citations.registry import Citation, registry
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue

FILE = Path(__file__).parent / "coverage.yaml"
UNSEEN = Path(__file__).parent / "unseen.yaml"
COMPONENTS = Path(__file__).parent / "components.yaml"
PARTLY = Path(__file__).parent / "partly.yaml"

_PREAMBLE = """\
# What answers to each citation

Generated; do not edit. {total} citations: {ruled} have rules of the policy pack, {checked} have checks of the
catalogue, {built} are met by what a component declares, {stated} have none of these and say why. None is left
out: a test fails on a citation without an answer.
An addressable specification also names the decision in the reference catalogue's `decisions/`.
"""

_BLIND = """
## What rules can't see

A pack sees what a program declares, before it is made. It does not see deletions, replacements and lost
protection (`preview`, `diff` and the plan of `up` block those), what is done in a console (the drift run
reads it), nor what people do.

| What | Why no rule sees it | What covers it |
| --- | --- | --- |
{whole}

Each rule's own limits:

| Rule | Can't see, and what covers it |
| --- | --- |
"""


@cache
def unseen() -> Mapping[str, tuple[str, str]]:
    """Reason and evidence of each citation that nothing here answers to. Raises ValidationError."""
    raw: object = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[str, str]]).validate_python(raw)


@cache
def unseen_by_any() -> tuple[tuple[str, str, str], ...]:
    """What no rule of the pack can see, why, and what covers it instead. Raises ValidationError."""
    raw: object = yaml.safe_load(UNSEEN.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[tuple[str, str, str], ...]).validate_python(raw)


@cache
def by_components() -> Mapping[str, tuple[str, str]]:
    """File and words of the component that meets a citation, where one does. Raises ValidationError."""
    raw: object = yaml.safe_load(COMPONENTS.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, tuple[str, str]]).validate_python(raw)


@cache
def partly() -> Mapping[str, str]:
    """What the rules do of a control that they meet in part, and what not. Raises ValidationError."""
    raw: object = yaml.safe_load(PARTLY.read_text(encoding="utf-8"))
    return TypeAdapter(dict[str, str]).validate_python(raw)


def by_rules() -> dict[str, list[str]]:
    """Ids of rules by citation."""
    return _turned(mapping().items())


def by_checks() -> dict[str, list[str]]:
    """Ids of the catalogue's checks by citation."""
    return _turned((check.id, check.citations) for check in checks())


def _turned(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, citations in pairs:
        for citation in citations:
            found.setdefault(citation, []).append(name)
    return found


def unanswered() -> list[str]:
    """Citations with no rule, no check, no component and no reason: there must be none."""
    return sorted(set(registry()) - set(by_rules()) - set(by_checks()) - set(by_components()) - set(unseen()))


def page() -> str:
    """The page's text. Raises ValueError when the reference catalogue can't be loaded."""
    catalogue = load(REFERENCE).catalogue
    if catalogue is None:
        raise ValueError("the reference catalogue can't be loaded: run `billing-identity check`")
    ruled, checked = by_rules(), by_checks()
    lines = [
        _PREAMBLE.format(
            total=len(registry()),
            ruled=sum(id_ in ruled for id_ in registry()),
            checked=sum(id_ in checked for id_ in registry()),
            built=len(by_components()),
            stated=len(unseen()),
        )
    ]
    frameworks: dict[str, list[Citation]] = {}
    for citation in registry().values():
        frameworks.setdefault(citation.framework, []).append(citation)
    for framework, citations in frameworks.items():
        lines += [
            f"## {framework}",
            "",
            "| Citation | Rules | Checks | Component | Otherwise |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [_row(citation, ruled, checked, catalogue) for citation in citations]
        lines.append("")
    whole = "\n".join(f"| {what} | {why} | {instead} |" for what, why, instead in unseen_by_any())
    lines[-1:] = [_BLIND.format(whole=whole).rstrip("\n"), *_blind()]
    return "\n".join(lines) + "\n"


def _row(
    citation: Citation, ruled: Mapping[str, list[str]], checked: Mapping[str, list[str]], catalogue: Catalogue
) -> str:
    rules_ = ", ".join(f"[{id_}](../policies/RULES.md#{id_})" for id_ in sorted(ruled.get(citation.id, ())))
    checks_ = ", ".join(f"`{id_}`" for id_ in sorted(checked.get(citation.id, ())))
    component = ""
    if citation.id in by_components():
        file, words = by_components()[citation.id]
        component = f"[{Path(file).stem}](../{file}): {words}"
    otherwise: list[str] = [f"In part: {partly()[citation.id]}"] if citation.id in partly() else []
    if citation.id in unseen():
        reason, evidence = unseen()[citation.id]
        otherwise.append(f"{reason} Evidence: {evidence}.")
    otherwise += [
        f"Decision: {decision.decision} (`{decision.id}`)."
        for decision in catalogue.decisions.values()
        if decision.specification == citation.id
    ]
    cells = (f"{citation.id} {citation.title} ({citation.kind})", rules_, checks_, component)
    return f"| {' | '.join(cells)} | {' '.join(otherwise)} |"


def _blind() -> Iterator[str]:
    for rule in rules():
        if rule.blind_spot:
            yield f"| [{rule.id}](../policies/RULES.md#{rule.id}) | {' '.join(rule.blind_spot.split())} |"
