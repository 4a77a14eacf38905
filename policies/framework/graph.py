"""The resources of one or several stacks as a graph: who refers to whom, also while ids are unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from billing_identity.policies.framework.reader import ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.tokens import current
from billing_identity.policies.framework.wire import is_unknown, unwrap

_KEYS = ("id", "objectId", "arn", "clientId", "keyId", "groupId", "name", "bucket")
"""Outputs by which other resources name a resource."""


def _identified(record: ResourceRecord) -> bool:
    """Whether the resource's id is known here, so that a value that is none of its names means another."""
    return bool(record.id) and not is_unknown(record.id)


class Graph:
    """Resources by URN, type and what others call them. Built once, in time linear in the resources."""

    def __init__(self, records: Iterable[ResourceRecord], reads: dict[str, set[str]] | None = None) -> None:
        """`reads` collects, for tests, which properties of which URN were read."""
        self._reads = reads
        self.records: tuple[ResourceRecord, ...] = tuple(records)
        self._by_urn = {record.urn: record for record in self.records}
        self._views: dict[str, ResourceView] = {}

    @cached_property
    def _by_type(self) -> dict[str, list[ResourceRecord]]:
        found: defaultdict[str, list[ResourceRecord]] = defaultdict(list)
        for record in self.records:
            found[current(record.type)].append(record)
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
                found[current(record.type), key].append(record)
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
            reads = None if self._reads is None else self._reads.setdefault(record.urn, set())
            view = self._views[record.urn] = record.view(outputs=True, reads=reads)
        return view

    def record(self, urn: str) -> ResourceRecord | None:
        """The resource of that URN, if it is here."""
        return self._by_urn.get(urn)

    def target(self, source: ResourceView, prop: str, types: Sequence[str]) -> ResourceView | None:
        """The resource that a top-level property of another names, or None when it is declared elsewhere.

        Known values are looked up among the targets' ids and names. While the value is unknown the
        property's dependencies say it, if exactly one of them has one of the types; otherwise raises
        `UndecidedError`. A known value that nobody goes by here is settled by such a dependency too, while
        the dependency's id is not known (the engine need not send it among a resource's outputs).
        """
        try:
            value = source.text(prop)
        except UndecidedError as error:
            return self._depended(source, prop, types, error)
        return None if value is None else self._found(source, prop, value, types)

    def nested_target(
        self, source: ResourceView, prop: str, path: str, types: Sequence[str]
    ) -> ResourceView | None:
        """As `target`, for a property inside the top-level block `prop`."""
        try:
            block = source.node(prop)
            value = None if block is None else block.text(path)
        except UndecidedError as error:
            return self._depended(source, prop, types, error)
        return None if value is None else self._found(source, prop, value, types)

    def targets(self, source: ResourceView, prop: str, types: Sequence[str]) -> list[ResourceView]:
        """The resources that a list property names. Raises `UndecidedError` when one can't be told.

        While elements are unknown, the property's dependencies stand for them, if there are at least as
        many of the types as unknown elements.
        """
        try:
            texts = source.texts(prop)
        except UndecidedError:
            texts = None
        found: dict[str, ResourceView] = {}
        for value in texts or ():
            named = self._named(source, prop, value, types)
            if named is not None:
                found[named.urn] = named
            else:
                for candidate in self._dependencies(source, prop, types):
                    if not _identified(candidate):
                        found[candidate.urn] = self.view(candidate)
        if texts is None or not texts.complete:
            candidates = self._dependencies(source, prop, types)
            if not candidates:
                raise UndecidedError(prop, f"`{prop}` of {source.name} is not known yet, nor what it names")
            found.update({candidate.urn: self.view(candidate) for candidate in candidates})
        return list(found.values())

    def _dependencies(self, source: ResourceView, prop: str, types: Sequence[str]) -> list[ResourceRecord]:
        record = self._by_urn.get(source.urn)
        urns = () if record is None else record.property_dependencies.get(prop, ())
        named = [self._by_urn[urn] for urn in urns if urn in self._by_urn]
        return [candidate for candidate in named if current(candidate.type) in types]

    def _depended(
        self, source: ResourceView, prop: str, types: Sequence[str], error: UndecidedError
    ) -> ResourceView:
        fitting = self._dependencies(source, prop, types)
        if len(fitting) != 1:
            raise UndecidedError(
                f"{source.name}.{prop}", f"`{prop}` of {source.name} is not known yet, nor what it names"
            ) from error
        return self.view(fitting[0])

    def _found(
        self, source: ResourceView, prop: str, value: str, types: Sequence[str]
    ) -> ResourceView | None:
        named = self._named(source, prop, value, types)
        if named is not None:
            return named
        fitting = self._dependencies(source, prop, types)
        return self.view(fitting[0]) if len(fitting) == 1 and not _identified(fitting[0]) else None

    def _named(
        self, source: ResourceView, prop: str, value: str, types: Sequence[str]
    ) -> ResourceView | None:
        found = [match for name in types for match in self._by_key.get((name, value), ())]
        unique = {match.urn: match for match in found}
        if len(unique) > 1:
            unique = self._beside(source, unique)
        if len(unique) > 1:
            raise UndecidedError(
                f"{source.name}.{prop}", f"`{prop}` of {source.name} names {len(unique)} resources"
            )
        return self.view(next(iter(unique.values()))) if unique else None

    def _beside(self, source: ResourceView, found: dict[str, ResourceRecord]) -> dict[str, ResourceRecord]:
        """Those of the same provider (so the same account) and Region, when that leaves exactly one."""
        own = self._by_urn.get(source.urn)
        if own is None or own.provider is None:
            return found
        place = (own.provider, own.effective.get("region"))
        near = {
            urn: record
            for urn, record in found.items()
            if (record.provider, record.effective.get("region")) == place
        }
        return near if len(near) == 1 else found

    def depends_on(self, source: ResourceView, prop: str, types: Sequence[str]) -> bool:
        """Whether a top-level property depends on resources of these types."""
        return bool(self._dependencies(source, prop, types))

    def left_to_provider(self, source: ResourceView, prop: str) -> bool:
        """Whether a top-level property is unknown and no other resource goes into it.

        Before a resource is made, what a program leaves out and the provider fills in looks like this.
        """
        try:
            source.has(prop)
        except UndecidedError:
            record = self._by_urn.get(source.urn)
            return record is None or not record.property_dependencies.get(prop)
        return False

    def named(self, value: str, types: Sequence[str]) -> bool:
        """Whether a resource of one of the types goes by this id, ARN or name."""
        return any((name, value) in self._by_key for name in types)

    def find(self, value: str, types: Sequence[str]) -> ResourceView | None:
        """The only resource of the types that goes by this id, ARN or name; None for none or several."""
        found = {match.urn: match for name in types for match in self._by_key.get((name, value), ())}
        return self.view(next(iter(found.values()))) if len(found) == 1 else None
