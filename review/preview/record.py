"""What a preview is made of: plain data, no pulumi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What Pulumi's wire protocol and its deployment files write for a value that is not known yet."""

Value: TypeAlias = Any
"""A JSON-like value; any part of it may be `UNKNOWN` or a `Secret`."""

Proto: TypeAlias = Any
"""A message of Pulumi's protocol; the generated classes carry no types."""

STACK_TYPE = "pulumi:pulumi:Stack"
PROVIDER_PREFIX = "pulumi:providers:"


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that the program or a provider marked as secret. `value` never appears in `repr` or `str`."""

    value: Value = field(repr=False)

    def __str__(self) -> str:
        return "[secret]"


@dataclass(frozen=True, slots=True)
class Options:
    """The resource options that a rule or a plan may want to read. `None` means: not said.

    `protect` and `retain_on_delete` are after inheritance from the parent, as the engine does it.
    `aliases` are full URNs. `custom_timeouts` are seconds by `create`, `update`, `delete`, `read`.
    `external` marks what the program only reads (a stack reference, `Resource.get`).
    """

    protect: bool | None = None
    retain_on_delete: bool | None = None
    delete_before_replace: bool | None = None
    ignore_changes: tuple[str, ...] = ()
    replace_on_changes: tuple[str, ...] = ()
    additional_secret_outputs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    import_id: str | None = None
    custom_timeouts: Mapping[str, float] = field(default_factory=dict[str, float])
    version: str | None = None
    deleted_with: str | None = None
    replace_with: tuple[str, ...] = ()
    external: bool = False


@dataclass(frozen=True, slots=True)
class Registration:
    """One resource as the program registered it.

    `inputs` and `outputs` have the wire's camelCase names and JSON-like values, where a leaf may be
    `UNKNOWN` and any value may be wrapped in `Secret`. `outputs` is the inputs and what the service would
    compute. `id` is None for a component, and for a custom resource in unknown mode. `provider` is
    `URN::id`, None for components and providers. `source` is `file:line` of the call, relative to the root.
    """

    urn: str
    type: str
    name: str
    custom: bool
    id: str | None
    inputs: dict[str, Any]
    outputs: dict[str, Any]
    parent: str | None
    provider: str | None
    dependencies: tuple[str, ...]
    property_dependencies: dict[str, tuple[str, ...]]
    options: Options
    source: str | None = None

    @property
    def package(self) -> str:
        """`okta`, `azuread`, `aws`, ...; for a provider resource `pulumi`."""
        return self.type.partition(":")[0]


@dataclass(frozen=True, slots=True)
class PreviewError:
    """One fault of the program. `kind` is one of `duplicate-urn`, `invalid-input`, `undeclared-read`,
    `default-provider`, `program`, `unsupported`. `where` is `file:line` of the program, where known."""

    kind: str
    message: str
    where: str | None = None
    urn: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(frozen=True, slots=True)
class Message:
    """What the program said through `pulumi.log`. `level` is `info` or `warning`; errors are
    PreviewErrors.
    """

    level: str
    text: str
    urn: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The result of one run, or of several merged. With `errors` it is not to be relied upon."""

    project: str
    stack: str
    registrations: tuple[Registration, ...]
    stack_outputs: dict[str, Any]
    errors: tuple[PreviewError, ...] = ()
    unknown: bool = False
    messages: tuple[Message, ...] = ()

    def by_urn(self) -> dict[str, Registration]:
        """Every registration by its URN."""
        return {item.urn: item for item in self.registrations}

    def resources(self) -> Iterator[Registration]:
        """Custom resources other than providers: what a service would hold."""
        return (
            item
            for item in self.registrations
            if item.custom and not item.type.startswith(PROVIDER_PREFIX) and not item.options.external
        )


def reveal(value: Value) -> Value:
    """`value` with every `Secret` unwrapped, at any depth. For rules in process only; never print it."""
    if isinstance(value, Secret):
        return reveal(value.value)
    if isinstance(value, dict):
        return {key: reveal(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [reveal(item) for item in cast("list[Any]", value)]
    return value


def redact(value: Value) -> Value:
    """`value` with every `Secret` replaced by the text `[secret]`, at any depth."""
    if isinstance(value, Secret):
        return "[secret]"
    if isinstance(value, dict):
        return {key: redact(item) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [redact(item) for item in cast("list[Any]", value)]
    return value


def has_unknown(value: Value) -> bool:
    """Whether `value` is or holds `UNKNOWN`, at any depth, also within a `Secret`."""
    if isinstance(value, str):
        return value == UNKNOWN
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, dict):
        return any(has_unknown(item) for item in cast("dict[str, Any]", value).values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in cast("list[Any]", value))
    return False
