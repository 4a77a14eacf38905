"""Changes of access in sentences: who gains or loses what, for which clients, and which people that means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from billing_identity.review.diff.model import Access, Change, Direction, Sentence, Topic
from billing_identity.review.diff.names import Names, counted, data_words, listed
from billing_identity.review.diff.places import place_of
from billing_identity.review.diff.state import View, holders_of
from billing_identity.roles.access import withdrawn
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import DataClass

_NOBODY = "No other person"
_VERBS = {Direction.GAIN: "gains", Direction.LOSS: "loses"}


class _Group(NamedTuple):
    """Entitlements of one system that one subject gains or loses on the same terms."""

    subject: str
    system: str
    direction: str
    way: str
    scope: str
    clients: tuple[str, ...]
    until: str | None


@dataclass(frozen=True)
class People:
    """Which job codes really reach an entitlement now, or no longer, whatever the role that gives it."""

    base: View
    head: View

    def reached(self, role: str, entitlement: str, direction: Direction) -> tuple[str, ...]:
        """Job codes that gain (or lose) an entitlement as a role gains (or loses) it."""
        new, old = (self.head, self.base) if direction is Direction.GAIN else (self.base, self.head)
        found = new.catalogue.roles.get(role) if new.catalogue is not None else None
        if found is None:
            return ()
        way = "standing" if found.assignment is Assignment.JOB_CODE else "request"
        return tuple(code for code in holders_of(found) if not self._has(old, code, entitlement, way))

    def _has(self, view: View, code: str, entitlement: str, way: str) -> bool:
        ways = (
            self._tables[view is self.head].setdefault(code, view.people(code)).get(entitlement, frozenset())
        )
        return "standing" in ways or way in ways

    @cached_property
    def _tables(self) -> dict[bool, dict[str, dict[str, frozenset[str]]]]:
        return {True: {}, False: {}}


def access_sentences(changes: Iterable[Change], base: View, head: View, names: Names) -> Iterator[Sentence]:
    """Sentences for the changes of access, those of the same kind together."""
    people = People(base, head)
    whole: dict[_Group, list[Change]] = {}
    clients: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Change]] = {}
    nature: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Change]] = {}
    for change in changes:
        old, new = change.before, change.after
        system = change.key.aspect.split("/", 1)[0]
        if old is None or new is None:
            access: Access = change.after or change.before
            group = _Group(
                change.key.subject,
                system,
                change.direction,
                access.way,
                access.scope,
                access.clients,
                access.until,
            )
            whole.setdefault(group, []).append(change)
        elif replace(old, clients=new.clients) == new:
            delta = _delta(old.clients, new.clients)
            clients.setdefault((system, *delta), []).append(change)
        elif replace(old, data=new.data, risks=new.risks) == new:
            nature.setdefault((change.key.aspect, old.data + old.risks, new.data + new.risks), []).append(
                change
            )
        else:
            yield _terms(change, base, head, names)
    for group, same in whole.items():
        yield _whole(group, same, people, base, head, names)
    for (system, added, removed), same in clients.items():
        yield _clients(system, added, removed, same, base, head, names)
    for (entitlement, _, _), same in nature.items():
        yield _nature(entitlement, same, base, head, names)


def _delta(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(sorted(set(new) - set(old))), tuple(sorted(set(old) - set(new)))


def _whole(
    group: _Group, changes: list[Change], people: People, base: View, head: View, names: Names
) -> Sentence:
    kind, _, name = group.subject.partition(":")
    who = names.subject(group.subject, kind=kind != "role")
    direction = Direction(group.direction)
    titles = [names.entitlement(change.key.aspect) for change in changes]
    accesses = [change.after or change.before for change in changes]
    data = {item for access in accesses for item in access.data}
    system = names.title("system", group.system)
    text = f"{who[0].upper()}{who[1:]} {_VERBS[direction]} {system}: {listed(titles)}"
    if data:
        text += f" ({data_words(data)})"
    text += _for_clients(group.scope, group.clients)
    text += {"request": ", on request", "administrator": ", by assignment"}.get(group.way, "")
    if group.until is not None and direction is Direction.GAIN:
        text += f", until {group.until}"
    if direction is Direction.LOSS and _withdrawn(head, group.system):
        text += "; the agreement with its vendor has lapsed"
    detail = [
        f"{change.key.aspect}: {data_words(access.data)}"
        + (f"; {', '.join(access.risks)}" if access.risks else "")
        for change, access in zip(changes, accesses, strict=True)
    ]
    if group.clients and group.scope != "none":
        detail.append(f"Clients: {listed([names.title('client', item) for item in group.clients], 20)}")
    nobody = False
    if kind == "role":
        said = _people(name, changes, direction, people, names)
        detail.append(said)
        nobody = said.startswith(_NOBODY)
        if nobody:
            text += "; no person gains by it" if direction is Direction.GAIN else "; no person loses by it"
    place = place_of(changes[0], base, head)
    return Sentence(Topic.ACCESS, direction, text, place, tuple(changes), tuple(detail), nobody=nobody)


def _withdrawn(view: View, system: str) -> bool:
    catalogue = view.catalogue
    return catalogue is not None and system in catalogue.systems and withdrawn(catalogue, system, view.as_of)


def _for_clients(scope: str, clients: tuple[str, ...]) -> str:
    if scope == "none" or not clients:
        return ""
    return f", for {counted(len(clients), 'client')}" + (", as assigned" if scope == "assigned" else "")


def _people(role: str, changes: list[Change], direction: Direction, people: People, names: Names) -> str:
    codes = sorted(
        {code for change in changes for code in people.reached(role, change.key.aspect, direction)}
    )
    if not codes:
        verb = (
            "had it already through another role"
            if direction is Direction.GAIN
            else "keeps it through another role"
        )
        return f"{_NOBODY}: everybody concerned {verb}."
    verb = "New to" if direction is Direction.GAIN else "No longer with"
    return f"{verb} people with job code {listed([f'{code} ({names.job_code(code)})' for code in codes])}."


def _clients(
    system: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    changes: list[Change],
    base: View,
    head: View,
    names: Names,
) -> Sentence:
    subjects = sorted({change.key.subject for change in changes})
    titles = [names.subject(subject, kind=False) for subject in subjects]
    who = (
        titles[0]
        if len(titles) == 1
        else counted(len(titles), "role or program").replace("role or programs", "roles and programs")
    )
    one = len(titles) == 1
    data = {item for change in changes for item in (change.after or change.before).data}
    parts: list[str] = []
    if added:
        verb = "now reaches" if one else "now reach"
        parts.append(f"{verb} {listed([names.title('client', item) for item in added])}")
    if removed:
        verb = "no longer reaches" if one else "no longer reach"
        parts.append(f"{verb} {listed([names.title('client', item) for item in removed])}")
    text = f"{who} {' and '.join(parts)} in {names.title('system', system)} ({data_words(data)})"
    direction = Direction.GAIN if added else Direction.LOSS
    place = place_of(changes[0], base, head)
    detail = () if one else (f"{listed(titles, 40)}.",)
    return Sentence(Topic.ACCESS, direction, text, place, tuple(changes), detail)


def _nature(entitlement: str, changes: list[Change], base: View, head: View, names: Names) -> Sentence:
    old, new = changes[0].before, changes[0].after
    what = f"{names.title('system', entitlement.split('/')[0])}: {names.entitlement(entitlement)}"
    parts: list[str] = []
    direction = changes[0].direction
    added, dropped = _delta(old.data, new.data)
    if _classified_lower(added, dropped):
        direction = Direction.WEAKER
        less = f"is declared as {data_words(new.data) or 'without data'}, no longer as {data_words(dropped)}"
        parts.append(f"{less}: who had the access keeps it, with less protection")
    elif old.data != new.data:
        parts.append(f"reaches {data_words(new.data) or 'no data'} (was: {data_words(old.data) or 'none'})")
    if old.risks != new.risks:
        parts.append(f"is tagged {listed(new.risks) or 'harmless'} (was: {listed(old.risks) or 'harmless'})")
    holders = [names.subject(change.key.subject, kind=False) for change in changes]
    text = f"{what} {' and '.join(parts)}; {counted(len(holders), 'holder')}"
    return Sentence(
        Topic.ACCESS,
        direction,
        text,
        place_of(changes[0], base, head),
        tuple(changes),
        (f"{listed(holders, 40)}.",),
    )


def _classified_lower(added: tuple[str, ...], dropped: tuple[str, ...]) -> bool:
    """Whether the most sensitive class that differs is one that the same access no longer declares."""
    order = [item.value for item in DataClass]
    return bool(dropped) and min(map(order.index, dropped)) < min(map(order.index, added), default=len(order))


def _terms(change: Change, base: View, head: View, names: Names) -> Sentence:
    old, new = change.before, change.after
    what = f"{names.title('system', change.key.aspect.split('/')[0])}: {names.entitlement(change.key.aspect)}"
    parts: list[str] = []
    if old.way != new.way:
        words = {
            "job-code": "to everybody with the job code",
            "request": "on request",
            "administrator": "by assignment",
        }
        parts.append(f"given {words.get(new.way, new.way)} (was: {words.get(old.way, old.way)})")
    if old.scope != new.scope:
        words = {"all": "all clients", "assigned": "assigned clients only", "none": "no client"}
        parts.append(f"for {words[new.scope]} (was: {words[old.scope]})")
    added, removed = _delta(old.clients, new.clients)
    if added:
        parts.append(f"with {listed([names.title('client', item) for item in added])}")
    if removed:
        parts.append(f"without {listed([names.title('client', item) for item in removed])}")
    if old.until != new.until:
        parts.append(f"until {new.until or 'further notice'} (was: {old.until or 'without an end'})")
    if old.data != new.data:
        parts.append(f"reaching {data_words(new.data)} (was: {data_words(old.data)})")
    who = names.subject(change.key.subject, kind=False)
    text = f"{who} keeps {what}, {'; '.join(parts)}"
    return Sentence(Topic.ACCESS, change.direction, text, place_of(change, base, head), (change,))
