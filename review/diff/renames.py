"""Ids that only changed their name between two catalogues, found by what the entities say and refer to.

A match never hides anything: the base is compared under its new names, field by field. What is not matched
is reported as gone and as new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from billing_identity.roles.model.base import EntitlementRef, Entity, Reference
from billing_identity.roles.model.catalogue import Catalogue

KINDS: Mapping[str, str] = {
    "role": "roles",
    "system": "systems",
    "client": "clients",
    "vendor": "vendors",
    "service-account": "service_accounts",
    "exception": "exceptions",
    "training": "training",
    "incident": "incidents",
    "break-glass-use": "break_glass_uses",
}
"""Kind of entity and the catalogue's mapping that holds it."""

Names = Mapping[tuple[str, str], str]
"""{(kind, old id): new id}; kind `entitlement` with `system/name` on both sides."""

_ROUNDS = 4
"""How far a name may depend on other renamed names: grant, system, vendor, owner."""

_PROSE = frozenset(
    {"id", "title", "purpose", "rationale", "description", "reason", "changed", "conditions", "summary"}
)

T = TypeVar("T")


def find_renames(base: Catalogue, head: Catalogue) -> dict[tuple[str, str], str]:
    """Old ids with their new ones; empty when no id vanished.

    Among what vanished and what appeared, entities match that say the same apart from prose and from names
    that vanished or appeared themselves; then those with the same title that are alone in having it.
    """
    olds_all, news_all = set(_ids(base)), set(_ids(head))
    gone, new = olds_all - news_all, news_all - olds_all
    if not gone or not new:
        return {}
    moving = gone | new
    olds, news = _colours(base, gone, moving), _colours(head, new, moving)
    found = dict(_pairs(olds, news))
    titles = _left(base, gone - found.keys()), _left(head, new - {(k[0], n) for k, n in found.items()})
    found.update(_pairs(*titles))
    for (kind, old), name in list(found.items()):
        if kind == "system":
            for entitlement in base.systems[old].entitlements:
                key = ("entitlement", f"{old}/{entitlement}")
                if key not in found and entitlement in head.systems[name].entitlements:
                    found[key] = f"{name}/{entitlement}"
    return {key: name for key, name in found.items() if key[1] != name}


def _ids(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for kind, attribute in KINDS.items():
        for name in cast("Mapping[str, Entity]", getattr(catalogue, attribute)):
            yield kind, name
    for system in catalogue.systems.values():
        for name in system.entitlements:
            yield "entitlement", f"{system.id}/{name}"


def _node(catalogue: Catalogue, key: tuple[str, str]) -> BaseModel:
    kind, name = key
    if kind == "entitlement":
        return catalogue.entitlement(name)
    return cast("Mapping[str, Entity]", getattr(catalogue, KINDS[kind]))[name]


def _colours(
    catalogue: Catalogue, keys: set[tuple[str, str]], moving: set[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    colours = {key: key[0] for key in keys}
    for _ in range(_ROUNDS):
        current = {key: colours.get(key, key[0]) for key in moving}
        colours = {
            key: hashlib.sha256(
                repr(_shape(_node(catalogue, key), current)).encode()
                + (_home(key[1], current) if key[0] == "entitlement" else "").encode()
            ).hexdigest()
            for key in keys
        }
    return colours


def _home(entitlement: str, colours: Mapping[tuple[str, str], str]) -> str:
    system = entitlement.split("/", 1)[0]
    return colours.get(("system", system), system)


def _shape(value: object, colours: Mapping[tuple[str, str], str]) -> object:
    """A value without prose, with each name that moves replaced by its colour."""
    if isinstance(value, Reference):
        return colours.get((value.kind, str(value)), str(value))
    if isinstance(value, BaseModel):
        return [
            (name, _shape(getattr(value, name), colours))
            for name in type(value).model_fields
            if name not in _PROSE
        ]
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).values()
        return sorted(repr(_shape(item, colours)) for item in items)
    if isinstance(value, tuple):
        return sorted(repr(_shape(item, colours)) for item in cast("tuple[Any, ...]", value))
    if isinstance(value, str) and ":" in value:
        kind, _, name = value.partition(":")
        return f"{kind}:{colours.get((kind, name), name)}"
    return str(value)


def _left(catalogue: Catalogue, keys: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    titled = {key: str(getattr(_node(catalogue, key), "title", "")) for key in keys}
    return {
        key: f"{title}@{key[1].split('/', 1)[0]}" if key[0] == "entitlement" else title
        for key, title in titled.items()
        if title
    }


def _pairs(
    olds: Mapping[tuple[str, str], str], news: Mapping[tuple[str, str], str]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Those of equal kind and colour, where that colour stands once on each side."""

    def by_colour(side: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], list[tuple[str, str]]]:
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for key, colour in side.items():
            found.setdefault((key[0], colour), []).append(key)
        return found

    others = by_colour(news)
    for colour, keys in sorted(by_colour(olds).items()):
        if len(keys) == 1 and len(others.get(colour, ())) == 1:
            yield keys[0], others[colour][0][1]


def renamed(catalogue: Catalogue, names: Names) -> Catalogue:
    """The catalogue under new names, everywhere that an id stands."""
    if not names:
        return catalogue

    def table(kind: str, entities: Mapping[str, T]) -> dict[str, T]:
        moved = {
            names.get((kind, name), name): cast("T", _moved(entity, names, names.get((kind, name))))
            for name, entity in entities.items()
        }
        return dict(sorted(moved.items()))

    systems = {
        name: system.model_copy(
            update={
                "entitlements": {
                    names.get(("entitlement", f"{system.id}/{key}"), key).split("/")[-1]: item
                    for key, item in system.entitlements.items()
                }
            }
        )
        for name, system in catalogue.systems.items()
    }
    return replace(
        catalogue,
        access_policy=cast("Any", _moved(catalogue.access_policy, names)),
        incident_plan=cast("Any", _moved(catalogue.incident_plan, names)),
        roles=table("role", catalogue.roles),
        systems=table("system", systems),
        clients=table("client", catalogue.clients),
        vendors=table("vendor", catalogue.vendors),
        service_accounts=table("service-account", catalogue.service_accounts),
        exceptions=table("exception", catalogue.exceptions),
        training=table("training", catalogue.training),
        incidents=table("incident", catalogue.incidents),
        break_glass_uses=table("break-glass-use", catalogue.break_glass_uses),
        trees={(kind, names.get((kind, name), name)): tree for (kind, name), tree in catalogue.trees.items()},
    )


def _moved(value: object, names: Names, new_id: str | None = None) -> object:
    if isinstance(value, EntitlementRef):
        if ("entitlement", str(value)) in names:
            return EntitlementRef(names["entitlement", str(value)])
        system = names.get(("system", value.system))
        return EntitlementRef(f"{system}/{value.name}") if system is not None else value
    if isinstance(value, Reference):
        new = names.get((value.kind, str(value)))
        return type(value)(new) if new is not None else value
    if isinstance(value, BaseModel):
        update = {name: _moved(getattr(value, name), names) for name in type(value).model_fields}
        if new_id is not None:
            update["id"] = new_id
        return value.model_copy(update=update)
    if isinstance(value, Mapping):
        items = cast("Mapping[Any, Any]", value).items()
        return {_moved(key, names): _moved(item, names) for key, item in items}
    if isinstance(value, tuple):
        return tuple(_moved(item, names) for item in cast("tuple[Any, ...]", value))
    if type(value) is str and ":" in value:
        kind, _, name = value.partition(":")
        new = names.get((kind, name))
        return f"{kind}:{new}" if new is not None else value
    return value
