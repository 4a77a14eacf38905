"""Previews as files in Pulumi's deployment format (version 3).

`pulumi policy analyze --file` reads them; `pulumi stack import` refuses them, for two reasons of its own. URNs carry
a reserved stack name, and import rejects resources of another stack. And `secrets_providers` names a provider that
no engine has: import stops there even with `--force`, while `policy analyze` goes on with secrets redacted (it says
so in a warning). Secrets are written with the engine's signature and a constant in place of the ciphertext, so
nothing of a secret, not even its length, is in the file.

A member beside `deployment`, which the engine ignores, has what the format has no place for.
"""

from __future__ import annotations

import contextlib
import graphlib
import hashlib
import json
import math
import os
import struct
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, cast

from billing_identity.review.preview import merge
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.record import (
    PROVIDER_PREFIX,
    STACK_TYPE,
    Options,
    Preview,
    Registration,
    Secret,
    Value,
)
from billing_identity.review.preview.wire import SECRET, SIGNATURE

RESERVED_STACK = "offline-preview"
LIMIT = 256 * 1024 * 1024
"""Bytes of the largest file that is read: some 100,000 resources."""

_MARKER = "offlinePreview"
_SEALED = "offline-preview:not-kept"
_FLOAT = "8ad145fe-0d11-4827-bfd7-1abcbf086f5c"
_TUPLES = {item.name for item in fields(Options) if str(item.type).startswith("tuple")}


def to_deployment(
    preview: Preview, *, as_of: str, reserved_stack: str | None = RESERVED_STACK
) -> dict[str, Any]:
    """`preview` as a deployment document. `as_of` is a date, YYYY-MM-DD, and the only time in it.

    Resources are sorted, each after what it depends on: the same preview gives the same bytes. With
    `reserved_stack=None` URNs keep the real stack's name, to compare with an engine's file; several stacks become
    `<reserved>.<stack>` each.
    """
    stacks = sorted({merge.stack_of(item.urn) for item in preview.registrations})
    names: dict[str, str] = {}
    if reserved_stack is not None:
        names = {name: reserved_stack if len(stacks) == 1 else f"{reserved_stack}.{name}" for name in stacks}
        preview = merge.renamed(preview, names)
    ordered = _ordered(preview.registrations)
    return {
        "version": 3,
        "deployment": {
            "manifest": {
                "time": f"{as_of}T00:00:00Z",
                "magic": hashlib.sha256(RESERVED_STACK.encode()).hexdigest(),
                "version": RESERVED_STACK,
            },
            "secrets_providers": {"type": RESERVED_STACK},
            "resources": [_resource(item) for item in ordered],
            "metadata": {},
        },
        _MARKER: {
            "asOf": as_of,
            "project": preview.project,
            "stack": preview.stack if not names else _original(preview.stack, names),
            "stacks": {new: old for old, new in names.items()},
            "unknown": preview.unknown,
            "stackOutputs": _value(preview.stack_outputs),
            "order": [item.urn for item in preview.registrations],
            "options": {item.urn: said for item in ordered if (said := _said(item.options))},
            "sources": {item.urn: item.source for item in ordered if item.source},
        },
    }


def write_deployment(path: Path, doc: Mapping[str, Any]) -> None:
    """Writes `doc` to `path`, all or nothing; keys sorted, so that equal documents are equal bytes."""
    text = json.dumps(doc, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.write("\n")
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def read_deployment(path: Path) -> Preview:
    """Reads a file of `write_deployment`, or one of `pulumi stack export`, as a preview.

    Stack names are the real ones again; what was secret is `Secret("[secret]")`. From an engine's file come the
    options that its format has, and `order` is the file's. Raises `InputError` with the place and the fault.
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
    listed = cast("dict[str, Any]", deployment).get("resources") or []
    if not isinstance(listed, list):
        raise InputError([f"{path}: `deployment.resources` must be a list"])
    marker = document.get(_MARKER)
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


# --- writing -------------------------------------------------------------------------------------------------------


def _ordered(items: tuple[Registration, ...]) -> list[Registration]:
    """Parents, providers and dependencies first, otherwise by URN."""
    known = {item.urn: item for item in items}
    graph: dict[str, set[str]] = {}
    for item in items:
        needs = {item.parent, *item.dependencies, item.options.deleted_with, *item.options.replace_with}
        if item.provider:
            needs.add(item.provider.rsplit("::", 1)[0])
        for urns in item.property_dependencies.values():
            needs.update(urns)
        graph[item.urn] = {urn for urn in needs if urn in known and urn != item.urn}
    sorter = graphlib.TopologicalSorter(graph)
    sorter.prepare()
    result: list[Registration] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        result.extend(known[urn] for urn in ready)
        sorter.done(*ready)
    return result


def _resource(item: Registration) -> dict[str, Any]:
    options = item.options
    entry: dict[str, Any] = {"urn": item.urn, "type": item.type, "custom": item.custom}
    optional: dict[str, Any] = {
        "id": item.id,
        "parent": item.parent,
        "inputs": _value(item.inputs),
        "outputs": _value(item.outputs),
        "protect": options.protect,
        "external": options.external,
        "dependencies": list(item.dependencies),
        "provider": item.provider,
        "propertyDependencies": {key: list(urns) for key, urns in item.property_dependencies.items()},
        "additionalSecretOutputs": list(options.additional_secret_outputs),
        "customTimeouts": dict(options.custom_timeouts),
        "importID": options.import_id,
        "retainOnDelete": options.retain_on_delete,
        "deletedWith": options.deleted_with,
        "replaceWith": list(options.replace_with),
        "ignoreChanges": list(options.ignore_changes),
        "replaceOnChanges": list(options.replace_on_changes),
    }
    if item.id is None and item.type.startswith(PROVIDER_PREFIX):
        optional["id"] = (
            "04da6b54-80e4-46f7-96ec-b56ff0331ba9"  # as the engine writes a provider not yet configured
        )
    entry.update({key: value for key, value in optional.items() if value})
    return entry


def _said(options: Options) -> dict[str, Any]:
    default = Options()
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(options).items()
        if value != getattr(default, key)
    }


def _value(value: Value) -> Value:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "ciphertext": _SEALED}
    if isinstance(value, dict):
        return {key: _value(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in cast("list[Any]", value)]
    if isinstance(value, float) and not math.isfinite(value):
        return {SIGNATURE: _FLOAT, "value": struct.pack(">d", value).hex()}
    return value


def _original(stack: str, names: Mapping[str, str]) -> str:
    return next((old for old, new in names.items() if new == stack), stack)


# --- reading -------------------------------------------------------------------------------------------------------


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
    if identity == "04da6b54-80e4-46f7-96ec-b56ff0331ba9":
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
            key: tuple(sorted(_texts(urns))) for key, urns in (data.get("propertyDependencies") or {}).items()
        },
        options=_options(said) if said is not None else (Options() if marked else _engine_options(data)),
        source=cast("dict[str, Any]", marked.get("sources", {})).get(urn),
    )


def _options(said: Mapping[str, Any]) -> Options:
    return Options(**{key: tuple(value) if key in _TUPLES else value for key, value in said.items()})


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
        if mark == _FLOAT:
            return struct.unpack(">d", bytes.fromhex(data["value"]))[0]
        return {key: _read(item) for key, item in data.items()}
    if isinstance(value, list):
        return [_read(item) for item in cast("list[Any]", value)]
    return value
