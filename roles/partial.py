"""What is known of a file with faults.

What a fault leaves unknown is not there: whoever reads it gets NotKnownError. So a check over such a value
says what holds however the faults are corrected, and stops where it can't know: nothing that it says is a
mere consequence of a fault that is told already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from types import UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from billing_identity.roles.yaml_tree import Steps

M = TypeVar("M", bound=BaseModel)
K = TypeVar("K", str, int)
T = TypeVar("T")


class NotKnownError(Exception):
    """What is read is left unknown by a fault that is told already."""


class KnownEntries(Mapping[str, Any]):
    """A mapping some of whose entries are known. They come first; to read on, or another one, fails."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self.known = dict(known)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        if key not in self.known:
            raise NotKnownError(key)
        return self.known[key]

    def __iter__(self) -> Iterator[str]:
        yield from self.known
        raise NotKnownError

    def __len__(self) -> int:
        raise NotKnownError

    def __bool__(self) -> bool:
        return bool(self.known) or len(self) > 0


class KnownItems(Sequence[Any]):
    """A list some of whose items are known, {index: item}. To read past the first unknown one fails."""

    def __init__(self, known: Mapping[int, Any]) -> None:
        self.known = dict(known)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401
        if index not in self.known:
            raise NotKnownError(index)
        return self.known[index]

    def __iter__(self) -> Iterator[Any]:
        index = 0
        while True:
            yield self[index]
            index += 1

    def __len__(self) -> int:
        raise NotKnownError

    def __bool__(self) -> bool:
        return bool(self.known) or len(self) > 0

    def __add__(self, other: object) -> NoReturn:
        raise NotKnownError

    __radd__ = __add__


def certain(findings: Iterable[T]) -> Iterator[T]:
    """What is found before something unknown is read."""
    try:
        yield from findings
    except NotKnownError:
        return


def known_of(model: type[M], data: Any, faulty: Iterable[Steps]) -> M:  # noqa: ANN401
    """The instance that `data` gives, but for what stands at the `faulty` paths and what depends on it.

    An unknown field may be any field that is not written: these are unknown too. Of data that is no mapping
    nothing is known but the fields' names.
    """
    lost = frozenset(faulty)
    if () in lost or not isinstance(data, Mapping):
        return _made(model, {}, set(model.model_fields))
    return _fields(model, cast("Mapping[str, Any]", data), lost, ())


def _fields(model: type[M], data: Mapping[str, Any], lost: frozenset[Steps], path: Steps) -> M:
    names = model.model_fields
    misnamed = any(other[:-1] == path and other[-1] not in names for other in lost if other)
    values: dict[str, Any] = {}
    unknown: set[str] = set()
    for name, field in names.items():
        here = (*path, name)
        if name not in data:
            if misnamed or here in lost:
                unknown.add(name)
            continue
        try:
            values[name] = _value(field.rebuild_annotation(), data[name], lost, here)
        except NotKnownError:
            unknown.add(name)
    return _made(model, values, unknown)


def _value(kind: Any, data: Any, lost: frozenset[Steps], path: Steps) -> Any:  # noqa: ANN401
    if path in lost:
        raise NotKnownError
    if not any(other[: len(path)] == path for other in lost):
        try:
            return TypeAdapter(kind).validate_json(json.dumps(data), strict=True)
        except ValidationError:
            raise NotKnownError from None
    kind = _plain(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and isinstance(data, Mapping):
        return _fields(kind, cast("Mapping[str, Any]", data), lost, path)
    arguments = get_args(kind)
    if get_origin(kind) is dict and isinstance(data, Mapping):
        entries = cast("Mapping[str, Any]", data)
        known = _known({key: (arguments[1], item) for key, item in entries.items()}, lost, path)
        return known if len(known) == len(entries) else KnownEntries(known)
    if get_origin(kind) is tuple and isinstance(data, list) and arguments[1:] == (...,):
        items = cast("list[Any]", data)
        known = _known({i: (arguments[0], item) for i, item in enumerate(items)}, lost, path)
        return tuple(known.values()) if len(known) == len(items) else KnownItems(known)
    raise NotKnownError


def _known(parts: Mapping[K, tuple[Any, Any]], lost: frozenset[Steps], path: Steps) -> dict[K, Any]:
    """Those of the parts, (type, data) by key, that are known."""
    known: dict[K, Any] = {}
    for key, (kind, item) in parts.items():
        with suppress(NotKnownError):
            known[key] = _value(kind, item, lost, (*path, key))
    return known


def _plain(kind: Any) -> Any:  # noqa: ANN401
    """A type without its constraints, and without None where that is the only alternative."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        others = [arm for arm in get_args(kind) if arm is not type(None)]
        return _plain(others[0]) if len(others) == 1 else kind
    return kind


def _made(model: type[M], values: Mapping[str, Any], unknown: set[str]) -> M:
    made = cast("type[M]", _partial(model) if unknown else model).model_construct(**values)
    for name in unknown:
        vars(made).pop(name, None)
    return made


@cache
def _partial(model: type[BaseModel]) -> type[BaseModel]:
    """The model whose instances may lack fields."""

    def refuse(self: BaseModel, name: str) -> NoReturn:
        if name in model.model_fields:
            raise NotKnownError(name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    body = {"__getattr__": refuse, "__module__": model.__module__}
    return cast("type[BaseModel]", type(model.__name__, (model,), body))
