"""Exceptions: which one lifts a finding, for whom, where and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.policies.framework.exceptions import exceptions_of, idle
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.rule import Finding, Rule
from billing_identity.policies.framework.settings import PackSettings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.naming import role_of_group


class Lifts:
    """The exceptions of a run, those of the catalogue and those of the pack's settings together."""

    def __init__(self, settings: PackSettings, catalogue: Catalogue | None, today: date) -> None:
        """`today` is the real day: an exception lifts only if it holds on that day and on the settings'."""
        self._by_rule: dict[str, dict[str, ExceptionRecord]] = {}
        for record in exceptions_of(settings, catalogue):
            if not idle(record, settings, catalogue, today):
                self._by_rule.setdefault(record.lifts.rule, {}).setdefault(record.lifts.subject, record)
        self._lifted: dict[str, dict[str, None]] = {}
        self._live_groups = catalogue.live_groups() if catalogue is not None else dict[str, str]()
        self._titles = (
            {system.title: system.id for system in catalogue.systems.values()}
            if catalogue
            else dict[str, str]()
        )

    def lifting(self, rule: Rule, finding: Finding, resource: ResourceView | None) -> ExceptionRecord | None:
        """The exception that lifts the finding, or None. An exception past its last day lifts nothing."""
        if not (rule.liftable and finding.liftable):
            return None
        records = {**self._by_rule.get(rule.id, {}), **self._by_rule.get(finding.code or rule.id, {})}
        if not records:
            return None
        subjects = set(finding.subjects)
        if finding.urn is not None:
            subjects.add(finding.urn)
        if resource is not None:
            subjects.update(self.subjects(resource))
        found = next((records[subject] for subject in sorted(subjects) if subject in records), None)
        if found is not None:
            urn = finding.urn or (resource.urn if resource is not None else "")
            self._lifted.setdefault(found.id, {})[urn] = None
        return found

    def lines(self) -> Iterator[str]:
        """Which resources each exception lifted up to now: a subject may stand for more than its approver
        thought of, for a tag and a label are whatever the program writes.
        """
        for name, urns in sorted(self._lifted.items()):
            listed = ", ".join(urn.rpartition("::")[2] or "the stack" for urn in urns)
            yield f"exception {name} lifts something on {len(urns)} resource{'s' * (len(urns) > 1)}: {listed}"

    def subjects(self, resource: ResourceView) -> Iterator[str]:
        """Catalogue ids and the URN by which an exception may name a resource.

        A resource tells its catalogue id by its `CatalogueId` tag, by a role group's name, or by an
        application's label that is a system's title.
        """
        yield resource.urn
        for path in ("tags.CatalogueId", "tagsAll.CatalogueId"):
            tag = _text(resource, path)
            if tag is not None:
                yield tag
        for path in ("name", "displayName", "label"):
            name = _text(resource, path)
            if name is None:
                continue
            role = self._live_groups.get(name) or role_of_group(name)
            if role is not None:
                yield f"role:{role}"
            if name in self._titles:
                yield f"system:{self._titles[name]}"


def _text(resource: ResourceView, path: str) -> str | None:
    try:
        return resource.text(path)
    except (UndecidedError, MalformedError):
        return None
