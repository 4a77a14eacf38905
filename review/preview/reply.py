"""What the monitor hands back to the SDK, duck-typed on the protocol's response messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from billing_identity.review.preview import sdk
from billing_identity.review.preview.record import Value

_SUCCESS, _FAIL = 0, 1


class Registered:
    """A RegisterResourceResponse.

    `final`: what is answered is all there will be. The SDK of a dry run takes every output that the answer
    leaves out for unknown; with ids known, an optional output that was not set is None instead, as after an
    update. The SDK reads `object` last, in the task of this one registration, so that is where the task is
    told.
    """

    __slots__ = ("_final", "_object", "id", "result", "urn")

    unknown = False
    propertyDependencies = None  # noqa: N815 - the protocol's name

    def __init__(
        self, urn: str, id_: str, values: Mapping[str, Any], *, final: bool, ok: bool = True
    ) -> None:
        self.urn = urn
        self.id = id_
        self.result = _SUCCESS if ok else _FAIL
        self._object = values
        self._final = final

    @property
    def object(self) -> Mapping[str, Any]:
        """The outputs, by wire name, as the SDK decodes them."""
        if self._final:
            sdk.settle_as_update()
        return self._object


class Read:
    """A ReadResourceResponse; `final` as in `Registered`."""

    __slots__ = ("_final", "_properties", "id", "result", "urn")

    unknown = False

    def __init__(self, urn: str, id_: str, values: Mapping[str, Any], *, ok: bool, final: bool) -> None:
        self.urn = urn
        self.id = id_
        self.result = _SUCCESS if ok else _FAIL
        self._properties = values
        self._final = final

    @property
    def properties(self) -> Mapping[str, Any]:
        """The state read, by wire name, as the SDK decodes it."""
        if self._final:
            sdk.settle_as_update()
        return self._properties


class Found:
    """An answer to a data source."""

    __slots__ = ("return", "unknown")

    failures = ()

    def __init__(self, values: Value, *, unknown: bool = False) -> None:
        setattr(self, "return", values)
        self.unknown = unknown


class _Failure:
    __slots__ = ("property", "reason")

    def __init__(self, reason: str) -> None:
        self.property = ""
        self.reason = reason


class Failed:
    """A data source or method that could not be answered."""

    __slots__ = ("failures",)

    unknown = False

    def __init__(self, reason: str) -> None:
        self.failures = (_Failure(reason),)
