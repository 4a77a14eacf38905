"""What the reader raises, as a finding: the findings of the other parts stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from billing_identity.policies.framework.reader import MalformedError, UndecidedError
from billing_identity.policies.framework.rule import Finding


def said(error: UndecidedError | MalformedError, urn: str | None = None) -> Finding:
    """A doubt for what is not known yet, a fault for what is malformed."""
    if isinstance(error, UndecidedError):
        return Finding(error.reason, urn=urn, doubt=True)
    return Finding(error.message, urn=urn)


def told(found: Iterable[Finding], urn: str | None = None) -> Iterator[Finding]:
    """The findings of one part, up to the first thing that can't be read, and that as the last finding."""
    try:
        yield from found
    except (UndecidedError, MalformedError) as error:
        yield said(error, urn)
