"""The pack's settings: what the one policy `pack-settings` takes from `--policy-pack-config`.

All rules share them, so they stand in one place instead of in every rule's own configuration:
`{"pack-settings": {"catalogue": "../../../roles/catalogue", "environment": "prod", ...}}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from billing_identity.roles.model.exception import ExceptionRecord

SETTINGS_POLICY = "pack-settings"
"""Name of the policy that carries the settings and reports what the configuration weakens."""


class SettingsError(Exception):
    """The pack's configuration can't be used. `problems`: one line a fault; the run must fail."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


class BreakGlassGroups(_Strict):
    """Groups of emergency accounts, which predate the program."""

    okta: tuple[str, ...] = ()
    """Okta group ids (`00g...`)."""
    entra: tuple[str, ...] = ()
    """Object ids (UUIDs) of Entra groups."""


class AdministratorGroups(_Strict):
    """Groups of administrators, which predate the program."""

    okta: tuple[str, ...] = ()
    """Okta group ids (`00g...`)."""
    entra: tuple[str, ...] = ()
    """Object ids (UUIDs) of Entra groups."""


class PackSettings(_Strict):
    """Settings of the pack."""

    catalogue: str = "none"
    """Folder of the catalogue, absolute or relative to the folder of PulumiPolicy.yaml, or `none`.
    There is no default catalogue: rules that need one are then not applicable, and say so."""
    environment: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*)?$", max_length=40)] = ""
    """Environment of the stack. `prod`, and whatever is not listed in `preproduction`, is production."""
    preproduction: tuple[str, ...] = ("dev", "test", "sandbox", "staging")
    """Environments in which a conditional access policy may still be report-only."""
    as_of: Annotated[date, Field(strict=False)] | None = None
    """Day by which dates are judged (YYYY-MM-DD); today by default."""
    break_glass_groups: BreakGlassGroups = BreakGlassGroups()
    """Declared emergency groups; an exclusion of any other group is refused."""
    administrator_groups: AdministratorGroups = AdministratorGroups()
    """Groups of administrators who have policies of their own and may be left out of the workforce's."""
    declared_keys: tuple[str, ...] = ()
    """ARNs (or `arn:...:key/*` patterns) of customer managed keys that data may be encrypted with, beside
    the keys of the same program; empty: any customer managed key's ARN."""
    exceptions: tuple[ExceptionRecord, ...] = ()
    """Exceptions for programs without a catalogue, in the same form (with `id`)."""

    @property
    def day(self) -> date:
        """The day by which dates are judged."""
        return self.as_of or date.today()

    @property
    def production(self) -> bool:
        """Whether production's strictness holds; an environment that is not named is production."""
        return self.environment not in self.preproduction


def read_settings(wire: Mapping[str, Any]) -> PackSettings:
    """Settings from the pack's configuration; raises `SettingsError` with every fault at once."""
    import json

    try:
        return PackSettings.model_validate_json(json.dumps(dict(wire)))
    except ValidationError as error:
        problems = [
            f"{SETTINGS_POLICY}.{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise SettingsError(sorted(problems)) from None


def settings_schema() -> dict[str, dict[str, Any]]:
    """JSON schema of each setting, for the policy's config schema."""
    schema = PackSettings.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.get("$defs", {})
    return {name: _inline(part, definitions) for name, part in schema["properties"].items()}


def _inline(node: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a JSON schema
    if isinstance(node, dict):
        reference: object = node.get("$ref")  # pyright: ignore[reportUnknownMemberType,reportUnknownVariableType]
        if isinstance(reference, str):
            return _inline(definitions[reference.rsplit("/", 1)[1]], definitions)
        return {
            str(key): _inline(value, definitions)  # pyright: ignore[reportUnknownArgumentType]
            for key, value in node.items()  # pyright: ignore[reportUnknownVariableType]
            if key != "default"
        }
    if isinstance(node, list):
        return [_inline(item, definitions) for item in node]  # pyright: ignore[reportUnknownVariableType]
    return node
