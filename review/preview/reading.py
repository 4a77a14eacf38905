"""Reads deployment files: those of the offline preview, and those of `pulumi stack export`."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

from billing_identity.policies.framework.json_file import JsonError, read_json
from billing_identity.review.preview import merge
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.record import (
    STACK_TYPE,
    UNKNOWN,
    Options,
    Preview,
    Registration,
    Secret,
    Value,
)
from billing_identity.review.preview.wire import FLOAT, SECRET, SIGNATURE

LIMIT = 100 * 2**20
"""Bytes of the largest file that is read: some 40,000 resources."""

DEPTH = 150
"""Deepest nesting of a property: far more than a provider takes, far less than ends the interpreter."""

AGAIN = "write it with `pulumi stack export` or `preview`"

FEATURES = frozenset(
    [
        "refreshBeforeUpdate",
        "views",
        "hooks",
        "taint",
        "replaceWith",
        "snippets-prototype",
        "extensionParameterization",
        "byteString",
    ]
)
"""What a file of version 4 may need: the engine's own list (pkg/resource/stack/deployment.go, 3.260)."""

MEMBERS = frozenset(
    ["manifest", "secrets_providers", "resources", "pending_operations", "metadata", "snippets", "extensions"]
)
"""Members of `deployment` (sdk/go/common/apitype/core.go, 3.260)."""

ENTRY = frozenset(
    [
        "urn",
        "type",
        "custom",
        "id",
        "inputs",
        "outputs",
        "parent",
        "provider",
        "delete",
        "dependencies",
        "propertyDependencies",
        "protect",
        "ignoreChanges",
    ]
)
"""Members of an entry of `resources` that rules read."""

_LOWER = frozenset(name.lower() for name in MEMBERS | ENTRY)

MARKER = "offlinePreview"
"""The member of a preview's file that the engine ignores."""

_TUPLES = {item.name for item in fields(Options) if str(item.type).startswith("tuple")}


