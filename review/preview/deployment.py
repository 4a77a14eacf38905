"""Previews as files in Pulumi's deployment format (version 3).

`pulumi policy analyze --file` reads them; `pulumi stack import` refuses them, for two reasons of its own.
URNs carry a reserved stack name, and import rejects resources of another stack. And `secrets_providers`
names a provider that no engine has: import stops there even with `--force`, while `policy analyze` goes on
with secrets redacted (it says so in a warning). Secrets are written with the engine's signature and a
constant in place of the ciphertext, so nothing of a secret, not even its length, is in the file.

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
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from billing_identity.review.preview import merge
from billing_identity.review.preview.reading import MARKER, read_deployment
from billing_identity.review.preview.record import (
    PROVIDER_PREFIX,
    UNKNOWN,
    Options,
    Preview,
    Registration,
    Secret,
    Value,
)
from billing_identity.review.preview.wire import FLOAT, SECRET, SIGNATURE

__all__ = ["RESERVED_STACK", "read_deployment", "to_deployment", "write_deployment"]

RESERVED_STACK = "offline-preview"
_SEALED = "offline-preview:not-kept"


def to_deployment(
    preview: Preview, *, as_of: str, reserved_stack: str | None = RESERVED_STACK
) -> dict[str, Any]:
    """`preview` as a deployment document. `as_of` is a date, YYYY-MM-DD, and the only time in it.

    Resources are sorted, each after what it depends on: the same preview gives the same bytes. With
    `reserved_stack=None` URNs keep the real stack's name, to compare with an engine's file; several stacks
    become `<reserved>.<stack>` each.
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
        MARKER: {
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


def _ordered(items: tuple[Registration, ...]) -> list[Registration]:
    """Parents, providers and dependencies first, otherwise by URN."""
    known = {item.urn: item for item in items}
    graph: dict[str, set[str]] = {}
    for item in items:
        needs: set[str | None] = {item.parent, item.options.deleted_with}
        needs.update(item.dependencies, item.options.replace_with)
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
        optional["id"] = UNKNOWN  # as the engine writes a provider not yet configured
    entry.update({key: value for key, value in optional.items() if value})
    return entry


def _said(options: Options) -> dict[str, Any]:
    default = Options()
    return {
        key: list(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value
        for key, value in asdict(options).items()
        if value != getattr(default, key)
    }


def _value(value: Value) -> Value:
    if isinstance(value, Secret):
        return {SIGNATURE: SECRET, "ciphertext": _SEALED}
    if isinstance(value, dict):
        return {key: _value(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_value(item) for item in cast("list[Any]", value)]
    if isinstance(value, float) and not math.isfinite(value):
        return {SIGNATURE: FLOAT, "value": struct.pack(">d", value).hex()}
    return value


def _original(stack: str, names: Mapping[str, str]) -> str:
    return next((old for old, new in names.items() if new == stack), stack)
