"""Writes statements and refuses those that rest on nothing or on something that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from billing_identity.policies.framework.registry import rules
from billing_identity.review.documents.model import Basis, Row, Section, Statement, Table
from billing_identity.roles.checks import known_codes
from billing_identity.roles.citations.registry import citation
from billing_identity.roles.model.catalogue import Catalogue

Ids = Sequence[str]

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z{])")


@dataclass(frozen=True)
class Grounds:
    """What the company's documents can rest on.

    `resources` maps each Pulumi type that the program declares to its resources: name to inputs, as text.
    A statement whose resource is not declared (another licence, a layer left out) falls back on the person
    named in `otherwise`, so that no document claims what this company does not have.
    """

    catalogue: Catalogue
    as_of: date
    environment: str
    resources: Mapping[str, Mapping[str, str]]


class Writer:
    """Makes statements, rows and sections for one company.

    Every id is looked up: LookupError for a rule, check, role or citation that does not exist.
    """

    def __init__(self, grounds: Grounds) -> None:
        self.catalogue = grounds.catalogue
        self.policy = grounds.catalogue.access_policy
        self.as_of = grounds.as_of
        self.environment = grounds.environment
        self._resources = grounds.resources
        self._rules = {rule.id: rule for rule in rules()}
        self._codes = known_codes(grounds.catalogue)

    def title(self, role: str) -> str:
        """Title of a role."""
        return self.catalogue.roles[role].title

    def titles(self, roles: Iterable[str], joint: str = ", ") -> str:
        """Titles of roles."""
        return joint.join(self.title(role) for role in roles)

    def job_titles(self, codes: Iterable[str]) -> str:
        """Titles of job codes."""
        return ", ".join(self.policy.hr.job_codes[code] for code in codes)

    def declares(self, kind: str, part: str = "", holding: str = "") -> bool:
        """Whether the program declares such a resource.

        `part`: words that its name holds; `holding`: text that its inputs hold, such as a property's name.
        """
        return any(
            (not part or f"-{part}-" in f"-{name}-") and holding in inputs
            for name, inputs in self._resources.get(kind, {}).items()
        )

    def bases(
        self,
        *,
        resources: Ids = (),
        rules: Ids = (),
        checks: Ids = (),
        people: Ids = (),
        otherwise: str | None = None,
    ) -> tuple[Basis, ...]:
        """What holds of these for this company.

        A resource (`type`, or `type@text` for one whose inputs hold the text) counts where it is declared, a
        rule where something that it judges is. Where nothing is left, `otherwise` (a role's id) must do it.
        """
        split = [resource.partition("@") for resource in resources]
        found = [Basis("resource", kind) for kind, _, text in split if self.declares(kind, holding=text)]
        found += [Basis("rule", rule) for rule in rules if self._applies(rule)]
        for code in checks:
            if code not in self._codes:
                raise LookupError(f"no check reports `{code}`")
            found.append(Basis("check", code))
        found += [Basis("person", role, self.title(role)) for role in people]
        if not found and otherwise is not None:
            found.append(Basis("person", otherwise, self.title(otherwise)))
        return tuple(dict.fromkeys(found))

    def _applies(self, rule: str) -> bool:
        types: tuple[str, ...] = getattr(self._rules[rule], "types", ())
        return any(self.declares(kind) for kind in types)

    def say(
        self,
        text: str,
        *,
        cite: Ids = (),
        resources: Ids = (),
        rules: Ids = (),
        checks: Ids = (),
        people: Ids = (),
        otherwise: str | None = None,
    ) -> Statement:
        """One sentence; see `bases`. Raises ValueError when it would rest on nothing."""
        found = self.bases(
            resources=resources, rules=rules, checks=checks, people=people, otherwise=otherwise
        )
        return Statement(_one_line(text), found, _cited(cite))

    def quote(
        self, lead: str, text: str, *, cite: Ids = (), checks: Ids = (), people: Ids = ()
    ) -> tuple[Statement, ...]:
        """A text of the catalogue, sentence by sentence, each with the same basis.

        `lead` is put before the first one: `Seal: Two keys in bags.`
        """
        sentences = _SENTENCE.split(_one_line(text))
        return tuple(
            self.say(
                f"{lead}: {sentence}" if number == 0 and lead else sentence,
                cite=cite,
                checks=checks,
                people=people,
            )
            for number, sentence in enumerate(sentences)
        )

    def row(
        self,
        *cells: str,
        cite: Ids = (),
        resources: Ids = (),
        rules: Ids = (),
        checks: Ids = (),
        people: Ids = (),
        otherwise: str | None = None,
    ) -> Row:
        """One row; see `bases`. Empty cells read `none`."""
        found = self.bases(
            resources=resources, rules=rules, checks=checks, people=people, otherwise=otherwise
        )
        return Row(tuple(_one_line(cell) or "none" for cell in cells), found, _cited(cite))


def table(columns: Sequence[str], rows: Iterable[Row]) -> tuple[Table, ...]:
    """The table, or nothing where it would have no row."""
    found = tuple(rows)
    return (Table(tuple(columns), found),) if found else ()


def section(title: str, *blocks: Statement | Table | tuple[Statement, ...] | tuple[Table, ...]) -> Section:
    """A section from statements, tables, and tuples of either."""
    flat: list[Statement | Table] = []
    for block in blocks:
        if isinstance(block, tuple):
            flat += block
        else:
            flat.append(block)
    return Section(title, tuple(flat))


def sentence(text: str) -> str:
    """A catalogue text as the end of a sentence: no full stop twice."""
    return _one_line(text).rstrip(".")


def hours(count: int) -> str:
    """`4 hours`, `1 hour`, `10 days`: whole days from two days on."""
    if count % 24 == 0 and count >= 48:
        return f"{count // 24} days"
    return f"{count} hour{'s' if count != 1 else ''}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cited(ids: Ids) -> tuple[str, ...]:
    for item in ids:
        citation(item)
    return tuple(ids)
