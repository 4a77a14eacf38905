"""Makes a `Problem` about an entity: place, subject and citations filled in the same way by every check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem, Severity
from billing_identity.roles.yaml_tree import Steps

Fault = tuple[Steps, str, str]
"""Where in an entity's file, what is wrong, and what to write instead."""


def kind_of(entity: Entity) -> str:
    """The entity's kind, for example `role`."""
    kind: str = getattr(entity, "kind")  # noqa: B009
    return kind


def subject_of(entity: Entity) -> str:
    """The catalogue id with its kind, as exceptions name it: `role:payment-poster`."""
    return f"{kind_of(entity)}:{entity.id}"


def named(entity: Entity) -> str:
    """How a message calls an entity: "role `payment-poster`"."""
    return f"{kind_of(entity).replace('-', ' ')} `{entity.id}`"


def finding(
    catalogue: Catalogue,
    entity: Entity,
    path: Steps,
    *,
    code: str,
    message: str,
    remedy: str,
    severity: Severity = "policy",
    subject: str | None = None,
    citations: Iterable[str] = (),
    liftable: bool = True,
) -> Problem:
    """A problem at `path` of an entity's file.

    `path` are keys and indexes from the file's top; `subject` is the entity itself unless given.
    """
    return Problem.at(
        catalogue.locate(entity, path),
        code=code,
        message=message,
        remedy=remedy,
        severity=severity,
        subject=subject_of(entity) if subject is None else subject,
        citations=citations,
        liftable=liftable,
    )


def findings(
    catalogue: Catalogue,
    entity: Entity,
    faults: Iterable[Fault],
    *,
    code: str,
    about: str = "",
    severity: Severity = "policy",
    citations: Iterable[str] = (),
    liftable: bool = True,
) -> Iterator[Problem]:
    """A problem for each fault of an entity. `about` begins every message; the rest is as in `finding`."""
    for path, message, remedy in faults:
        yield finding(
            catalogue,
            entity,
            path,
            code=code,
            message=f"{about}{message}",
            remedy=remedy,
            severity=severity,
            citations=citations,
            liftable=liftable,
        )


def listed(values: Iterable[object]) -> str:
    """Values for a message, each in backquotes, in the given order."""
    return ", ".join(f"`{value}`" for value in values)


def spoken(values: Iterable[object]) -> str:
    """Words for a message, joined by commas."""
    return ", ".join(str(value) for value in values)
