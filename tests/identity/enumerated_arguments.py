"""Which arguments of the rendered resources are enumerated, and what the installed providers say of them."""

from __future__ import annotations

import inspect
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pulumi_azuread as azuread
import pulumi_okta as okta

from billing_identity.review.preview.record import Registration, reveal

SDKS: dict[str, Any] = {"okta": okta, "azuread": azuread}
SAYS_SO = re.compile(
    r"(possible|valid|supported|allowed|accepted) (values|types)|can be (set to )?`|one of|values?: `"
    r"|either `|or `\"",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[A-Z][A-Z0-9]+(_[A-Z0-9]+)*")
"""How Okta writes a value of a list."""


def short(token: str) -> str:
    """`okta:policy/mfa:Mfa` as `okta:policy/Mfa`."""
    package, module, name = token.split(":")
    folder = module.rsplit("/", 1)[0]
    return f"{package}:{name}" if folder == "index" else f"{package}:{folder}/{name}"


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a resource's arguments with its path; JSON in a text is read as well."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, f"{path}[]")
    elif isinstance(value, str):
        if value.startswith("{") and value.endswith("}"):
            yield from leaves(json.loads(value), f"{path}{{}}")
        else:
            yield path, value


def rendered(resources: Iterable[Registration]) -> dict[tuple[str, str], set[str]]:
    """Values of every textual argument, by kind of resource and path."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in resources:
        if item.package in SDKS:
            for path, text in leaves(reveal(item.inputs)):
                found[short(item.type), path].add(text)
    return found


@cache
def described(kind: str, leaf: str) -> str:
    """What the installed provider's docstrings say of an argument, wherever it stands in the resource."""
    package, name = kind.split(":")
    folder, _, resource = name.rpartition("/")
    sdk = SDKS[package]
    module = getattr(sdk, folder) if folder else sdk
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", leaf).lower()
    prefix = "".join(part.capitalize() for part in folder.split("/")) + resource if folder else resource
    classes = [getattr(module, f"{resource}Args", None), getattr(module, resource, None)]
    classes += [
        value
        for owner in (module, sdk)
        for key, value in vars(owner).items()
        if inspect.isclass(value) and key.endswith("Args") and key.startswith((resource, prefix))
    ]
    said = [
        match.group(1)
        for part in classes
        if part is not None
        for match in re.finditer(
            rf":param [^\n]*\b{snake}: (.*?)(?=\n\s*:param|\n\s*\"\"\"|\Z)",
            str(part.__init__.__doc__),
            re.DOTALL,
        )
    ]
    return " ".join(said)
