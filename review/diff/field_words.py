"""Changes of everything but access in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from billing_identity.review.diff.direction import field_of
from billing_identity.review.diff.incident_words import effects
from billing_identity.review.diff.model import Change, Direction, Sentence, Topic, Value
from billing_identity.review.diff.names import Names, counted, data_words, listed, short
from billing_identity.review.diff.places import place_of
from billing_identity.review.diff.sign_in_words import SignInWords
from billing_identity.review.diff.state import View

_ENDINGS = {
    Direction.WEAKER: "weaker",
    Direction.STRONGER: "stronger",
}


class FieldWords:
    """Puts changes of fields, holders, states and conflicts into words."""

    def __init__(self, base: View, head: View, names: Names) -> None:
        self.base, self.head, self.names = base, head, names
        self.sign_in = SignInWords(base, head, names)

    def sentence(self, change: Change) -> Sentence:
        """One change in a sentence."""
        special: Mapping[str, Callable[[Change], tuple[str, tuple[str, ...]]]] = {
            "holder": self._holder,
            "conflict": self._conflict,
            "status": self._status,
            "entity": self._entity,
            "field": self._field,
        }
        text, detail = special[change.key.family](change)
        blocks = change.key.family == "conflict" and change.after == "open"
        place = place_of(change, self.base, self.head)
        return Sentence(change.topic, self._direction(change), text, place, (change,), detail, blocks)

    def _direction(self, change: Change) -> Direction:
        if change.key.aspect == "tier" and change.key.subject.startswith("system:"):
            return self.sign_in.steps(change)[0]
        if change.key.family == "entity" and change.topic is Topic.CLIENTS:
            return Direction.CHANGED
        if change.key.family == "entity" and change.key.subject.startswith("service-account:"):
            return Direction.GAIN if change.after is not None else Direction.LOSS
        return change.direction

    def _holder(self, change: Change) -> tuple[str, tuple[str, ...]]:
        role = change.key.subject.partition(":")[2]
        title, code = self.names.role(role), change.key.aspect
        people = f"People with job code {code} ({self.names.job_code(code)})"
        gained = change.after is not None
        way = str(change.after if gained else change.before)
        verb = {
            ("job-code", True): "now have",
            ("job-code", False): "no longer have",
        }.get((way, gained), "may now ask for" if gained else "may no longer ask for")
        held = (self.head if gained else self.base).held(role)
        systems = sorted({item.system for item in held.values()})
        where = listed([self.names.title("system", item) for item in systems])
        reach = f": {counted(len(held), 'entitlement')} in {where}"
        return f"{people} {verb} the role {title}{reach if held else ''}", ()

    def _conflict(self, change: Change) -> tuple[str, tuple[str, ...]]:
        who = self.names.subject(change.key.subject)
        who = who[0].upper() + who[1:]
        rule = f"“{self.names.rule(change.key.aspect)}” ({change.key.aspect})"
        view = self.head if change.after is not None else self.base
        messages = tuple(
            problem.message
            for problem in view.problems
            if problem.code == change.key.aspect and problem.subject == change.key.subject
        )
        if change.after is None:
            return f"Conflict resolved: {who} no longer reaches both sides of {rule}", ()
        verdict = str(change.after)
        state = {
            "open": "nothing lifts it",
            "on request, acknowledged": "complete only by a request; the approver is shown it",
        }.get(verdict, verdict)
        if (change.key.aspect, change.key.subject) in self.head.disarmed:
            taken = "This change takes away the rule, or the risk tag, by which the base sees the conflict."
            messages = (taken, *messages)
        if change.before is None:
            return f"New conflict: {who} would hold both sides of {rule}; {state}", messages
        return f"Conflict of {who} with {rule}: {state} (was: {change.before})", messages

    def _status(self, change: Change) -> tuple[str, tuple[str, ...]]:
        kind, _, name = change.key.subject.partition(":")
        if kind == "vendor":
            return self._agreement(change, name)
        record = self.names.entity("exception", name)
        what = self._lifted(record)
        old, new = change.before, change.after
        terms = (
            f"Reason: {short(record.reason, 400)}",
            f"Meanwhile: {short(record.compensating_control, 400)}",
        )
        if new == "in force" and old is None:
            approver = self.names.role(record.approver)
            until = f"until {record.expires}, approved by {approver} on {record.approved} ({record.ticket})"
            return f"Exception opened: {what}, {until}", terms
        if new is None:
            return f"Exception removed: {what} (was: {old})", ()
        if new == "expired":
            return f"Exception expired on {record.expires}: {what}", ()
        if new == "in force":
            return f"Exception in force again until {record.expires}: {what}", terms
        words = {
            "void": "does not hold: approver, term or subject is not allowed",
            "not yet": f"starts on {record.approved}",
            "elsewhere": f"holds only in {listed(record.lifts.environments)}",
        }
        return f"Exception {name}: {what} {words.get(str(new), str(new))}", terms

    def _lifted(self, record: Any) -> str:  # noqa: ANN401 - an ExceptionRecord
        return f"{record.lifts.rule} is lifted for {self.names.subject(record.lifts.subject)}"

    def _agreement(self, change: Change, vendor: str) -> tuple[str, tuple[str, ...]]:
        entity = self.names.entity("vendor", vendor)
        title = self.names.title("vendor", vendor)
        if change.after is None or entity.baa is None:
            return f"Vendor {title}: business associate agreement gone (was: {change.before})", ()
        systems = [
            self.names.title("system", system.id)
            for system in (self.head.catalogue.systems.values() if self.head.catalogue else ())
            if system.vendor == vendor
        ]
        behind = f"; behind it: {listed(systems)}" if systems else ""
        ends, grace = entity.baa.expires, entity.baa.grace_days
        words = {
            "in force": f"agreement in force until {ends}",
            "in grace": f"agreement ended on {ends}; access is withdrawn {grace} days later",
            "lapsed": f"agreement lapsed on {ends}, grace over: access to its systems is withdrawn",
        }
        was = f" (was: {change.before})" if change.before is not None else ""
        return f"Vendor {title}: {words[str(change.after)]}{was}{behind}", ()

    def _entity(self, change: Change) -> tuple[str, tuple[str, ...]]:
        kind, _, name = change.key.subject.partition(":")
        subject, new = self.names.subject(change.key.subject), change.after is not None
        entity = self.names.entity(kind, name)
        text = f"New {subject}" if new else f"{subject[0].upper()}{subject[1:]} is removed"
        if not new or entity is None:
            return text, ()
        extra: list[str] = []
        if kind == "role":
            codes = [f"{code} ({self.names.job_code(code)})" for code in entity.job_codes]
            if entity.request is not None:
                approvers = listed([self.names.role(item) for item in entity.request.approvers])
                extra.append(
                    f"on request by {listed(entity.request.eligible)}, at most "
                    f"{entity.request.max_hours} hours, approved by {approvers}"
                )
            elif codes:
                extra.append(f"for job code {listed(codes)}")
            extra.append(f"risk {entity.risk.value}" + (", privileged" if entity.privileged else ""))
        elif kind == "system":
            extra.append(
                f"sign-in tier {self.names.tier(entity.tier)}, approver {self.names.role(entity.approver)}"
            )
            if entity.vendor is not None:
                extra.append(f"vendor {self.names.title('vendor', entity.vendor)}")
        elif kind == "client":
            systems = listed([self.names.title("system", item) for item in entity.systems])
            extra.append(f"{entity.covered_entity}, {entity.status}, served in {systems}")
        elif kind == "vendor":
            baa = entity.baa
            extra.append(
                f"agreement until {baa.expires}" if baa is not None else "no business associate agreement"
            )
        elif kind == "service-account":
            extra.append(f"scopes {listed(entity.scopes)}")
            system = self.names.entity("system", entity.system)
            if system is not None:
                clients = self.head.clients_by_system.get(entity.system, ())
                reach = f"reaches {short(system.title)} ({data_words(system.data_classes)})"
                extra.append(reach + (f", for {counted(len(clients), 'client')}" if clients else ""))
        elif kind == "incident":
            extra += effects(entity, self.names)
        if getattr(entity, "owner", None) is not None:
            extra.append(f"owner {self.names.role(entity.owner)}")
        return f"{text}: {'; '.join(extra)}" if extra else text, ()

    def _field(self, change: Change) -> tuple[str, tuple[str, ...]]:
        kind, _, name = change.key.subject.partition(":")
        path = change.key.aspect
        if kind == "system" and path == "tier":
            return self.sign_in.words(change, name)
        if kind == "exception" and path == "expires" and None not in (change.before, change.after):
            record = self.names.entity("exception", name)
            verb = "extended" if change.direction is Direction.WEAKER else "shortened"
            return f"Exception {verb} to {change.after} (was: {change.before}): {self._lifted(record)}", ()
        what = f"{self._label(kind, path)}"
        subject = self.names.subject(change.key.subject)
        subject = subject[0].upper() + subject[1:]
        if path.endswith("."):
            verb = "added" if change.after is not None else "removed"
            return f"{subject}: {what} {verb}", ()
        old, new = self._value(kind, path, change.before), self._value(kind, path, change.after)
        if change.topic is Topic.WORDING:
            return f"{subject}: {what} reworded", (f"Was: {short(old, 300)}", f"Is: {short(new, 300)}")
        if delta := _delta(change.before, change.after):
            return f"{subject}: {what} {delta}" + self._ending(change), ()
        colon = ":" if isinstance(change.after, bool) else ""
        text = f"{subject}: {what}{colon} {short(new)} (was: {short(old)})"
        detail: tuple[str, ...] = ()
        if kind == "access-policy" and path.startswith("tiers."):
            detail = (self._systems_of_tier(path.split(".")[1]),)
        return text + self._ending(change), detail

    @staticmethod
    def _ending(change: Change) -> str:
        return f", {_ENDINGS[change.direction]}" if change.direction in _ENDINGS else ""

    def _systems_of_tier(self, tier: str) -> str:
        catalogue = self.head.catalogue or self.base.catalogue
        systems = [s.title for s in catalogue.systems.values() if s.tier == tier] if catalogue else []
        return f"Signs in to: {listed([short(item) for item in systems], 40) or 'no system'}."

    def _label(self, kind: str, path: str) -> str:
        """What people call a field: the entry it belongs to, then its label or its name in words."""
        found = field_of(kind, path)
        steps = path.removesuffix(".").split(".")
        label = found.label if found is not None and found.label else ""
        last = steps[-1].replace("_", " ").replace("-", " ")
        if path.endswith("."):
            return f"{label or (steps[0] if len(steps) > 1 else '')} {self._entry(kind, steps)}".strip()
        owner = self._entry(kind, steps[:-1]) if len(steps) > 1 else ""
        return f"{owner}: {label or last}" if owner else label or last

    def _entry(self, kind: str, steps: list[str]) -> str:
        if kind == "access-policy" and steps[:1] == ["tiers"] and len(steps) > 1:
            return f"tier “{self.names.tier(steps[1])}”"
        if kind == "access-policy" and steps[:1] == ["separation_of_duties"] and len(steps) > 1:
            return f"rule “{self.names.rule(steps[1])}”"
        words = [re.sub(r"[_-]", " ", step) for step in steps]
        return short(" ".join(words))

    def _value(self, kind: str, path: str, value: Value) -> str:
        if value is None:
            return "none"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return listed([str(item) for item in value], 12) or "none"  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
        found = field_of(kind, path)
        topic = found.topic if found is not None else None
        if topic is Topic.RESPONSIBLE and isinstance(value, str):
            return self.names.role(value)
        unit = found.unit if found is not None else ""
        return f"{value} {unit}".strip()


def _delta(before: Value, after: Value) -> str:
    """What comes and goes in a list; "" for values that are no lists, or that differ in order alone."""
    if not isinstance(before, tuple) or not isinstance(after, tuple):
        return ""
    olds, news = cast("tuple[str, ...]", before), cast("tuple[str, ...]", after)
    words = (
        ("adds", [item for item in news if item not in olds]),
        ("drops", [item for item in olds if item not in news]),
    )
    return ", ".join(f"{verb} {short(listed(items, 12))}" for verb, items in words if items)
