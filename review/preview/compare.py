"""Whether two previews declare the same, apart from what differs by nature.

Of an offline preview and an engine's state, the stack's name, identifiers that a service or a preview makes
up, and what a provider's Check filled in (`__defaults`) may differ; nothing else may.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from billing_identity.review.preview import merge
from billing_identity.review.preview.record import (
    PROVIDER_PREFIX,
    STACK_TYPE,
    Preview,
    Registration,
    Secret,
    Value,
)

_LONG = 80
_OPTIONS = (
    "protect", "retain_on_delete", "ignore_changes", "replace_on_changes", "additional_secret_outputs",
    "import_id", "deleted_with", "custom_timeouts",
)  # fmt: skip


def differences(ours: Preview, theirs: Preview) -> list[str]:
    """One line for each difference in resources, parents, providers, dependencies, options and inputs,
    sorted.

    An identifier of `ours` equals the one that `theirs` has in the same place: the resource's id, and text
    outputs that are not inputs. `theirs` may have more inputs where its own `__defaults` list them, or
    `__internal`.
    """
    left, right = merge.without_stack(ours).by_urn(), merge.without_stack(theirs).by_urn()
    lines = [f"{urn}: only in the first" for urn in left.keys() - right.keys()]
    lines += [f"{urn}: only in the second" for urn in right.keys() - left.keys()]
    both = sorted(left.keys() & right.keys())
    names: dict[str, str] = {}
    for urn in both:
        names.update(_identifiers(left[urn], right[urn]))
    for urn in both:
        lines += [f"{urn}: {line}" for line in _resource(left[urn], right[urn], names)]
    return sorted(lines)


def _identifiers(a: Registration, b: Registration) -> Iterator[tuple[str, str]]:
    if a.id and b.id:
        yield a.id, b.id
    if a.type == STACK_TYPE or not a.custom:
        return
    for key, value in a.outputs.items():
        other = b.outputs.get(key)
        if key not in a.inputs and isinstance(value, str) and isinstance(other, str) and value and other:
            yield value, other


def _resource(a: Registration, b: Registration, names: Mapping[str, str]) -> Iterator[str]:
    for key in ("type", "name", "custom", "parent", "dependencies", "property_dependencies"):
        one, other = getattr(a, key), getattr(b, key)
        if one != other:
            yield f"{key}: {one!r}, not {other!r}"
    if (a.provider or "").rsplit("::", 1)[0] != (b.provider or "").rsplit("::", 1)[0]:
        yield f"provider: {a.provider}, not {b.provider}"
    for key in _OPTIONS:
        one, other = getattr(a.options, key) or None, getattr(b.options, key) or None
        if one != other:
            yield f"option {key}: {one!r}, not {other!r}"
    yield from _values(a.inputs, b.inputs, "inputs", names, provider=a.type.startswith(PROVIDER_PREFIX))


def _values(
    a: Value, b: Value, path: str, names: Mapping[str, str], *, provider: bool = False
) -> Iterator[str]:
    if isinstance(a, Secret) or isinstance(b, Secret):
        if type(a) is not type(b):
            yield f"{path}: secret in the {'first' if isinstance(a, Secret) else 'second'} only"
    elif isinstance(a, dict) and isinstance(b, dict):
        one, other = cast("dict[str, Any]", a), cast("dict[str, Any]", b)
        filled: Any = other.get("__defaults") or []
        for key in sorted(one.keys() | other.keys()):
            if key == "__defaults" or (provider and key == "__internal"):
                continue
            if key not in other:
                yield f"{path}.{key}: only in the first"
            elif key not in one:
                if key not in filled:
                    yield f"{path}.{key}: only in the second"
            else:
                yield from _values(one[key], other[key], f"{path}.{key}", names)
    elif isinstance(a, list) and isinstance(b, list):
        first, second = cast("list[Any]", a), cast("list[Any]", b)
        if len(first) != len(second):
            yield f"{path}: {len(first)} items, not {len(second)}"
        for index, (one, other) in enumerate(zip(first, second, strict=False)):
            yield from _values(one, other, f"{path}[{index}]", names)
    elif a != b and not _same_text(a, b, names):
        yield f"{path}: {_shown(a, b)}"


def _shown(a: Value, b: Value) -> str:
    """What differs; of long texts (policy documents) only the surroundings of the first difference."""
    if not isinstance(a, str) or not isinstance(b, str) or max(len(a), len(b)) <= _LONG:
        return f"{a!r}, not {b!r}"
    pairs = enumerate(zip(a, b, strict=False))
    at = next((index for index, (one, other) in pairs if one != other), min(len(a), len(b)))
    start = max(0, at - _LONG // 4)
    return f"at character {at}: {a[start : start + _LONG]!r}, not {b[start : start + _LONG]!r}"


def _same_text(a: Value, b: Value, names: Mapping[str, str]) -> bool:
    """Whether texts are equal once identifiers of the first are exchanged for those of the second."""
    if not isinstance(a, str) or not isinstance(b, str):
        return False
    if names.get(a) == b:
        return True
    for one, other in names.items():
        if len(one) > 7 and one in a and other in b:
            a = a.replace(one, other)
    return a == b
