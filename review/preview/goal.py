"""A registration request's options and dependencies, as the engine reads them."""

from __future__ import annotations

import re
from typing import Any

from billing_identity.review.preview.record import STACK_TYPE, Options, Proto

_NONE = Options()
_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


def options(request: Proto) -> Options:
    """The options said on the request itself, before inheritance, without aliases."""
    said: dict[str, Any] = {}
    if request.HasField("protect"):
        said["protect"] = request.protect
    if request.HasField("retainOnDelete"):
        said["retain_on_delete"] = request.retainOnDelete
    if request.deleteBeforeReplaceDefined or request.deleteBeforeReplace:
        said["delete_before_replace"] = request.deleteBeforeReplace
    if request.ignoreChanges:
        said["ignore_changes"] = tuple(request.ignoreChanges)
    if request.replaceOnChanges:
        said["replace_on_changes"] = tuple(request.replaceOnChanges)
    if request.additionalSecretOutputs:
        said["additional_secret_outputs"] = tuple(request.additionalSecretOutputs)
    if request.importId:
        said["import_id"] = request.importId
    if request.HasField("customTimeouts"):
        timeouts = request.customTimeouts
        said["custom_timeouts"] = {
            key: seconds(text)
            for key in ("create", "update", "delete", "read")
            if (text := getattr(timeouts, key))
        }
    if request.version:
        said["version"] = request.version
    if request.deletedWith:
        said["deleted_with"] = request.deletedWith
    if request.replace_with:
        said["replace_with"] = tuple(request.replace_with)
    return Options(**said) if said else _NONE


def dependencies(
    request: Proto, inputs: dict[str, Any]
) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """(all, by property) as sorted URNs. Without a list by property, each input depends on all."""
    everything = tuple(sorted(request.dependencies))
    listed = request.propertyDependencies
    if not listed:
        return everything, {key: everything for key in inputs if key != "__internal"} if everything else {}
    return everything, {key: tuple(sorted(item.urns)) for key, item in listed.items()}


def aliases(
    request: Proto, project: str, stack: str, parent: str | None, type_: str, name: str
) -> tuple[str, ...]:
    """Former URNs: given in full, or made of the parts that an alias says and the resource's own."""
    found: list[str] = list(request.aliasURNs)
    for alias in request.aliases:
        if alias.urn:
            found.append(alias.urn)
            continue
        spec = alias.spec
        above = None if spec.noParent else spec.parentUrn or parent
        qualified = above.split("::", 3)[2] if above else ""
        within = f"{qualified}$" if qualified and qualified != STACK_TYPE else ""
        found.append(
            f"urn:pulumi:{spec.stack or stack}::{spec.project or project}::"
            f"{within}{spec.type or type_}::{spec.name or name}"
        )
    return tuple(dict.fromkeys(found))


def seconds(text: str) -> float:
    """A Go duration (`90s`, `1h30m`) in seconds. Raises ValueError for anything else."""
    parts = _DURATION.findall(text)
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != text:
        message = f"{text!r} is no duration; write for example '30m' or '1h30m'"
        raise ValueError(message)
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)
