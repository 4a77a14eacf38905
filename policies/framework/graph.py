"""The resources of one or several stacks as a graph: who refers to whom, also while ids are unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from billing_identity.policies.framework.reader import ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.wire import is_unknown, unwrap

_KEYS = ("id", "objectId", "arn", "clientId", "keyId", "groupId", "name", "bucket")
"""Outputs by which other resources name a resource."""


class Graph:
    """Resources by URN, type and what others call them. Built once, in time linear in the resources."""

    def __init__(self, records: Iterable[ResourceRecord]) -> None:
        self.records: tuple[ResourceRecord, ...] = tuple(records)
        self._by_urn = {record.urn: record for record in self.records}
        self._views: dict[str, ResourceView] = {}

    @cached_property
    def _by_type(self) -> dict[str, list[ResourceRecord]]:
        found: defaultdict[str, list[ResourceRecord]] = defaultdict(list)
        for record in self.records:
            found[record.type].append(record)
        return dict(found)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], list[ResourceRecord]]:
        found: defaultdict[tuple[str, str], list[ResourceRecord]] = defaultdict(list)
        for record in self.records:
            keys = {record.id} if record.id and not is_unknown(record.id) else set[str]()
            for name in _KEYS:
                value = unwrap(record.effective.get(name))
                if isinstance(value, str) and value and not is_unknown(value):
                    keys.add(value)
            for key in keys:
                found[record.type, key].append(record)
        return dict(found)

    @property
    def types(self) -> frozenset[str]:
        """Every type that occurs."""
        return frozenset(self._by_type)

    def of(self, *types: str) -> Iterator[ResourceView]:
        """Resources of the types, in order of registration within each type."""
        for name in types:
            for record in self._by_type.get(name, ()):
                yield self.view(record)

    def view(self, record: ResourceRecord) -> ResourceView:
        """A resource's outputs to read from."""
        view = self._views.get(record.urn)
        if view is None:
            view = self._views[record.urn] = record.view(outputs=True)
        return view

    def record(self, urn: str) -> ResourceRecord | None:
        """The resource of that URN, if it is here."""
        return self._by_urn.get(urn)

    def target(self, source: ResourceView, prop: str, types: Sequence[str]) -> ResourceView | None:
        """The resource that a top-level property of another names, or None when it is declared elsewhere.

        Known values are looked up among the targets' ids and names. While the value is unknown the
        property's dependencies say it, if exactly one of them has one of the types; otherwise raises
        `UndecidedError`. A dependency also settles what a value alone can't (an id from outside).
        """
        record = self._by_urn.get(source.urn)
        dependencies = () if record is None else record.property_dependencies.get(prop, ())
        named = [self._by_urn[urn] for urn in dependencies if urn in self._by_urn]
        fitting = [candidate for candidate in named if candidate.type in types]
        if len(fitting) == 1:
            return self.view(fitting[0])
        try:
            value = source.text(prop)
        except UndecidedError as error:
            raise UndecidedError(
                f"{source.name}.{prop}", f"`{prop}` of {source.name} is not known yet, nor what it depends on"
            ) from error
        if value is None:
            return None
        found = [match for name in types for match in self._by_key.get((name, value), ())]
        unique = {match.urn: match for match in found}
        if len(unique) == 1:
            return self.view(next(iter(unique.values())))
        if len(unique) > 1:
            raise UndecidedError(
                f"{source.name}.{prop}", f"`{prop}` of {source.name} names {len(unique)} resources"
            )
        return None
