"""Reads a file of `--policy-pack-config`, for judging without the engine.

The engine's form: `{"all": "advisory", "some-rule": "disabled", "other-rule": {"enforcementLevel":
"mandatory", "maximumDays": 90}, "pack-settings": {...}}`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from billing_identity.policies.framework.configuring import assemble
from billing_identity.policies.framework.faults import Fault, SettingsError
from billing_identity.policies.framework.json_file import JsonError, read_json
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.roles.yaml_tree import Tree, read_text

PACK_FOLDER = Path(__file__).resolve().parents[1] / "packs" / "hipaa"
"""Where a relative `catalogue` starts, as for the engine."""

LIMIT = 2**20
"""Bytes of the largest configuration that is read."""

_LEVELS = ", ".join(Level)


def read_config_file(path: Path) -> PackConfig:
    """The configuration in the file, its catalogue loaded; its `faults` are for the run to refuse.

    Raises `SettingsError` for a file that is no JSON object.
    """
    try:
        text, document = read_json(path, LIMIT, "correct it")
    except JsonError as error:
        raise SettingsError([Fault((), str(error))]) from None
    if not isinstance(document, dict):
        raise SettingsError([Fault((), f"{path}:1:1: must be an object of rules and settings")])
    # JSON is YAML as soon as no tabs indent it; that reader knows where each value stands.
    tree = read_text(text.replace("\t", " "), Tree(str(path)))
    faults = [
        Fault((), f"{problem.message}; {problem.remedy}", problem.location)
        for problem in tree.problems
        if problem.code == "yaml-duplicate-key"
    ]
    levels: dict[str, Level] = {}
    parameters: dict[str, dict[str, Any]] = {}
    for name, given in cast("dict[str, object]", document).items():
        values = {**cast("dict[str, Any]", given)} if isinstance(given, dict) else {}
        level = values.pop("enforcementLevel", None) if isinstance(given, dict) else given
        parameters[name] = values
        if isinstance(level, str) and level in set(Level):
            levels[name] = Level(level)
        elif not isinstance(given, dict) or level is not None:
            what = "level must be" if isinstance(level, str) else "must be an object, or a level:"
            faults.append(Fault((name,), f"`{name}`: {what} {_LEVELS}"))
    return assemble(levels, parameters, PACK_FOLDER, faults, tree)
