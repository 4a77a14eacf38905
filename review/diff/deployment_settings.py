"""What a change does to the settings of the deployment: accounts, live objects, pipelines, the pack's levels.

They stand beside the catalogue, in the folder of the stacks' configuration, and decide as much: whom every
policy leaves out, who may deploy, which rules block.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from billing_identity.review.diff.model import Change, Direction, Key, Place, Sentence, Topic
from billing_identity.review.diff.names import short
from billing_identity.roles.yaml_tree import Tree, read_tree

SENSITIVE: Mapping[str, str] = {
    "okta.break_glass_group": "whom every policy leaves out",
    "entra.break_glass_group": "whom every policy leaves out",
    "okta.administrators_group": "whom policies for the workforce leave out",
    "entra.administrators_group": "whom policies for the workforce leave out",
    "okta.everyone_group": "whom the workforce's policies meet",
    "okta.client_id": "which program may change the directory",
    "entra.client_id": "which program may change the directory",
    "entra.tenant_id": "which directory is changed",
    "okta.org_name": "which directory is changed",
    "adopted": "which live objects are taken over",
    "aws.accounts": "where keys, logs and data are",
    "aws.management_account": "where keys, logs and data are",
    "aws.single_account": "separation of accounts",
    "aws.allowed_countries": "where data may lie",
    "aws.region": "where data lies",
    "aws.replica_region": "where data lies",
    "aws.deploy_role": "who may deploy",
    "aws.key_administrator_role": "who manages keys",
    "aws.key_custodian_role": "who may destroy keys",
    "aws.alerting": "who hears of break-glass and of other alerts",
    "aws.siem": "who else reads the logs",
    "aws.backup": "how stores are backed up",
    "aws.exchange": "who reaches the exchange of files",
    "aws.workforce": "who enters the accounts",
    "capabilities": "what is enforced",
    "monitoring": "what is heard of",
}
"""Settings on which protection hangs, by the beginning of their path, each with what hangs on it."""
PACK = "policy-pack"
"""How the files with the pack's configuration begin: each entry in one changes what blocks."""
_SEALED = "secure"


def settings_changes(base: Path, head: Path, prefix: str) -> list[Sentence]:
    """One sentence for each setting that differs between two folders of configuration.

    `prefix` is the folder's path in the repository, for the places. A file that can't be parsed counts as one
    value, so that it differs from every other.
    """
    found: list[Sentence] = []
    for name in sorted(_names(base) | _names(head)):
        (old, before), (new, after) = _read(base / name, prefix), _read(head / name, prefix)
        for path in sorted(old.keys() | new.keys()):
            if old.get(path) != new.get(path):
                found.append(_sentence(name, path, old.get(path), new.get(path), after, before))
    return found


def _names(folder: Path) -> set[str]:
    if not folder.is_dir():
        return set()
    return {file.name for file in folder.iterdir() if file.suffix in (".yaml", ".yml", ".json")}


def _read(file: Path, prefix: str) -> tuple[dict[tuple[str, ...], str], Tree]:
    name = f"{prefix}/{file.name}" if prefix else file.name
    if not file.is_file():
        return {}, Tree(name)
    tree = read_tree(file, name)
    if tree.problems:
        return {(): file.read_text(encoding="utf-8", errors="replace")}, tree
    return dict(_leaves((), tree.data)), tree


def _leaves(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401
    """Values by path; a list is one value, so that an entry more is one change."""
    if isinstance(value, dict) and value and _SEALED not in value:
        for key, item in value.items():  # pyright: ignore[reportUnknownVariableType]
            yield from _leaves((*path, str(key)), item)  # pyright: ignore[reportUnknownArgumentType]
    else:
        yield path, json.dumps(value, sort_keys=True, ensure_ascii=False)


def _sentence(
    file: str, path: tuple[str, ...], old: str | None, new: str | None, after: Tree, before: Tree
) -> Sentence:
    name = ".".join(path) or "the whole file"
    why = "which rules block" if file.startswith(PACK) else _hangs_on(name)
    now = "not set" if new is None else _shown(path, new)
    was = "not set" if old is None else _shown(path, old)
    text = f"{file}: {name} is {now} (was {was})" + (f"; it decides {why}" if why else "")
    change = Change(
        Key("setting", f"settings:{file}", name),
        old,
        new,
        Topic.SETTINGS,
        Direction.WEAKER if why else Direction.CHANGED,
    )
    place = Place(after.locate(path)) if new is not None else Place(before.locate(path), "base")
    return Sentence(Topic.SETTINGS, change.direction, text, place, (change,))


def _hangs_on(name: str) -> str:
    return next(
        (why for start, why in SENSITIVE.items() if name == start or name.startswith(f"{start}.")), ""
    )


def _shown(path: tuple[str, ...], value: str) -> str:
    if _SEALED in value:
        return "a sealed value"
    return "another content" if not path else short(value.strip('"'), 120)
