"""What a change does to resources: created, updated, replaced, deleted, left unprotected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

from billing_identity.review.diff.guards import guarded, lifted_by
from billing_identity.review.plan import PROVIDERS, kind_of
from billing_identity.review.preview import merge
from billing_identity.review.preview.record import Preview, Registration, reveal
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.sandbox.diff import diff as provider_diff
from billing_identity.sandbox.schema.load import ResourceType, resource_type

Operation = Literal["create", "update", "replace", "delete", "unprotect"]

FATES: Mapping[str, str] = {
    "delete": "resource-deleted",
    "replace": "resource-replaced",
    "unprotect": "protection-lost",
}
"""Operations that destroy something, with the rule that an exception would lift."""


@dataclass(frozen=True)
class ResourceChange:
    """What happens to one resource.

    `urn` has `-` in place of the stack. `properties` are the top-level names that change, never values.
    `guard` is the guarded class it belongs to, "" for none; `lifted_by` the exception that allows it.
    """

    operation: Operation
    urn: str
    type: str
    name: str
    provider: str
    catalogue_id: str = ""
    properties: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    guard: str = ""
    lifted_by: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether it may not happen without an exception."""
        return bool(self.guard) and self.operation in FATES and self.lifted_by is None

    @property
    def kind(self) -> str:
        """The type in words."""
        return kind_of(self.type)


def resource_changes(
    base: Preview, head: Preview, catalogue: Catalogue | None, as_of: date, environment: str
) -> list[ResourceChange]:
    """Differences of two previews, sorted by operation and URN. `catalogue` holds the exceptions.

    A resource that the head declares under an alias of the base's is the same one. Whether an update
    replaces is decided by what the providers say of each argument; for a guarded resource of a type that
    nothing is known of, any change counts as a replacement.
    """
    index = {**_index(base), **_index(head)}
    olds, news = merge.without_stack(base).by_urn(), merge.without_stack(head).by_urn()
    pairs = list(_pairs(olds, news))
    found = [
        _judged(change, index, catalogue, as_of, environment)
        for old, new in pairs
        if (change := _change(old, new)) is not None
    ]
    order = ("delete", "replace", "unprotect", "create", "update")
    return sorted(found, key=lambda item: (not item.blocks, order.index(item.operation), item.urn))


def _index(preview: Preview) -> dict[str, str]:
    """Catalogue ids by the components' index names, from the stack's outputs."""
    found: dict[str, str] = {}
    outputs: list[Any] = [preview.stack_outputs, *preview.stack_outputs.values()]
    for item in outputs:
        ids = cast("dict[str, Any]", item).get("catalogueIds") if isinstance(item, dict) else None
        if isinstance(ids, dict):
            found.update({str(k): str(v) for k, v in cast("dict[str, Any]", ids).items()})
    return found


def _counts(item: Registration) -> bool:
    return item.custom and not item.type.startswith("pulumi:") and not item.options.external


def _pairs(
    olds: Mapping[str, Registration], news: Mapping[str, Registration]
) -> Iterator[tuple[Registration | None, Registration | None]]:
    taken: set[str] = set()
    for urn, new in news.items():
        if not _counts(new):
            continue
        known = next((name for name in (urn, *new.options.aliases) if name in olds), None)
        if known is not None:
            taken.add(known)
        yield (olds[known] if known is not None else None), new
    for urn, old in olds.items():
        if urn not in taken and _counts(old):
            yield old, None


def _change(old: Registration | None, new: Registration | None) -> ResourceChange | None:
    either = new or old
    assert either is not None  # noqa: S101 - for the type checker

    def made(
        operation: Operation, changed: tuple[str, ...] = (), forced: tuple[str, ...] = ()
    ) -> ResourceChange:
        provider = PROVIDERS.get(either.package, either.package)
        return ResourceChange(operation, either.urn, either.type, either.name, provider, "", changed, forced)

    if new is None:
        return made("delete")
    if old is None:
        return made("create")
    schema = _schema(new.type)
    ignored = frozenset(new.options.ignore_changes)
    before, after = reveal(old.inputs), reveal(new.inputs)
    for path in ignored:
        after = _kept(before, after, path.split("."))
    if schema is None:
        changed = sorted(
            key
            for key in (before.keys() | after.keys()) - ignored - {"__defaults"}
            if before.get(key) != after.get(key)
        )
        if changed:
            return made("replace", tuple(changed), ("unknown type",))
    else:
        answer = provider_diff(schema, before, after, ignored)
        forced = answer.replaces | (answer.changed & set(new.options.replace_on_changes))
        if forced:
            return made("replace", tuple(sorted(answer.changed)), tuple(sorted(forced)))
        changed = sorted(answer.changed)
    if (old.options.protect and not new.options.protect) or (
        old.options.retain_on_delete and not new.options.retain_on_delete
    ):
        return made("unprotect", tuple(changed))
    return made("update", tuple(changed)) if changed else None


def _kept(before: Any, after: Any, path: list[str]) -> Any:  # noqa: ANN401 - inputs of any resource
    """`after` with what stands in `before` at a path below the top level, as the engine ignores a change."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return after
    olds, news = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
    first, rest = path[0], path[1:]
    if rest and first in olds and first in news:
        return {**news, first: _kept(olds[first], news[first], rest)}
    if not rest and first in olds:
        return {**news, first: olds[first]}
    return {key: value for key, value in news.items() if rest or key != first}


def _schema(token: str) -> ResourceType | None:
    try:
        return resource_type(token)
    except (KeyError, ValueError, OSError, IndexError):
        return None


def _judged(
    change: ResourceChange,
    index: Mapping[str, str],
    catalogue: Catalogue | None,
    as_of: date,
    environment: str,
) -> ResourceChange:
    from dataclasses import replace

    subject = _subject(change, index)
    guard = guarded(change.type, change.name, change.urn) if change.operation in FATES else ""
    exception = None
    if guard:
        urns = (f"urn:{change.urn.removeprefix('urn:')}",)
        exception = lifted_by(catalogue, FATES[change.operation], (subject, *urns), as_of, environment)
    return replace(change, catalogue_id=subject, guard=guard, lifted_by=exception)


def _subject(change: ResourceChange, index: Mapping[str, str]) -> str:
    """The catalogue id of the resource: of the longest index name that its own name starts with."""
    package = {"okta": "okta/", "azuread": "entra/"}.get(change.type.partition(":")[0], "")
    for length in range(len(change.name), 0, -1):
        if length == len(change.name) or change.name[length] in "-/":
            found = index.get(f"{package}{change.name[:length]}")
            if found is not None:
                return found
    return (
        "access-policy:access-policy"
        if guarded(change.type, change.name, change.urn) == "sign-in policies"
        else ""
    )
