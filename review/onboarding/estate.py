"""`billing-identity import`: a live estate's exports as a map of what to adopt, drafts, and questions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from billing_identity.review.onboarding.exports import Export, Live, perhaps_cut, read_export
from billing_identity.review.onboarding.matching import APPS, Matched, match, words
from billing_identity.review.onboarding.role_table import quoted
from billing_identity.review.onboarding.writing import write_folder
from billing_identity.roles.loader import load
from billing_identity.roles.problems import Location, Problem
from billing_identity.stacks.adopted_kinds import ROLE_GROUPS

ASKED = {
    "roles": ("purpose", "minimum_necessary", "owner", "job_codes", "grants", "risk", "ring"),
    "systems": (
        "system_kind",
        "purpose",
        "data_classes",
        "owner",
        "approver",
        "identity",
        "tier",
        "review",
        "criticality",
        "entitlements",
        "hosted_in",
        "at_rest",
        "minimum_tls",
        "audit_log",
    ),
}
"""Fields that no export can know."""


def run_import(
    exports: Mapping[Export, Path], catalogue: Path, out: Path
) -> tuple[Matched, tuple[Problem, ...]]:
    """Reads every export and writes `out`; nothing with any problem. Raises TakenError, OSError."""
    loaded = load(catalogue)
    problems = list(loaded.problems)
    found: list[Live] = []
    doubts: list[str] = []
    for export, path in exports.items():
        lives, faults = read_export(export, path)
        found += lives
        if not faults and (reason := perhaps_cut(path, len(lives))) is not None:
            doubts.append(f"{export} {_inert(path.name)}: {reason}; is it the whole list?")
        problems += faults
    if not exports:
        remedy = "give --okta-groups, --okta-apps, --entra-groups, --entra-apps or --entra-principals"
        problems.append(
            Problem.at(Location("command line"), code="usage", message="no export is given", remedy=remedy)
        )
    if problems or loaded.catalogue is None:
        return Matched(), tuple(problems)
    matched = match(loaded.catalogue, found)
    matched.doubts += doubts
    write_folder(out, files_of(matched))
    return matched, ()


def files_of(matched: Matched) -> dict[str, str]:
    """Text by path: the map, the questions, one draft for each object that the catalogue does not have."""
    files = {"adopted.yaml": _map(matched), "questions.md": _questions(matched)}
    for live in matched.drafts:
        folder = "systems" if live.export in APPS else "roles"
        if live.export is Export.ENTRA_PRINCIPALS:
            continue
        name = f"drafts/{folder}/{_slug(live.name)}.yaml"
        number = 2
        while name in files:
            name = f"drafts/{folder}/{_slug(live.name)[:36]}-{number}.yaml"
            number += 1
        files[name] = _draft(live, folder)
    return files


def _map(matched: Matched) -> str:
    lines = [
        "# For stacks/config/settings.<environment>.yaml. Each line becomes an import; remove it afterwards."
    ]
    if not matched.adopted:
        return "\n".join([*lines, "adopted: {}", ""])
    lines.append("adopted:")
    lines += [f"  {quoted(key)}: {quoted(live)}" for key, live in sorted(matched.adopted.items())]
    names = _live_groups(matched)
    if names:
        lines.append(
            "# Their groups' names, for the roles' files: rules look for a role's group by its name."
        )
        lines += [
            f"# roles/{role}.yaml: live_groups: {{ {', '.join(said)} }}"
            for role, said in sorted(names.items())
        ]
    return "\n".join([*lines, ""])


def _live_groups(matched: Matched) -> dict[str, list[str]]:
    """Of each role whose group is adopted, `provider: name` of its groups."""
    found: dict[str, list[str]] = {}
    for key, name in sorted(matched.names.items()):
        kind, _, role = key.partition(":")
        if (provider := ROLE_GROUPS.get(kind)) is not None:
            found.setdefault(role, []).append(f"{provider}: {quoted(_short(name, 80))}")
    return {role: sorted(said, reverse=True) for role, said in found.items()}


def _questions(matched: Matched) -> str:
    lines = [
        "# Questions left to answer",
        "",
        f"{len(matched.adopted)} objects are adopted (`adopted.yaml`).",
        "",
        *(f"- [ ] {doubt}" for doubt in matched.doubts),
    ]
    for question in sorted(
        matched.questions, key=lambda item: (item.live.export, item.live.name, item.live.id)
    ):
        live = question.live
        lines.append(f"- [ ] {live.export} {_inert(live.name)} (`{live.id}`): {question.text}")
    if matched.drafts:
        lines += ["", "## Live, and not in the catalogue", ""]
        lines.append("Adopt it by hand, finish its draft and move it into the catalogue, or retire it.")
        lines.append("")
        for live in sorted(matched.drafts, key=lambda item: (item.export, item.name, item.id)):
            fields = ", ".join(ASKED["systems" if live.export in APPS else "roles"])
            lines.append(f"- [ ] {live.export} {_inert(live.name)} (`{live.id}`): {fields}?")
    return "\n".join([*lines, ""])


def _draft(live: Live, folder: str) -> str:
    schema = folder.removesuffix("s")
    lines = [
        f"# yaml-language-server: $schema=../../schema/{schema}.schema.json",
        f"# Draft: {live.export} {live.id}. `billing-identity check` lists what is missing.",
        f"title: {quoted(_short(live.name, 80))}",
    ]
    description = live.traits.get("description", "")
    if len(description) >= 3:
        lines.append(f"purpose: {quoted(_short(description, 2000))}")
    return "\n".join([*lines, ""])


def _short(text: str, limit: int) -> str:
    return "".join(c for c in text if c.isprintable())[:limit]


def _inert(text: str) -> str:
    shown = _short(text, 200).replace("`", "'")
    return f"`{shown}`"


def _slug(name: str) -> str:
    slug = "-".join(words(name).split())
    slug = slug if re.match(r"[a-z]", slug) else f"group-{slug}"
    return slug[:40].strip("-")
