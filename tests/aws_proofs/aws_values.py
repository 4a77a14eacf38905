"""Values of a request against botocore's description of it: what boto3 itself leaves to AWS.

boto3 checks types and the least length; here enumerations, patterns, greatest lengths and bounds too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any


def faults(value: Any, shape: Any, path: str) -> Iterator[str]:
    """What AWS's description refuses in a value, as `path: why`."""
    kind = shape.type_name
    if kind == "structure":
        for name, inner in value.items():
            yield from faults(inner, shape.members[name], f"{path}.{name}")
        if shape.metadata.get("union") and len(value) != 1:
            yield f"{path}: {sorted(value)} of a union"
    elif kind == "list":
        yield from _size(len(value), shape, path)
        for item in value:
            yield from faults(item, shape.member, f"{path}[]")
    elif kind == "map":
        yield from _size(len(value), shape, path)
        for key, item in value.items():
            yield from faults(key, shape.key, f"{path}.<key>")
            yield from faults(item, shape.value, f"{path}.{key}")
    elif kind == "string":
        if shape.enum and value not in shape.enum:
            yield f"{path}: {value!r} is none of {shape.enum}"
        yield from _size(len(value), shape, path)
        pattern = shape.metadata.get("pattern")
        if pattern is not None and not matches(pattern, value):
            yield f"{path}: {value!r} does not match {pattern}"
    elif kind in ("integer", "long", "double", "float"):
        yield from _size(value, shape, path)


JAVA = {
    r"\p{L}": "A-Za-z",
    r"\p{M}": "",
    r"\P{M}": r"\x00-\x7f",
    r"\p{N}": "0-9",
    r"\p{P}": r"!-#%-*,-/:;?@\[-\]_{}",
    r"\p{Print}": " -~",
    r"\p{S}": r"$+<=>^`|~",
    r"\p{Z}": " ",
    r"\p{Zs}": " ",
    r"\uD800\uDC00-\uDBFF\uDFFF": r"\U00010000-\U0010ffff",
    r"[\w-_": r"[\w\-_",
    r"[\w- ": r"[\w\- ",
}
"""What AWS's patterns have of Java's, as Python has it; for ASCII, which all our values are."""


def matches(pattern: str, value: str) -> bool:
    """Whether a value matches a pattern of AWS's models, in whole."""
    assert value.isascii(), value
    return _compiled(pattern).fullmatch(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    for java, python in JAVA.items():
        pattern = pattern.replace(java, python)
    return re.compile(pattern, re.DOTALL)


def _size(size: float, shape: Any, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and size < low:
        yield f"{path}: {size} is less than {low}"
    if high is not None and size > high:
        yield f"{path}: {size} is more than {high}"
