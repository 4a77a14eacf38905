"""A report as headings and points: what the terminal, the comment and the other formats show alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from billing_identity.review.diff.model import TITLES, Direction, Place, Sentence, Topic
from billing_identity.review.diff.names import counted, listed, short
from billing_identity.review.diff.report import Report
from billing_identity.review.diff.resources import FATES, ResourceChange
from billing_identity.review.plan import plural
from billing_identity.roles.problems import Location, Problem

LONGEST = 1_200
"""Characters of the longest point."""


@dataclass(frozen=True)
class Point:
    """One point: `mark` is a word in front of it (`Blocks`, `Gain`, `Weaker`, ...), `rule` its id in formats
    that have one."""

    text: str
    mark: str
    rule: str
    place: Place
    detail: tuple[str, ...] = ()
    blocks: bool = False
    widens: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its points; `minor` ones are folded away where that is possible."""

    title: str
    points: tuple[Point, ...]
    minor: bool = False


_MARKS = {
    Direction.GAIN: "Gain",
    Direction.LOSS: "Loss",
    Direction.WEAKER: "Weaker",
    Direction.STRONGER: "Stronger",
    Direction.CHANGED: "Changed",
}
_NOWHERE = Place(Location("access-policy.yaml"))
_NOBODY = "Access that no person gains or loses by it"
_MINOR = (Topic.OTHER, Topic.WORDING)


def headline(report: Report) -> str:
    """The verdict in a sentence."""
    if report.only_resources:
        moved = len(report.resources or ())
        text = f"{counted(moved, 'resource')} would change" if moved else "No resource changes"
    elif not report.access_changes:
        text = "No access changes"
    else:
        counts = report.counts()
        words = {
            Direction.GAIN: "gained",
            Direction.LOSS: "lost",
            Direction.WEAKER: "weaker",
            Direction.STRONGER: "stronger",
            Direction.CHANGED: "changed",
        }
        text = ", ".join(f"{counts[item]} {word}" for item, word in words.items() if counts[item])
    if report.blocking:
        return f"{text}; blocked by {counted(report.blocking, 'finding')}"
    return text


def explanations(report: Report) -> Iterator[str]:
    """What a reader must know before the rest: a base that did not load whole, sides judged by two days."""
    if report.base.skipped:
        first = report.base.skipped[0]
        what = f"what {counted(len(report.base.unread), 'file')} of it should say counts as new"
        faults = counted(len(report.base.skipped), "fault")
        yield (
            f"The base does not load whole ({faults}, first {first.location}: {short(first.message)}); {what}"
        )
    if report.settings.base_as_of != report.settings.as_of:
        yield f"The base is judged as of {report.settings.base_as_of}, the head as of {report.settings.as_of}"
    if not report.only_resources and not report.access_changes and not report.unchanged:
        if report.renames:
            yield f"{counted(len(report.renames), 'rename')}, and nobody gains or loses anything by it"
        else:
            yield "The files differ, and nobody gains or loses anything by it"
        lost = sum(len(items) for items in losses(report))
        if lost:
            yield (
                f"The access stays the same, but {counted(lost, 'resource')} behind it would be deleted, "
                "replaced or left unprotected: expect an interruption while they are made anew"
            )


def sections(report: Report) -> list[Section]:
    """All sections in order; empty ones are left out."""
    found = [
        Section("Findings that this change brings", tuple(_finding(item) for item in report.findings)),
        Section("Approvals that are missing", tuple(_missing(report))),
    ]
    for topic in Topic:
        said = [item for item in report.sentences if item.topic is topic]
        points = tuple(_point(item) for item in said if not item.nobody)
        found.append(Section(TITLES[topic], points, topic in _MINOR))
        found.append(Section(_NOBODY, tuple(_point(item) for item in said if item.nobody), True))
    found.append(Section("Conflicts that were there before", tuple(map(_conflict, report.conflicts)), True))
    found.append(Section("Findings that this change resolves", tuple(map(_resolved, report.resolved)), True))
    found.append(Section("Renamed", tuple(_renames(report)), True))
    found += _resources(report)
    return [section for section in found if section.points]


def _point(item: Sentence) -> Point:
    return Point(
        short(item.text, LONGEST),
        "Blocks" if item.blocks else _MARKS[item.direction],
        f"{item.topic.value}/{item.direction.value}",
        item.place,
        tuple(short(line, LONGEST) for line in item.detail),
        item.blocks,
        item.direction.widens,
    )


def _finding(problem: Problem) -> Point:
    return Point(
        short(problem.message, LONGEST),
        "Blocks",
        problem.code,
        Place(problem.location),
        (
            f"Instead: {short(problem.remedy, LONGEST)}",
            *([", ".join(problem.citations)] if problem.citations else []),
        ),
        True,
        True,
    )


def _resolved(problem: Problem) -> Point:
    return Point(short(problem.message, LONGEST), "Resolved", problem.code, Place(problem.location, "base"))