def read_deployment(path: Path) -> Preview:
    """Reads a file of `write_deployment`, or one of `pulumi stack export`, as a preview.

    Stack names are the real ones again; what was secret is `Secret("[secret]")`. From an engine's file come
    the options that its format has, and `order` is the file's. Raises `InputError` with the place and the
    fault.
    """
    document = _parsed(path)
    listed = _resources(path, document)
    marker = document.get(MARKER)
    marked: dict[str, Any] = cast("dict[str, Any]", marker) if isinstance(marker, dict) else {}
    faults: list[str] = []
    found: dict[str, Registration] = {}
    for index, entry in enumerate(listed):
        try:
            item = _registration(entry, marked)
        except _EntryError as fault:
            faults.append(f"{path}: resource {index}: {fault}; {AGAIN}")
            continue
        if item is None:
            continue
        if item.urn in found:
            faults.append(f"{path}: resource {index}: {item.urn} is there twice; {AGAIN}")
        found[item.urn] = item
    if faults:
        raise InputError(faults)
    order = [urn for urn in _texts(marked.get("order")) if urn in found] or list(found)
    items = tuple(found[urn] for urn in order)
    root = next((item for item in items if item.type == STACK_TYPE), None)
    first = items[0].urn if items else ""
    preview = Preview(
        project=str(marked.get("project") or (first.split("::")[1] if first else "")),
        stack=str(marked.get("stack") or (merge.stack_of(first) if first else "")),
        registrations=items,
        stack_outputs=_read(marked["stackOutputs"])
        if "stackOutputs" in marked
        else (root.outputs if root else {}),
        unknown=bool(marked.get("unknown", False)),
    )
    names = marked.get("stacks")
    return (
        merge.renamed(preview, cast("dict[str, str]", names))
        if isinstance(names, dict) and names
        else preview
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        _, document = read_json(path, LIMIT, AGAIN)
    except JsonError as fault:
        raise InputError([str(fault)]) from None
    if not isinstance(document, dict):
        raise InputError([f"{path}:1:1: must be an object, not {_kind(document)}; {AGAIN}"])
    return cast("dict[str, Any]", document)


def _resources(path: Path, document: Mapping[str, Any]) -> list[Any]:
    """The entries of `deployment.resources`. The engine leaves the list out for an empty stack only."""
    version = document.get("version")
    if isinstance(version, bool) or version not in (3, 4):
        raise InputError([f"{path}: deployment version {json.dumps(version)} is not 3 or 4; {AGAIN}"])
    given: Any = document.get("features") or []
    unknown = sorted(set(map(str, given)) - FEATURES) if isinstance(given, list) else [json.dumps(given)]  # pyright: ignore[reportUnknownArgumentType]
    if unknown:
        raise InputError([f"{path}: the file needs {', '.join(unknown)}, which is not known here"])
    deployment = document.get("deployment")
    if not isinstance(deployment, dict):
        raise InputError([f"{path}: no `deployment`; {AGAIN}"])
    members = cast("dict[str, Any]", deployment)
    misspelt = _misspelt(members, MEMBERS)
    if misspelt:
        raise InputError([f"{path}: `deployment` has {misspelt}; {AGAIN}"])
    if "resources" not in members and members.get("manifest"):
        return []
    listed: Any = members.get("resources")
    if not isinstance(listed, list):
        raise InputError([f"{path}: `deployment.resources` must be a list, not {_kind(listed)}; {AGAIN}"])
    return cast("list[Any]", listed)


def _kind(value: object) -> str:
    """What JSON calls it."""
    match value:
        case None:
            return "null or missing"
        case bool():
            return "true or false"
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return "text"
        case _:
            return "a number"


def _misspelt(data: Mapping[str, Any], known: frozenset[str]) -> str:
    """Members whose case is wrong: the engine reads them, so to leave them out would hide something."""
    wrong = [key for key in data if key not in known and key.lower() in _LOWER]
    return ", ".join(f"`{key}`" for key in wrong)


class _EntryError(Exception):
    """An entry of `resources` that is none."""


def _registration(entry: Value, marked: Mapping[str, Any]) -> Registration | None:
    if not isinstance(entry, dict):
        raise _EntryError(f"must be an object, not {_kind(entry)}")
    data = cast("dict[str, Any]", entry)
    misspelt = _misspelt(data, ENTRY)
    if misspelt:
        raise _EntryError(f"has {misspelt}, whose case is wrong")
    if data.get("delete"):
        return None  # waits for its deletion after a replacement; no part of what is declared
    urn, type_ = _urn(data)
    identity = _text(data, "id")
    if identity == UNKNOWN:
        identity = None
    said = cast("dict[str, Any]", marked.get("options", {})).get(urn)
    return Registration(
        urn=urn,
        type=type_,
        name=urn.split("::", 3)[3],
        custom=bool(data.get("custom")),
        id=identity,
        inputs=_read(_object(data, "inputs")),
        outputs=_read(_object(data, "outputs")),
        parent=_text(data, "parent"),
        provider=_text(data, "provider"),
        dependencies=tuple(sorted(_texts(data.get("dependencies")))),
        property_dependencies={
            key: tuple(sorted(_texts(urns))) for key, urns in _object(data, "propertyDependencies").items()
        },
        options=_options(said) if said is not None else (Options() if marked else _engine_options(data)),
        source=cast("dict[str, Any]", marked.get("sources", {})).get(urn),
    )


def _urn(data: Mapping[str, Any]) -> tuple[str, str]:
    """The URN and the type, which must agree: rules judge by the type."""
    for name in ("urn", "type"):
        if not isinstance(data.get(name), str):
            raise _EntryError(f"`{name}` must be text, not {_kind(data.get(name))}")
    urn, type_ = str(data["urn"]), str(data["type"])
    parts = urn.split("::", 3)
    if len(parts) < 4 or not urn.startswith("urn:pulumi:"):
        raise _EntryError(f"`{urn[:200]}` is no URN")
    said = parts[2].rpartition("$")[2]
    if said != type_:
        raise _EntryError(f"`type` is {type_[:200]}, its URN says {said[:200]}")
    return urn, type_


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value: Any = data.get(name) or None
    if value is not None and not isinstance(value, str):
        raise _EntryError(f"`{name}` must be text, not {_kind(value)}")
    return value


def _object(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    value: Any = data.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _EntryError(f"`{name}` must be an object, not {_kind(value)}")
    return cast("dict[str, Any]", value)


def _options(said: Mapping[str, Any]) -> Options:
    given: dict[str, Any] = {key: tuple(value) if key in _TUPLES else value for key, value in said.items()}
    return Options(**given)


def _engine_options(data: Mapping[str, Any]) -> Options:
    return Options(
        protect=data.get("protect") or None,
        retain_on_delete=data.get("retainOnDelete") or None,
        ignore_changes=tuple(_texts(data.get("ignoreChanges"))),
        replace_on_changes=tuple(_texts(data.get("replaceOnChanges"))),
        additional_secret_outputs=tuple(_texts(data.get("additionalSecretOutputs"))),
        aliases=tuple(_texts(data.get("aliases"))),
        import_id=_text(data, "importID"),
        custom_timeouts=_object(data, "customTimeouts"),
        deleted_with=_text(data, "deletedWith"),
        replace_with=tuple(_texts(data.get("replaceWith"))),
        external=bool(data.get("external")),
    )


def _texts(value: Value) -> list[str]:
    return (
        [item for item in cast("list[Any]", value) if isinstance(item, str)]
        if isinstance(value, list)
        else []
    )


def _read(value: Value, depth: int = 0) -> Value:
    if depth > DEPTH:
        raise _EntryError(f"nested more than {DEPTH} deep")
    if isinstance(value, dict):
        data = cast("dict[str, Any]", value)
        mark = data.get(SIGNATURE)
        if mark == SECRET:
            return Secret("[secret]")
        if mark == FLOAT:
            return _float(data.get("value"))
        return {key: _read(item, depth + 1) for key, item in data.items()}
    if isinstance(value, list):
        return [_read(item, depth + 1) for item in cast("list[Any]", value)]
    return value


def _float(text: object) -> float:
    try:
        return struct.unpack(">d", bytes.fromhex(str(text)))[0]
    except (ValueError, struct.error):
        raise _EntryError(f"`{text}` is no number in hexadecimal") from None
