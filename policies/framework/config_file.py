"""Reads a file of `--policy-pack-config`, for judging without the engine.

The engine's form: `{"all": "advisory", "some-rule": "disabled", "other-rule": {"enforcementLevel":
"mandatory", "maximumDays": 90}, "pack-settings": {...}}`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from billing_identity.policies.framework.configuring import load_catalogue
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.settings import SETTINGS_POLICY, SettingsError, read_settings

PACK_FOLDER = Path(__file__).resolve().parents[1] / "packs" / "hipaa"
"""Where a relative `catalogue` starts, as for the engine."""


def read_config_file(path: Path, folder: Path = PACK_FOLDER) -> PackConfig:
    """The configuration in the file, its catalogue loaded. Raises `SettingsError` with every fault."""
    try:
        document: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError([f"{path}: cannot be read: {error.strerror}"]) from None
    except (ValueError, RecursionError):
        raise SettingsError([f"{path}: is no JSON"]) from None
    if not isinstance(document, dict):
        raise SettingsError([f"{path}: must be an object of rules and settings"])
    levels: dict[str, Level] = {}
    parameters: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for name, given in cast("dict[str, object]", document).items():
        values: dict[str, Any] = {"enforcementLevel": given}
        if isinstance(given, dict):
            values = {**cast("dict[str, Any]", given)}
        level = values.pop("enforcementLevel", None)
        if level is not None:
            try:
                levels[name] = Level(level)
            except ValueError:
                problems.append(f"{path}: `{name}`: level must be remediate, mandatory, advisory or disabled")
        if values:
            parameters[name] = values
    if levels.pop(SETTINGS_POLICY, Level.MANDATORY) is not Level.MANDATORY:
        problems.append(f"{path}: `{SETTINGS_POLICY}` can't be lowered: leave its level out")
    if problems:
        raise SettingsError(problems)
    all_level = levels.pop("all", None)
    parameters.pop("all", None)
    settings = read_settings(parameters.pop(SETTINGS_POLICY, {}))
    catalogue = None if settings.catalogue == "none" else load_catalogue(settings.catalogue, folder)
    return PackConfig(
        settings=settings, catalogue=catalogue, levels=levels, all_level=all_level, parameters=parameters
    )
