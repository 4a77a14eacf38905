"""What the configuration of a run weakens: said out loud in every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from billing_identity.policies.framework.exceptions import idle
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.settings import PackSettings
from billing_identity.roles.model.catalogue import Catalogue


@dataclass(frozen=True)
class Lowered:
    """A rule that the configuration asks to make weaker. `kept`: it may not, and runs as ever."""

    rule: str
    from_: Level
    to: Level
    kept: bool

    def __str__(self) -> str:
        return f"{self.rule}: {self.how}"

    @property
    def how(self) -> str:
        """What becomes of the level."""
        if self.kept:
            return f"stays {self.from_}, can't be lowered to {self.to}"
        return f"{self.from_} lowered to {self.to}"


def level_lines(lowered: Sequence[Lowered]) -> Iterator[str]:
    """A line for each kind of lowering with the rules that it befalls; those that stay as they are first."""

    def order(item: Lowered) -> tuple[bool, str, str]:
        return (not item.kept, item.how, item.rule)

    for how, group in groupby(sorted(lowered, key=order), key=lambda item: item.how):
        names = [item.rule for item in group]
        yield f"{how}: {_counted(names)}"


def setting_lines(settings: PackSettings, catalogue: Catalogue | None, today: date) -> Iterator[str]:
    """A line for each setting that lets something pass which would not without it."""
    for label, groups in (
        ("declared break-glass groups", settings.break_glass_groups),
        ("declared administrators' groups", settings.administrator_groups),
    ):
        for provider, names in (("Okta", groups.okta), ("Entra", groups.entra)):
            if names:
                yield f"{label} in {provider}: {_counted(names)}"
    usual = {*type(settings)().preproduction}
    more = sorted({*settings.preproduction} - usual)
    if more:
        yield f"counted as preproduction: {_counted(more)}"
    if not settings.production:
        yield f"environment {settings.environment} is preproduction: policies may be report-only"
    if settings.declared_keys:
        yield f"declared keys: {_counted(settings.declared_keys)}"
    if settings.trusted_accounts:
        yield f"trusted accounts and organisations: {_counted(settings.trusted_accounts)}"
    others = settings.other_programs
    for label, named in (("applications", others.applications), ("groups", others.groups)):
        if named:
            told = (f"{id_} is {name}" for id_, name in sorted(named.items()))
            yield f"{label} of other programs: {_counted(told)}"
    if settings.day != today:
        yield f"dates are judged by {settings.day} (`asOf`), exceptions by that day and by {today} together"
    for record in settings.exceptions:
        why = idle(record, settings, catalogue, today)
        what = f"exception {record.id} for {record.lifts.rule}, {record.lifts.subject}"
        yield f"{what}: {why}, lifts nothing" if why else f"{what}: holds until {record.expires}"


def _counted(names: Iterable[str]) -> str:
    listed = list(names)
    return f"{', '.join(listed)} ({len(listed)})" if len(listed) > 1 else listed[0]
