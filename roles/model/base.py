"""What every entity shares: strictness, identifiers, and references that know what they point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, ClassVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, core_schema

from billing_identity.roles.partial import KnownEntries, KnownItems

SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"

Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=40)]
"""Lower-case words joined by hyphens, at most 40 characters (Okta caps a group rule's name at 50)."""

Text = Annotated[str, StringConstraints(min_length=3, max_length=2000, strip_whitespace=True)]
"""A sentence or paragraph for people; never empty."""

Title = Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True)]
"""A short name for people."""

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2 country code."""

JobCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=24)]
"""A job code as the human-resources system sends it, for example `RCM-CODER`."""

Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+(/\S*)?$", max_length=400)]
"""An https address."""


class Strict(BaseModel):
    """A mapping in a catalogue file: unknown fields are errors, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Reference(str):
    """The identifier of another entity. `kind` names what it points at; the loader proves that it exists."""

    kind: ClassVar[str] = ""
    pattern: ClassVar[str] = SLUG

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.str_schema(pattern=cls.pattern, max_length=90),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


class RoleRef(Reference):
    """Id of a role: `roles/<id>.yaml`."""

    kind = "role"


class SystemRef(Reference):
    """Id of a system: `systems/<id>.yaml`."""

    kind = "system"


class ClientRef(Reference):
    """Id of a client: `clients/<id>.yaml`."""

    kind = "client"


class VendorRef(Reference):
    """Id of a vendor: `vendors/<id>.yaml`."""

    kind = "vendor"


class TrainingRef(Reference):
    """Id of a training module: `training/<id>.yaml`."""

    kind = "training"


class IncidentRef(Reference):
    """Id of an incident: `incidents/<id>.yaml`."""

    kind = "incident"


class TierRef(Reference):
    """Name of an assurance tier of the access policy."""

    kind = "tier"


class RingRef(Reference):
    """Name of a rollout ring of the access policy."""

    kind = "ring"


class ZoneRef(Reference):
    """Name of a network zone of the access policy."""

    kind = "zone"


class JobCodeRef(Reference):
    """A job code that the access policy lists as sent by human resources."""

    kind = "job-code"
    pattern = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"


class EntitlementRef(Reference):
    """One permission of a system, written `system/entitlement`."""

    kind = "entitlement"
    pattern = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$"

    @property
    def system(self) -> str:
        """The system's id."""
        return self.split("/", 1)[0]

    @property
    def name(self) -> str:
        """The entitlement's name within its system."""
        return self.split("/", 1)[1]


class Change(Strict):
    """The last change of a role, system or policy that people have to be taught about."""

    on: date
    """Day of the change."""
    summary: Text
    """What changed, in the words of the micro-lesson's invitation."""
    micro_lesson: TrainingRef
    """The micro-lesson that is due because of it."""


class Entity(Strict):
    """The content of one catalogue file. Its id is the file's name."""

    id: Slug
    """Equals the file name without `.yaml`; the loader fills it in and refuses another value."""


Path = tuple[str | int, ...]


def references(value: object, path: Path = ()) -> Iterator[tuple[Path, Reference]]:
    """Every reference inside an entity, with the path of keys and indexes that leads to it.

    Mapping keys that are references are yielded with the path of their entry. Of what is known in part, those
    that are known.
    """
    if isinstance(value, Reference):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, item in value:
            yield from references(item, (*path, name))
    elif isinstance(value, (Mapping, KnownEntries)):
        for key, item in _held(cast("object", value)):
            step = str(key)
            if isinstance(key, Reference):
                yield (*path, step), key
            yield from references(item, (*path, step))
    elif isinstance(value, (tuple, list, KnownItems)):
        for index, item in _held(cast("object", value)):
            yield from references(item, (*path, index))


def _held(value: object) -> Iterable[tuple[Any, Any]]:
    """Keys or indexes with what they lead to, as far as that is known."""
    if isinstance(value, (KnownEntries, KnownItems)):
        return value.known.items()
    if isinstance(value, Mapping):
        return cast("Mapping[Any, Any]", value).items()
    return enumerate(cast("Sequence[Any]", value))
