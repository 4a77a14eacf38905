"""What has changed is taught by a micro-lesson to those whom it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding, named, spoken
from billing_identity.roles.checks.reach import later, roles_by_system
from billing_identity.roles.model.base import Change, Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "micro-lesson"
TITLE = "A change is taught by a micro-lesson"
CITATIONS = ("164.308(a)(5)(ii)(A)", "164.530(b)(2)(i)(C)")
CODES = (ID, "micro-lesson-due")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Changes without a true micro-lesson, or with one that leaves people out; lessons now due."""
    changes: list[tuple[Entity, Change, tuple[str, ...] | None]] = []
    policy = catalogue.access_policy
    if policy.changed is not None:
        changes.append((policy, policy.changed, None))
    for role in catalogue.roles.values():
        if role.changed is not None:
            heirs = tuple(item.id for item in catalogue.roles.values() if role.id in item.inherits)
            changes.append((role, role.changed, heirs if role.abstract else (role.id,)))
    reached = roles_by_system(catalogue, as_of)
    for system in catalogue.systems.values():
        if system.changed is not None:
            changes.append((system, system.changed, reached.get(system.id, ())))
    for entity, change, concerned in changes:
        yield from _change(catalogue, entity, change, concerned, as_of)


def _change(
    catalogue: Catalogue, entity: Entity, change: Change, concerned: tuple[str, ...] | None, as_of: date
) -> Iterator[Problem]:
    lesson = catalogue.training[change.micro_lesson]
    path = ("changed", "micro_lesson")
    if lesson.form != "micro-lesson":
        yield finding(
            catalogue,
            entity,
            path,
            code=ID,
            message=f"`{lesson.id}` is a {lesson.form}; the change of {named(entity)} is taught by a "
            f"micro-lesson",
            remedy="name one, or write it",
            severity="input",
        )
        return
    everyone = lesson.audience == "everyone"
    left_out = [] if everyone else [role for role in concerned or () if role not in lesson.audience]
    if (concerned is None and not everyone) or left_out:
        yield finding(
            catalogue,
            entity,
            path,
            code=ID,
            message=f"the change of {named(entity)} concerns {spoken(left_out) or 'everyone'}, "
            f"whom micro-lesson `{lesson.id}` leaves out",
            remedy=f"widen the audience in training/{lesson.id}.yaml",
            citations=CITATIONS,
        )
    due = later(change.on, lesson.due_days)
    if change.on <= as_of <= due:
        whom = "everyone" if everyone else spoken(lesson.audience)
        yield finding(
            catalogue,
            entity,
            ("changed",),
            code="micro-lesson-due",
            message=f"{named(entity)} changed on {change.on}: micro-lesson `{lesson.id}` is due by "
            f"{due} for {whom}",
            remedy="see that it is assigned",
            severity="notice",
            citations=CITATIONS,
        )
