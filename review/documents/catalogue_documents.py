"""All documents of a company, before they are issued."""

from __future__ import annotations

from collections.abc import Callable

from billing_identity.review.documents.content import (
    access_control,
    certification,
    encryption,
    incidents,
    leavers,
    mfa,
    monitoring,
    training,
    vendors,
)
from billing_identity.review.documents.model import Document
from billing_identity.review.documents.writer import Grounds, Writer
from billing_identity.review.preview.record import Preview

BUILDERS: tuple[Callable[[Writer], Document], ...] = (
    access_control.build,
    mfa.build,
    encryption.build,
    vendors.build,
    incidents.build,
    training.build,
    monitoring.build,
    certification.build,
    leavers.build,
)


def documents(grounds: Grounds) -> tuple[Document, ...]:
    """Every document, in a fixed order."""
    writer = Writer(grounds)
    return tuple(build(writer) for build in BUILDERS)


def declared(preview: Preview) -> dict[str, dict[str, str]]:
    """What a preview declares, as `Grounds` takes it: type, name, inputs as text (secrets masked)."""
    found: dict[str, dict[str, str]] = {}
    for item in preview.registrations:
        found.setdefault(item.type, {})[item.name] = str(item.inputs)
    return found
