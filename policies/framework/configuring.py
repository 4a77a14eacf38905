"""Makes the pack's configuration of what `--policy-pack-config` says, in one way for engine and file.

Nothing comes from the stack's own configuration: it is in the hands of whoever writes the program, and each
setting (catalogue, environment, declared groups) can release something from a rule. A pack's keys in it
(`<pack's name>:...`) fail the run, so that nobody believes that they hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.protobuf import json_format

from billing_identity.policies.framework.faults import Fault, SettingsError
from billing_identity.policies.framework.messages import level_of
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.settings import SETTINGS_POLICY, settings_and_faults
from billing_identity.roles.loader import load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.yaml_tree import Tree

ALL = "all"
"""Stands for every rule; takes a level and nothing else."""


def config_of_engine(policy_config: Mapping[str, Any], folder: Path) -> PackConfig:
    """The configuration that a Configure call carries. Relative catalogue paths start in `folder`."""
    levels: dict[str, Level] = {}
    parameters: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    for name, given in policy_config.items():
        try:
            levels[name] = level_of(given.enforcementLevel)
        except ValueError as error:
            faults.append(Fault((name,), f"`{name}`: {error}"))
        parameters[name] = json_format.MessageToDict(given.properties)
    return assemble(levels, parameters, folder, faults)


def assemble(
    levels: Mapping[str, Level],
    parameters: Mapping[str, Mapping[str, Any]],
    folder: Path,
    faults: list[Fault],
    tree: Tree | None = None,
) -> PackConfig:
    """The configuration, its catalogue loaded. What is wrong joins `faults`, for the run to refuse."""
    all_level = levels.get(ALL)
    for name in parameters.get(ALL, {}):
        faults.append(Fault((ALL, name), f"`{ALL}` takes a level alone: remove `{name}`"))
    if levels.get(SETTINGS_POLICY, Level.MANDATORY) is not Level.MANDATORY and all_level is None:
        faults.append(Fault((SETTINGS_POLICY,), f"`{SETTINGS_POLICY}` can't be lowered: leave its level out"))
    wire = parameters.get(SETTINGS_POLICY, {})
    settings, wrong = settings_and_faults(wire)
    faults += wrong
    wanted = wire.get("catalogue", "none")
    catalogue = _catalogue(wanted, folder, faults) if isinstance(wanted, str) else None
    own = (ALL, SETTINGS_POLICY)
    return PackConfig(
        settings=settings,
        catalogue=catalogue,
        levels={name: level for name, level in levels.items() if name not in own},
        all_level=all_level,
        parameters={name: given for name, given in parameters.items() if given and name not in own},
        faults=tuple(faults),
        tree=tree,
    )


def refuse_stack_settings(pack: str, stack_config: Mapping[str, str]) -> None:
    """Raises `SettingsError` when a stack's configuration tries to set the pack."""
    found = sorted(key for key in stack_config if key.partition(":")[0] == pack)
    if found:
        raise SettingsError(
            Fault((key,), f"the stack's configuration: remove `{key}`; it belongs in --policy-pack-config")
            for key in found
        )


def _catalogue(setting: str, folder: Path, faults: list[Fault]) -> Catalogue | None:
    if setting == "none":
        return None
    loaded = load(folder / setting)
    place = (SETTINGS_POLICY, "catalogue")
    if loaded.catalogue is None:
        faults.append(Fault(place, f"catalogue `{setting}` can't be used:"))
        for problem in loaded.problems[:MOST_TOLD]:
            faults.append(Fault(place, f"{problem.location}: {problem.message}; {problem.remedy}"))
        if len(loaded.problems) > MOST_TOLD:
            faults.append(Fault(place, f"and {len(loaded.problems) - MOST_TOLD} faults more"))
    return loaded.catalogue


MOST_TOLD = 20
"""Faults of a catalogue that are told here; `billing-identity check` tells all."""
