"""Reads Pulumi.yaml and a stack's configuration file into what the engine would hand to the program."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from billing_identity.review.preview.record import Value

SEALED = "[secret: sealed in the stack's configuration file]"
"""Stands for a `secure:` value, which only the stack's own secrets provider can open."""


class InputError(Exception):
    """A project or configuration file that cannot be used. `faults` has one located line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Project:
    """What Pulumi.yaml says: name, the folder to run in, the program within it, where stack files are, its
    config.
    """

    name: str
    directory: Path
    program: str
    config_directory: Path
    config: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StackConfig:
    """A stack's configuration: `values` is {"namespace:key": text, nested values as JSON}, `secrets` its
    secret keys.

    `sealed` are the keys whose value, or part of it, is the placeholder `SEALED`. `files` are those read.
    """

    project: str
    values: Mapping[str, str]
    secrets: frozenset[str]
    sealed: frozenset[str]
    files: tuple[Path, ...]


def read_project(root: Path) -> Project:
    """Reads `root`/Pulumi.yaml. Raises `InputError`."""
    path = root / "Pulumi.yaml"
    document = _mapping(path, required=True)
    faults: list[str] = []
    name = document.get("name")
    if not isinstance(name, str) or not name:
        faults.append(f"{path}: no `name`; write the project's name, for example `name: billing-identity`")
    main = document.get("main", "")
    target = (root / main).resolve() if isinstance(main, str) else root
    if not isinstance(main, str) or not target.exists():
        faults.append(f"{path}: `main: {main}` is no file or folder below {root}; name the program")
    folder = document.get("stackConfigDir", "")
    if not isinstance(folder, str):
        faults.append(f"{path}: `stackConfigDir` must be the path of a folder, as text")
        folder = ""
    config = document.get("config", {})
    if not isinstance(config, dict):
        faults.append(f"{path}: `config` must be a mapping of keys; for a folder write `stackConfigDir`")
        config = {}
    if faults:
        raise InputError(faults)
    inside = target.is_dir()
    return Project(
        name=cast("str", name),
        directory=target if inside else target.parent,
        program="." if inside else target.name,
        config_directory=root / folder,
        config=cast("dict[str, Any]", config),
    )


def configured_stacks(root: Path) -> list[str]:
    """Names of the stacks that have a configuration file, sorted. Raises `InputError` without a project."""
    folder = read_project(root.resolve()).config_directory
    return sorted(path.stem.removeprefix("Pulumi.") for path in folder.glob("Pulumi.*.yaml"))


def load_stack_config(root: Path, stack: str) -> StackConfig:
    """The configuration of `stack` (its short name) in the project at `root`.

    A key without namespace belongs to the project. Defaults of Pulumi.yaml fill what the stack does not
    say. A stack without a file has only these. Raises `InputError` for a file that is no YAML mapping, a
    malformed key, a value of no kind that configuration has, or `environment:` imports (their values live
    in a service).
    """
    root = root.resolve()
    project = read_project(root)
    path = project.config_directory / f"Pulumi.{stack}.yaml"
    document = _mapping(path, required=False)
    faults: list[str] = []
    if document.get("environment"):
        faults.append(
            f"{path}: `environment` imports cannot be resolved offline; write the values into `config`"
        )
    given: Any = document.get("config") or {}
    if not isinstance(given, dict):
        faults.append(f"{path}: `config` must be a mapping of `namespace:key` to values")
        given = {}
    values: dict[str, str] = {}
    secrets: set[str] = set()
    sealed: set[str] = set()
    for raw, value in cast("dict[Any, Any]", given).items():
        key = _key(raw, project.name, path, faults)
        if key is None:
            continue
        opened, closed = _open(value)
        if closed:
            secrets.add(key)
            sealed.add(key)
        text = _text(opened)
        if text is None:
            faults.append(
                f"{path}: {key}: {type(value).__name__} is no configuration value; put it in quotes"
            )
            continue
        values[key] = text
    for raw, said in project.config.items():
        key = _key(raw, project.name, root / "Pulumi.yaml", faults)
        if key is None or key in values:
            continue
        if isinstance(said, dict):
            described = cast("dict[str, Any]", said)
            default = described.get("default", described.get("value"))
        else:
            default = said
        if default is None:
            if key.startswith(f"{project.name}:"):
                faults.append(
                    f"{path}: no value for {key!r}, which Pulumi.yaml requires; add it under `config`"
                )
            continue
        text = _text(default)
        if text is not None:
            values[key] = text
    if faults:
        raise InputError(sorted(faults))
    files = tuple(file for file in (root / "Pulumi.yaml", path) if file.is_file())
    return StackConfig(project.name, values, frozenset(secrets), frozenset(sealed), files)


def _mapping(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if required:
            raise InputError([f"{path}: no such file; run from the folder that holds Pulumi.yaml"]) from None
        return {}
    except UnicodeDecodeError as fault:
        raise InputError([f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8"]) from None
    except OSError as fault:
        raise InputError([f"{path}: cannot be read: {fault.strerror}"]) from None
    try:
        document: Value = yaml.load(text, Loader=_Plain)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark is not None else ""
        raise InputError([f"{path}{place}: not YAML: {fault.problem or fault.context}"]) from None
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        raise InputError([f"{path}: not YAML: {type(fault).__name__}"]) from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise InputError([f"{path}:1:1: must be a mapping, not {type(document).__name__}"])
    return cast("dict[str, Any]", document)


class _Plain(yaml.SafeLoader):
    """YAML as the engine reads it: a date stays the text that it is, a key is said once."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _construct_mapping(loader: _Plain, node: yaml.MappingNode) -> dict[Any, Any]:
    construct: Any = cast("Any", loader).construct_object
    loader.flatten_mapping(node)
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key: Any = construct(key_node, deep=True)
        if not isinstance(key, (str, int, float, bool)):
            raise yaml.constructor.ConstructorError(None, None, "a key must be text", key_node.start_mark)
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f"key {key!r} is said twice; keep one", key_node.start_mark
            )
        found[key] = construct(value_node, deep=True)
    return found


_Plain.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def _key(raw: Value, project: str, path: Path, faults: list[str]) -> str | None:
    """`namespace:key`; also the old form `namespace:config:key`."""
    parts = str(raw).split(":") if isinstance(raw, str) else []
    if len(parts) == 1 and parts[0]:
        return f"{project}:{parts[0]}"
    if len(parts) == 3 and parts[1] == "config":
        parts = [parts[0], parts[2]]
    if len(parts) != 2 or not all(parts):
        faults.append(f"{path}: {raw!r} is no configuration key; write `namespace:key`")
        return None
    return ":".join(parts)


def _open(value: Value) -> tuple[Any, bool]:
    """(`value` with every `{secure: ...}` replaced by the placeholder, whether there was one)."""
    if isinstance(value, dict):
        mapping = cast("dict[str, Any]", value)
        if set(mapping) == {"secure"} and isinstance(mapping["secure"], str):
            return SEALED, True
        opened = {str(key): _open(item) for key, item in mapping.items()}
        return {key: item for key, (item, _) in opened.items()}, any(closed for _, closed in opened.values())
    if isinstance(value, list):
        items = [_open(item) for item in cast("list[Any]", value)]
        return [item for item, _ in items], any(closed for _, closed in items)
    return value, False


def _text(value: Value) -> str | None:
    """A configuration value as the engine's text: nested values as compact JSON with sorted keys."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return repr(int(value)) if value.is_integer() else repr(value)
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return None
