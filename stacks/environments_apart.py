"""Two environments of a project have nothing live in common.

Names of groups, applications, control policies and permission sets carry no environment: two environments in
one organisation, tenant or account would each take the other's for their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from billing_identity.roles.yaml_tree import Steps, Tree, read_tree
from billing_identity.stacks.aws_faults import Fault

SINGLE: tuple[tuple[Steps, str], ...] = (
    (("okta", "org_name"), "Okta organisation"),
    (("entra", "tenant_id"), "Entra tenant"),
    (("aws", "management_account"), "account"),
    (("aws", "backup", "account"), "account"),
)
"""Places of a settings file with one name of something live, and what that is."""
ACCOUNTS: Steps = ("aws", "accounts")


def shared_targets(folder: Path, tree: Tree) -> Iterator[Fault]:
    """What the settings in `tree` name and another file `settings.*.yaml` in `folder` names too."""
    own = dict(_targets(tree))
    for path in sorted(folder.glob("settings.*.yaml")):
        if path.name == Path(tree.file).name:
            continue
        other = path.name.removeprefix("settings.").removesuffix(".yaml")
        theirs = {named for _, named in _targets(read_tree(path, path.name))}
        for place, (what, value) in own.items():
            if (what, value) in theirs:
                yield (
                    place,
                    f"{what} `{value}` is that of the environment `{other}` too",
                    "give every environment organisations, tenants and accounts of its own",
                )


def _targets(tree: Tree) -> Iterator[tuple[Steps, tuple[str, str]]]:
    for place, what in SINGLE:
        value = _at(tree.data, place)
        if isinstance(value, str):
            yield place, (what, value)
    accounts = _at(tree.data, ACCOUNTS)
    if isinstance(accounts, dict):
        for purpose, value in cast("dict[str, object]", accounts).items():
            if isinstance(value, str):
                yield (*ACCOUNTS, purpose), ("account", value)


def _at(value: Any, place: Steps) -> object:  # noqa: ANN401 - YAML
    for step in place:
        value = value.get(step) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]
    return cast("object", value)
