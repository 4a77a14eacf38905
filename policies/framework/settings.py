"""The pack's settings: what the one policy `pack-settings` takes from `--policy-pack-config`.

All rules share them, so they stand in one place instead of in every rule's own configuration:
`{"pack-settings": {"catalogue": "../../../roles/catalogue", "environment": "prod", ...}}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from billing_identity.policies.framework.faults import Fault, SettingsError
from billing_identity.roles.environments import PREPRODUCTION, PRODUCTION
from billing_identity.roles.model.base import Slug
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.validation import worded

SETTINGS_POLICY = "pack-settings"
"""Name of the policy that carries the settings and reports what the configuration weakens."""


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )


KeyArn = Annotated[
    str, StringConstraints(pattern=r"^arn:aws[a-z-]*:kms:[a-z0-9*-]+:[0-9*]+:(key|alias)/\S+$")
]


TrustedAccount = Annotated[str, StringConstraints(pattern=r"^(\d{12}|o-[a-z0-9]{10,32})$")]


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


class OtherPrograms(_Strict):
    """Names of what other programs declare and this one names by id, where a catalogue is configured."""

    applications: dict[str, str] = Field(default={})
    """Title in the catalogue by id: Okta's of the application, Entra's of the service principal."""
    groups: dict[str, str] = Field(default={})
    """Name by id of a group."""


class PackSettings(_Strict):
    """Settings of the pack."""

    catalogue: str = "none"
    """Folder of the catalogue, absolute or relative to the folder of PulumiPolicy.yaml, or `none`.
    There is no default catalogue: rules that need one are then not applicable, and say so."""
    environment: Annotated[str, StringConstraints(pattern=r"^([a-z][a-z0-9-]*)?$", max_length=40)] = ""
    """Environment of the stack, in lower-case letters, digits and hyphens. `prod`, and whatever is not listed
    in `preproduction`, is production."""
    preproduction: tuple[Slug, ...] = PREPRODUCTION
    """Environments in which a conditional access policy may still be report-only, and locks of the audit's
    bucket and of backup vaults need not be final; never production's."""
    as_of: Annotated[date, Field(strict=False)] | None = None
    """Day by which a preview judges dates (YYYY-MM-DD), to repeat an earlier one; today by default. Named in
    every run. An update judges by today; an exception lifts only if it holds on both days."""
    break_glass_groups: BreakGlassGroups = BreakGlassGroups()
    """Declared emergency groups; an exclusion of any other group is refused."""
    administrator_groups: AdministratorGroups = AdministratorGroups()
    """Groups of administrators who have policies of their own and may be left out of the workforce's."""
    declared_keys: tuple[KeyArn, ...] = ()
    """ARNs (or `arn:...:key/*` patterns) of customer managed keys that data may be encrypted with, beside
    the keys of the same program; empty: any customer managed key's ARN."""
    trusted_accounts: tuple[TrustedAccount, ...] = ()
    """AWS accounts (12 digits) and organisations (`o-...`) with which resources may be shared, beside the
    accounts in which the program has resources itself."""
    other_programs: OtherPrograms = OtherPrograms()
    """Applications and groups of other programs, so that an assignment to them can be judged here."""
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
    settings, faults = settings_and_faults(wire)
    if faults:
        raise SettingsError(faults)
    return settings


def settings_and_faults(wire: Mapping[str, Any]) -> tuple[PackSettings, list[Fault]]:
    """Settings from the pack's configuration, or the default ones and every fault."""
    try:
        settings = PackSettings.model_validate_json(json.dumps(dict(wire)))
    except ValidationError as error:
        return PackSettings(), sorted(_worded(error), key=lambda fault: fault.text)
    return settings, list(_production(settings))


def _worded(error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        path = (SETTINGS_POLICY, *detail["loc"])
        otherwise = f"it is: {_description(detail['loc'])}"
        message, remedy = worded(".".join(map(str, path)), detail, otherwise)
        yield Fault(path, f"{message}; {remedy}")


def _production(settings: PackSettings) -> Iterator[Fault]:
    for index, name in enumerate(settings.preproduction):
        if name in PRODUCTION:
            text = f"`{SETTINGS_POLICY}.preproduction`: `{name}` is production; remove it"
            yield Fault((SETTINGS_POLICY, "preproduction", index), text)


def _description(loc: tuple[int | str, ...]) -> str:
    """What a setting is, from the model's own documentation: the innermost that has any."""
    node: dict[str, Any] = {"properties": settings_schema()}
    found = ""
    for step in loc:
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
        found = node.get("description", found)
    return " ".join(found.split())


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
