"""Resource types by token: arguments, outputs, defaults, what replaces, what is secret."""

import json
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from billing_identity.sandbox.schema.extract import extract, registry
from billing_identity.sandbox.schema.overrides import AUTONAME, DEFAULTS, OPTIONAL, PLUGIN_FRAMEWORK, SECRETS

DATA: Final = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A nested object: {argument: type} (types as in `extract`) and what it can't do without."""

    inputs: dict[str, str]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One resource type.

    `marks` tells whether Check leaves `__defaults` lists: providers built on the Terraform plugin framework
    do not fill defaults in at that point. `autoname` is the argument that gets a generated name when
    absent, or "".
    """

    token: str
    inputs: dict[str, str]
    required: frozenset[str]
    outputs: dict[str, str]
    secrets: frozenset[str]
    defaults: dict[str, Any]
    replaces: frozenset[str]
    autoname: str
    marks: bool
    objects: dict[str, ObjectType]


_lock = threading.Lock()


@cache
def versions() -> dict[str, str]:
    """{package: provider version} that the data files were made from."""
    return _read("schema/versions.json")


@cache
def replacements() -> dict[str, list[str]]:
    """{token: arguments whose change replaces the object}, beyond what the SDK's docstrings say.

    The entry `aws:*` holds for every AWS type that has no entry of its own: the identifying arguments,
    which the API of nearly every AWS service can't change.
    """
    return _read("replacements.json")


def resource_type(token: str) -> ResourceType | None:
    """What is known of a resource type; None when the package has no such type."""
    with _lock:
        return _resource_type(token)


@cache
def _resource_type(token: str) -> ResourceType | None:
    package = token.partition(":")[0]
    table = _table(package, token)
    if table is None or token not in table["resources"]:
        return None
    raw = table["resources"][token]
    inputs: dict[str, str] = raw["in"]
    objects = {name: ObjectType(t["in"], frozenset(t.get("req", ()))) for name, t in table["types"].items()}
    marks = token not in PLUGIN_FRAMEWORK
    defaults = DEFAULTS.get(token, raw.get("def", {}) if package != "azuread" else {})
    general = ["aws:*"] if package == "aws" and token not in replacements() else []
    forced = set(raw.get("new", ())).union(
        *(replacements()[name] for name in (token, *general) if name in replacements())
    )
    return ResourceType(
        token=token,
        inputs=inputs,
        required=frozenset(raw.get("req", ())) - OPTIONAL.get(token, frozenset()),
        outputs=raw["out"],
        secrets=frozenset(raw.get("sec", ())) | SECRETS.get(token, frozenset()),
        defaults={k: v for k, v in defaults.items() if k in inputs} if marks else {},
        replaces=frozenset(forced & inputs.keys()),
        autoname=_autoname(token, inputs, raw),
        marks=marks,
        objects=objects,
    )


def _autoname(token: str, inputs: dict[str, str], raw: dict[str, Any]) -> str:
    if token in AUTONAME:
        return AUTONAME[token]
    optional = "name" in inputs and inputs["name"] == "s" and "name" not in raw.get("req", ())
    return "name" if optional else ""


@cache
def _registry(package: str) -> dict[str, tuple[str, str]]:
    return registry(package)


@cache
def _table(package: str, token: str) -> dict[str, Any] | None:
    return _by_file(package, token.split(":")[1].split("/")[0]) if package == "aws" else _by_file(package, "")


@cache
def _by_file(package: str, module: str) -> dict[str, Any] | None:
    if package in ("okta", "azuread"):
        return _read(f"schema/{package}.json")
    if package != "aws":
        return None
    folder = {"lambda": "lambda_", "index": ""}.get(module, module)
    if (DATA / "schema" / f"aws-{folder}.json").exists():
        return _read(f"schema/aws-{folder}.json")
    if any(place == folder for place, _ in _registry("aws").values()):
        return extract("aws", folder)
    return None


def _read(name: str) -> Any:  # noqa: ANN401
    return json.loads((DATA / name).read_text(encoding="utf-8"))
