"""How a sentence calls things: titles for ids, short lists, days and clients in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from billing_identity.review.diff.renames import KINDS
from billing_identity.review.diff.state import View
from billing_identity.roles.model.vocabulary import DataClass

LONGEST = 160
"""Characters of the longest name in a sentence; titles have 80 at most, names of resources any number."""

_KIND_WORDS = {
    "access-policy": "access policy",
    "incident-plan": "incident plan",
    "service-account": "service account",
    "job-code": "job code",
    "break-glass-use": "break-glass use",
}


def short(text: str, most: int = LONGEST) -> str:
    """A text on one line, cut where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names joined by commas; of many the first ones and how many more."""
    found = list(names)
    if len(found) <= most + 1:
        return ", ".join(found)
    return f"{', '.join(found[:most])} and {len(found) - most} more"


def counted(number: int, word: str) -> str:
    """`1 role`, `2 roles`, `3 entities`."""
    if number == 1:
        return f"1 {word}"
    return f"{number:,} {word[:-1]}ies" if word.endswith("y") else f"{number:,} {word}s"


def data_words(classes: Iterable[str]) -> str:
    """Data classes as people write them, ePHI first."""
    order = [item.value for item in DataClass]
    spelt = {"ephi": "ePHI", "pii": "PII"}
    return ", ".join(spelt.get(name, name) for name in sorted(set(classes), key=order.index))


class Names:
    """Titles of two catalogues; the head's come first, the base's serve for what is gone."""

    def __init__(self, base: View, head: View) -> None:
        self._views = (head, base)

    def entity(self, kind: str, name: str) -> Any:  # noqa: ANN401 - each kind has its own model
        """The entity of either catalogue, the head's first; None when there is none."""
        attribute = KINDS.get(kind)
        for view in self._views:
            if view.catalogue is None:
                continue
            if attribute is None:
                return getattr(view.catalogue, kind.replace("-", "_"), None)
            table = cast("Mapping[str, Any]", getattr(view.catalogue, attribute))
            if name in table:
                return table[name]
        return None

    def title(self, kind: str, name: str) -> str:
        """An entity's title, or its id where it has none."""
        return short(str(getattr(self.entity(kind, name), "title", name)))

    def subject(self, subject: str, *, kind: bool = True) -> str:
        """`Role Payment Poster`, `Access policy`; without `kind` just the title."""
        what, _, name = subject.partition(":")
        word = _KIND_WORDS.get(what, what)
        if what in ("access-policy", "incident-plan", "organisation"):
            return word.capitalize()
        if what == "job-code":
            return f"people with job code {name} ({self.job_code(name)})"
        title = self.title(what, name)
        return f"{word} {title}" if kind else title

    def job_code(self, code: str) -> str:
        """A job code's title."""
        for view in self._views:
            if view.catalogue is not None and code in view.catalogue.access_policy.hr.job_codes:
                return short(view.catalogue.access_policy.hr.job_codes[code])
        return code

    def role(self, name: str) -> str:
        """A role's title."""
        return self.title("role", name)

    def entitlement(self, reference: str) -> str:
        """Title of an entitlement, without its system."""
        system, _, name = reference.partition("/")
        for view in self._views:
            found = view.catalogue.systems.get(system) if view.catalogue is not None else None
            if found is not None and name in found.entitlements:
                return short(found.entitlements[name].title)
        return name

    def tier(self, name: str) -> str:
        """Title of an assurance tier."""
        for view in self._views:
            if view.catalogue is not None and name in view.catalogue.access_policy.tiers:
                return short(view.catalogue.access_policy.tiers[name].title)
        return name

    def rule(self, name: str) -> str:
        """Title of a separation-of-duties rule."""
        for view in self._views:
            if view.catalogue is not None:
                for rule in view.catalogue.access_policy.separation_of_duties:
                    if rule.id == name:
                        return short(rule.title)
        return name