def _conflict(problem: Problem) -> Point:
    state = (
        f"lifted by {problem.lifted_by}"
        if problem.lifted_by
        else "open"
        if problem.blocks
        else "acknowledged"
    )
    text = f"{short(problem.message, LONGEST)} ({state})"
    return Point(text, "Known", problem.code, Place(problem.location))


def _missing(report: Report) -> Iterator[Point]:
    for item in report.missing:
        text = f"{item.title} ({item.role}) has not approved: {listed(item.reasons)}"
        yield Point(text, "Blocks", "approval-missing", _NOWHERE, (), True, True)


def _renames(report: Report) -> Iterator[Point]:
    for kind, old, new in report.renames:
        yield Point(f"{kind} {old} is now {new}", "Renamed", "rename", _place(report, f"{kind}:{new}"))


def _place(report: Report, subject: str) -> Place:
    kind, _, name = subject.partition(":")
    if kind == "entitlement":
        kind, name = "system", name.split("/", 1)[0]
    for side, label in ((report.head, "head"), (report.base, "base")):
        if side.catalogue is not None and (kind, name) in side.catalogue.trees:
            return Place(side.catalogue.trees[(kind, name)].locate(()), label)
    return _NOWHERE


_OPERATIONS = {
    "create": "is created",
    "update": "is updated",
    "replace": "is replaced",
    "delete": "is deleted",
    "unprotect": "is no longer protected",
}


def resource_counts(report: Report) -> str:
    """Numbers of resources by what happens to them."""
    counts = Counter(item.operation for item in report.resources or ())
    words = {"create": "to create", "update": "to update", "replace": "to replace", "delete": "to delete"}
    words["unprotect"] = "to leave unprotected"
    return ", ".join(f"{counts[key]:,} {word}" for key, word in words.items() if counts[key])


def losses(report: Report) -> list[tuple[ResourceChange, ...]]:
    """Resources that are deleted, replaced or left unprotected, those of one thing together."""
    groups: dict[tuple[object, ...], list[ResourceChange]] = {}
    for item in report.resources or ():
        if item.operation in FATES:
            key = (
                not item.blocks,
                item.operation,
                item.guard,
                item.catalogue_id,
                item.lifted_by,
                item.replaces,
            )
            groups.setdefault(key, []).append(item)
    return [tuple(groups[key]) for key in sorted(groups, key=repr)]


def _resources(report: Report) -> Iterator[Section]:
    rest = [item for item in report.resources or () if item.operation not in FATES]
    lost = tuple(_loss(report, items) for items in losses(report))
    yield Section("Resources deleted, replaced or left unprotected", lost)
    yield Section("Resources created or updated", tuple(_resource(report, item) for item in rest), True)


def _loss(report: Report, items: tuple[ResourceChange, ...]) -> Point:
    first = items[0]
    if len(items) == 1:
        return _resource(report, first)
    kinds = Counter((item.provider, item.kind) for item in items)
    kind, _, name = first.catalogue_id.partition(":")
    of = f" of {'the access policy' if kind == name == 'access-policy' else f'{kind} {name}'}" if kind else ""
    verb = _OPERATIONS[first.operation].replace("is ", "are ", 1)
    text = f"{counted(len(items), 'resource')}{of} {verb}"
    if first.operation == "replace":
        text += f" because {listed(first.replaces)} changes"
    text += f": {listed([_many(number, *kind) for kind, number in kinds.most_common()], 8)}"
    single = _resource(report, first)
    names = f"Names: {listed(sorted({short(item.name) for item in items}), 100)}"
    return replace(
        single, text=short(text + _guard(first), LONGEST), detail=(*single.detail, short(names, 4_000))
    )


def _many(number: int, provider: str, kind: str) -> str:
    return f"{number} {provider} {plural(kind, number)}"


def _guard(item: ResourceChange) -> str:
    guarded = f"; guarded as {item.guard}" if item.guard else ""
    return guarded + (f"; allowed by exception {item.lifted_by}" if item.lifted_by else "")


def _resource(report: Report, item: ResourceChange) -> Point:
    text = f"{item.provider} {item.kind} {short(item.name)} {_OPERATIONS[item.operation]}"
    if item.operation == "replace":
        text += f" because {listed(item.replaces)} changes"
    elif item.operation == "update":
        text += f": {listed(item.properties)}"
    text += _guard(item)
    rule = FATES.get(item.operation, f"resource-{item.operation}")
    mark = "Blocks" if item.blocks else item.operation.capitalize()
    detail: tuple[str, ...] = ()
    if item.blocks:
        subject = item.catalogue_id or item.urn
        detail = (f"Instead: keep it, or record a dated exception for rule {rule}, subject {short(subject)}",)
    place = _place(report, item.catalogue_id) if item.catalogue_id else _NOWHERE
    return Point(text, mark, rule, place, detail, item.blocks, item.blocks)
