"""Compares the engine's state with the offline preview: types, names, parents and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from billing_identity.review.preview.record import Preview

SECRET = "4dabf18193072939515e22adb298388d"
IDENTIFYING = ("arn", "objectId", "clientId", "keyId", "id")
"""Computed outputs that other resources take as inputs."""


def differences(engine: Mapping[str, Mapping[str, Any]], preview: Preview) -> list[str]:
    """What differs, one line each; empty when they agree.

    Ids differ by nature: each of the engine's is translated into the preview's of the same resource. What
    the provider filled in (its `__defaults`) is left out. Both sides mark the same values as secret.
    """
    declared = preview.by_urn()
    found = [f"only on the engine: {urn}" for urn in sorted(set(engine) - set(declared))]
    found += [f"only in the preview: {urn}" for urn in sorted(set(declared) - set(engine))]
    translation = _translation(engine, preview)
    for urn, resource in sorted(engine.items()):
        if urn not in declared:
            continue
        mine = declared[urn]
        if (resource.get("parent") or None) != mine.parent:
            found.append(
                f"{urn}: parent {resource.get('parent')} on the engine, {mine.parent} in the preview"
            )
        theirs = _plain(resource.get("inputs") or {}, translation)
        ours = _plain(mine.inputs, {})
        for key in sorted(set(theirs) | set(ours)):
            if theirs.get(key) != ours.get(key):
                found.append(
                    f"{urn}: {key} is {theirs.get(key)!r} on the engine, {ours.get(key)!r} in the preview"
                )
    return found


def _translation(engine: Mapping[str, Mapping[str, Any]], preview: Preview) -> dict[str, str]:
    declared = preview.by_urn()
    pairs: dict[str, str] = {}
    for urn, resource in engine.items():
        mine = declared.get(urn)
        if mine is None:
            continue
        outputs: Mapping[str, Any] = resource.get("outputs") or {}
        inputs: Mapping[str, Any] = resource.get("inputs") or {}
        identifiers = {"id": resource.get("id"), **{key: outputs.get(key) for key in IDENTIFYING[:-1]}}
        for key, value in identifiers.items():
            other = mine.id if key == "id" else mine.outputs.get(key)
            if key not in inputs and isinstance(value, str) and isinstance(other, str) and len(value) >= 16:
                pairs[value] = other
    return pairs


def _plain(value: Any, translation: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        if SECRET in value:
            return "[secret]"
        filled = value.get("__defaults") or []
        return {
            key: _plain(item, translation)
            for key, item in value.items()
            if key != "__defaults" and key not in filled
        }
    if isinstance(value, list):
        return [_plain(item, translation) for item in value]
    if isinstance(value, str):
        return translation.get(value, value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value).__name__ == "Secret":
        return "[secret]"
    return value
