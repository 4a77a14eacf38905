"""Reads deployment files: those of the offline preview, and those of `pulumi stack export`."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

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

LIMIT = 256 * 1024 * 1024
"""Bytes of the largest file that is read: some 100,000 resources."""

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
    version = document.get("version")
    if version not in (3, 4):
        raise InputError([f"{path}: deployment version {version!r}; write version 3 with `preview` again"])
    deployment = document.get("deployment")
    if not isinstance(deployment, dict):
        raise InputError(
            [f"{path}: no `deployment`; this is no file of a preview or of `pulumi stack export`"]
        )
    listed: Any = cast("dict[str, Any]", deployment).get("resources") or []
    if not isinstance(listed, list):
        raise InputError([f"{path}: `deployment.resources` must be a list"])
    marker = document.get(MARKER)
    marked: dict[str, Any] = cast("dict[str, Any]", marker) if isinstance(marker, dict) else {}
    faults: list[str] = []
    found: dict[str, Registration] = {}
    for index, entry in enumerate(cast("list[Any]", listed)):
        try:
            item = _registration(entry, marked)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            faults.append(f"{path}: resource {index}: {type(fault).__name__}: {fault}; write the file again")
            continue
        if item is None:
            continue
        if item.urn in found:
            faults.append(f"{path}: resource {index}: {item.urn} is there twice; write the file again")
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
        size = path.stat().st_size
        if size > LIMIT:
            raise InputError(
                [f"{path}: {size / 2**20:.0f} MB; a preview's file has at most {LIMIT // 2**20} MB"]
            )
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise InputError([f"{path}: no such file; write it with `preview`"]) from None
    except UnicodeDecodeError as fault:
        raise InputError([f"{path}: byte {fault.start} is not UTF-8; write the file again"]) from None
    except OSError as fault:
        raise InputError([f"{path}: cannot be read: {fault.strerror}"]) from None
    try:
        document: Value = json.loads(text)
    except json.JSONDecodeError as fault:
        ended = fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated")
        what = "ends in the middle of a value: the file is truncated" if ended else f"not JSON: {fault.msg}"
        raise InputError([f"{path}:{fault.lineno}:{fault.colno}: {what}; write the file again"]) from None
    except (RecursionError, ValueError) as fault:
        raise InputError(
            [f"{path}: not a deployment: {type(fault).__name__}; write the file again"]
        ) from None
    if not isinstance(document, dict):
        raise InputError(
            [f"{path}:1:1: must be an object, not {type(document).__name__}; write the file again"]
        )
    return cast("dict[str, Any]", document)


def _registration(entry: Value, marked: Mapping[str, Any]) -> Registration | None:
    if not isinstance(entry, dict):
        message = "must be an object"
        raise TypeError(message)
    data = cast("dict[str, Any]", entry)
    if data.get("delete"):
        return None  # waits for its deletion after a replacement; no part of what is declared
    urn, type_ = data["urn"], data["type"]
    if not isinstance(urn, str) or not urn.startswith("urn:pulumi:") or urn.count("::") < 3:
        message = f"{urn!r} is no URN"
        raise ValueError(message)
    custom = bool(data.get("custom"))
    identity = data.get("id") or None
    if identity == UNKNOWN:
        identity = None
    said = cast("dict[str, Any]", marked.get("options", {})).get(urn)
    return Registration(
        urn=urn,
        type=str(type_),
        name=urn.split("::", 3)[3],
        custom=custom,
        id=identity,
        inputs=_read(data.get("inputs") or {}),
        outputs=_read(data.get("outputs") or {}),
        parent=data.get("parent") or None,
        provider=data.get("provider") or None,
        dependencies=tuple(sorted(_texts(data.get("dependencies")))),
        property_dependencies={
            key: tuple(sorted(_texts(urns)))
            for key, urns in cast("dict[str, Any]", data.get("propertyDependencies") or {}).items()
        },
        options=_options(said) if said is not None else (Options() if marked else _engine_options(data)),
        source=cast("dict[str, Any]", marked.get("sources", {})).get(urn),
    )


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
        import_id=data.get("importID") or None,
        custom_timeouts=dict(data.get("customTimeouts") or {}),
        deleted_with=data.get("deletedWith") or None,
        replace_with=tuple(_texts(data.get("replaceWith"))),
        external=bool(data.get("external")),
    )


def _texts(value: Value) -> list[str]:
    return (
        [item for item in cast("list[Any]", value) if isinstance(item, str)]
        if isinstance(value, list)
        else []
    )


def _read(value: Value) -> Value:
    if isinstance(value, dict):
        data = cast("dict[str, Any]", value)
        mark = data.get(SIGNATURE)
        if mark == SECRET:
            return Secret("[secret]")
        if mark == FLOAT:
            return struct.unpack(">d", bytes.fromhex(data["value"]))[0]
        return {key: _read(item) for key, item in data.items()}
    if isinstance(value, list):
        return [_read(item) for item in cast("list[Any]", value)]
    return value
