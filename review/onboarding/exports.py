"""Reads what Okta and Entra export: groups and applications, as CSV or as the API's JSON list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from billing_identity.review.onboarding.tables import fault, read_csv, read_json
from billing_identity.roles.problems import Location, Problem
from billing_identity.stacks.adopted_kinds import KINDS


class Export(StrEnum):
    """Which list a file is."""

    OKTA_GROUPS = "okta-groups"
    OKTA_APPS = "okta-apps"
    ENTRA_GROUPS = "entra-groups"
    ENTRA_APPS = "entra-apps"
    ENTRA_PRINCIPALS = "entra-principals"


COLUMNS: Mapping[Export, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Export.OKTA_GROUPS: (("id", "name"), ("description", "type")),
    Export.OKTA_APPS: (("id", "label"), ("signOnMode", "status", "name")),
    Export.ENTRA_GROUPS: (("id", "displayName"), ("description", "groupTypes", "onPremisesSyncEnabled")),
    Export.ENTRA_APPS: (("id", "displayName"), ("appId", "description")),
    Export.ENTRA_PRINCIPALS: (("id", "displayName"), ("appId", "servicePrincipalType")),
}
"""Columns of the CSV by export: required, and those that may be added."""
_FORMS = {
    Export.OKTA_GROUPS: KINDS["role"].form,
    Export.OKTA_APPS: KINDS["system"].form,
    Export.ENTRA_GROUPS: KINDS["entra-role"].form,
    Export.ENTRA_APPS: KINDS["entra-system"].form,
    Export.ENTRA_PRINCIPALS: KINDS["entra-principal"].form,
}
_PAGES = frozenset({20, 25, 50, 100, 200, 250, 500, 999, 1_000, 10_000})
"""Round numbers of entries at which an API's page may have ended."""


@dataclass(frozen=True)
class Live:
    """One live object: `traits` are the other exported fields as text."""

    export: Export
    id: str
    name: str
    traits: Mapping[str, str]
    location: Location


def read_export(export: Export, path: Path) -> tuple[tuple[Live, ...], tuple[Problem, ...]]:
    """The live objects of one file, or every fault with its place. `.json` is JSON, anything else CSV."""
    required, optional = COLUMNS[export]
    found: list[Live] = []
    problems: list[Problem] = []
    if path.suffix.lower() == ".json":
        items, faults = read_json(path)
        problems += faults
        for number, item in enumerate(items, start=1):
            fields = _flat(item)
            place = Location(f"{path.name} entry {number}")
            missing = [name for name in required if not fields.get(name)]
            if missing:
                message = f"no {' and no '.join(f'`{name}`' for name in missing)}"
                problems.append(fault(place, message, f"export the API's {export} list as it is"))
                continue
            found.append(Live(export, fields["id"], fields[required[1]], fields, place))
        if not problems and not items:
            problems.append(fault(Location(path.name), "an empty list", "export at least one entry"))
    else:
        table = read_csv(path, required, optional)
        problems += table.problems
        for record in table.records:
            fields = record.fields
            found.append(Live(export, fields["id"], fields[required[1]], fields, record.location))
    problems += _faults(found)
    return ((), tuple(problems)) if problems else (tuple(found), ())


def perhaps_cut(path: Path, entries: int) -> str | None:
    """Why a file that reads well may still not be the whole list; None where nothing points to that."""
    if path.suffix.lower() == ".json":
        return f"exactly {entries:,} entries, as one page of several has" if entries in _PAGES else None
    return None if path.read_bytes().endswith(b"\n") else "no line end after its last line"


def _flat(item: object) -> dict[str, str]:
    if not isinstance(item, dict):
        return {}
    entry = cast("dict[str, Any]", item)
    profile: Any = entry.get("profile")
    merged: dict[str, Any] = {
        **entry,
        **(cast("dict[str, Any]", profile) if isinstance(profile, dict) else {}),
    }
    flat: dict[str, str] = {}
    for name, value in merged.items():
        if isinstance(value, bool):
            flat[name] = "true" if value else "false"
        elif isinstance(value, (str, int)):
            flat[name] = str(value).strip()
        elif isinstance(value, list):
            flat[name] = ",".join(str(part) for part in cast("list[Any]", value))
    return flat


def _faults(found: list[Live]) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, Live] = {}
    for live in found:
        if _FORMS[live.export].fullmatch(live.id) is None:
            kinds = next(kind for kind in KINDS.values() if kind.form is _FORMS[live.export])
            message = f"`{live.id[:60]}` is not an id of {live.export}"
            problems.append(
                fault(live.location, message, f"ids look like {kinds.example}: is it the right file?")
            )
        elif not live.name:
            problems.append(fault(live.location, "an entry without a name", "export again"))
        elif live.id in seen:
            message = f"`{live.id}` stands already at {seen[live.id].location}"
            problems.append(fault(live.location, message, "export again, each object once"))
        seen.setdefault(live.id, live)
    return problems
