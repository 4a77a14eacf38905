"""Where a pack's configuration comes from: `--policy-pack-config`, else the stack's own configuration.

A stack may declare the pack's settings in its reviewed configuration, so that nobody has to remember a
flag: the object under `<pack's name>:settings`, in the form of `pack-settings`. The engine sends it with
the ConfigureStack call. Settings of `--policy-pack-config` win over it as a whole. Levels, rules'
parameters, exceptions and the day to judge by can't be given there: whoever writes a program would
otherwise release it from the rules.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.protobuf import json_format

from billing_identity.policies.framework.messages import level_of
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.settings import (
    SETTINGS_POLICY,
    PackSettings,
    SettingsError,
    read_settings,
)
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue

NOT_FROM_STACK = ("exceptions", "asOf")
"""Settings that only `--policy-pack-config` may give."""


class ConfigurationSource:
    """Remembers what the engine said, in whichever order, and makes the pack's configuration of it."""

    def __init__(self, pack: str, folder: Path) -> None:
        """`pack`: the namespace in a stack's configuration; `folder`: where relative paths start."""
        self.key = f"{pack}:settings"
        self._namespace = f"{pack}:"
        self._folder = folder
        self._given: Mapping[str, Any] = {}
        self._stack: Mapping[str, Any] = {}
        self._catalogues: dict[str, Catalogue | None] = {}

    def take_pack(self, policy_config: Mapping[str, Any]) -> PackConfig:
        """Takes what a Configure call says. Raises `SettingsError` for what can't be used."""
        self._given = dict(policy_config)
        return self.config()

    def take_stack(self, stack_config: Mapping[str, str]) -> PackConfig:
        """Takes what a ConfigureStack call says. Raises `SettingsError` for what can't be used."""
        own = {key: text for key, text in stack_config.items() if key.startswith(self._namespace)}
        problems = [
            f"the stack's configuration: `{key}` is not known, only `{self.key}` is"
            for key in sorted(set(own) - {self.key})
        ]
        if problems:
            raise SettingsError(problems)
        self._stack = _object(own[self.key], self.key) if self.key in own else {}
        return self.config()

    def config(self) -> PackConfig:
        """The configuration that holds now."""
        levels: dict[str, Level] = {}
        parameters: dict[str, dict[str, Any]] = {}
        problems: list[str] = []
        for name, given in self._given.items():
            try:
                levels[name] = level_of(given.enforcementLevel)
            except ValueError as error:
                problems.append(f"`{name}`: {error}")
            found = json_format.MessageToDict(given.properties)
            if found:
                parameters[name] = found
        if problems:
            raise SettingsError(problems)
        all_level = levels.pop("all", None)
        parameters.pop("all", None)
        if levels.pop(SETTINGS_POLICY, Level.MANDATORY) is not Level.MANDATORY and all_level is None:
            raise SettingsError([f"`{SETTINGS_POLICY}` can't be lowered: leave its level out"])
        settings, remark = self._settings(parameters.pop(SETTINGS_POLICY, {}))
        return PackConfig(
            settings=settings,
            catalogue=self._catalogue(settings.catalogue),
            levels=levels,
            all_level=all_level,
            parameters=parameters,
            remarks=(remark,) if remark else (),
        )

    def _settings(self, given: Mapping[str, Any]) -> tuple[PackSettings, str]:
        if given:
            unused = (
                f"`{self.key}` of the stack's configuration is not used: --policy-pack-config has settings"
            )
            return read_settings(given), unused if self._stack else ""
        if not self._stack:
            return read_settings({}), ""
        try:
            settings = read_settings(self._stack)
        except SettingsError as error:
            raise SettingsError(
                [f"the stack's configuration, `{self.key}`: {p}" for p in error.problems]
            ) from None
        return settings, f"settings from the stack's configuration (`{self.key}`)"

    def _catalogue(self, setting: str) -> Catalogue | None:
        if setting == "none":
            return None
        if setting not in self._catalogues:
            self._catalogues[setting] = load_catalogue(setting, self._folder)
        return self._catalogues[setting]


def _object(text: str, key: str) -> Mapping[str, Any]:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise SettingsError([f"the stack's configuration: `{key}` must be an object of settings"])
    refused = [name for name in NOT_FROM_STACK if name in found]
    if refused:
        raise SettingsError(
            [f"the stack's configuration: `{key}.{name}` belongs in --policy-pack-config" for name in refused]
        )
    return {str(name): value for name, value in found.items()}  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]


def load_catalogue(setting: str, folder: Path) -> Catalogue:
    """The catalogue that a setting names, below `folder` unless absolute. Raises `SettingsError`."""
    loaded = load(folder / setting)
    if loaded.catalogue is None:
        faults = [f"{problem.location}: {problem.message}; {problem.remedy}" for problem in loaded.problems]
        raise SettingsError([f"catalogue `{setting}` can't be used", *faults[:20]])
    return loaded.catalogue
