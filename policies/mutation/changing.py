"""Changes one place of a resource's properties, by path, in a copy."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

REMOVED = object()
"""Value that takes the place away."""
_STEP = re.compile(r"\[(\d+|\*)\]|(#)|([^.\[#]+)")


def mutants(props: Any, path: str, value: Any) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    """Copies of `props` with one place of `path` set to `value` (or removed). `#` enters JSON text.

    A place that is not there yet is set too, where the block around it is there.
    """
    steps = [
        (int(index) if index.isdigit() else "[*]") if index else mark or name
        for index, mark, name in _STEP.findall(path)
    ]
    for place in _places(props, steps, (), present=value is REMOVED):
        changed = _changed(props, place, value)
        if changed != props:
            yield changed


def declared(path: str) -> str:
    """A path as `reads` declares it: without the places in lists."""
    return re.sub(r"\[\d+\]", "[*]", path)


def _places(
    node: Any,  # noqa: ANN401
    steps: list[Any],
    prefix: tuple[Any, ...],
    *,
    present: bool,
) -> Iterator[tuple[Any, ...]]:
    if not steps:
        yield prefix
        return
    step, rest = steps[0], steps[1:]
    if step == "#":
        if isinstance(node, str):
            try:
                document = json.loads(node)
            except ValueError:
                return
            yield from _places(document, rest, (*prefix, "#"), present=present)
    elif step == "[*]" or isinstance(step, int):
        if isinstance(node, list):
            for index, item in enumerate(node):  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
                if step in ("[*]", index):
                    yield from _places(item, rest, (*prefix, index), present=present)
        else:
            yield from _places(node, rest, prefix, present=present)
    elif isinstance(node, dict):
        if step in node:
            yield from _places(node[step], rest, (*prefix, step), present=present)
        elif not rest and not present:
            yield (*prefix, step)


def _changed(node: Any, place: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401
    step, rest = place[0], place[1:]
    if step == "#":
        return json.dumps(_changed(json.loads(node), rest, value))
    changed: Any = copy.copy(node)
    if rest:
        changed[step] = _changed(node[step], rest, value)
    elif value is REMOVED:
        del changed[step]
    else:
        changed[step] = value
    return changed
