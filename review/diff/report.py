"""The whole comparison: changes, sentences, risk, approvals, findings, resources, verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from billing_identity.policies.framework.registry import rule_ids
from billing_identity.review.diff import guards
from billing_identity.review.diff.approvals import Required, required
from billing_identity.review.diff.compare import compare
from billing_identity.review.diff.departures import vanished
from billing_identity.review.diff.disarmed import conflicts_by_base
from billing_identity.review.diff.model import Change, Direction, Sentence, Topic
from billing_identity.review.diff.renames import find_renames, renamed
from billing_identity.review.diff.resources import ResourceChange
from billing_identity.review.diff.risk import Risk, risk_of, weighed
from billing_identity.review.diff.rollout import jumps, reopened
from billing_identity.review.diff.sentences import sentences
from billing_identity.review.diff.sources import Side
from billing_identity.review.diff.state import View
from billing_identity.review.exits import Exit
from billing_identity.roles.access import lineage
from billing_identity.roles.checks import run_checks
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem, sort_key


@dataclass(frozen=True)
class Settings:
    """By which day and in which environment each side is judged."""

    as_of: date
    base_as_of: date
    environment: str = "prod"


@dataclass(frozen=True)
class Report:
    """What a comparison found.

    `only_resources` is true when one side is a deployment file: there is no catalogue to compare. `unchanged`
    is true when nothing at all differs. `resources` is None when they were not compared, and `no_resources`
    then says why. `missing` are approvals that were asked for and not given; empty unless they were checked.
    """

    base: Side
    head: Side
    settings: Settings
    company: str = ""
    sentences: tuple[Sentence, ...] = ()
    renames: tuple[tuple[str, str, str], ...] = ()
    """(kind, old id, new id)."""
    approvals: tuple[Required, ...] = ()
    approvals_checked: bool = False
    findings: tuple[Problem, ...] = ()
    """Blocking findings of the head that the base does not have; separation of duties is in `sentences`."""
    resolved: tuple[Problem, ...] = ()
    conflicts: tuple[Problem, ...] = ()
    """Conflicts of separation of duties in both sides, open, acknowledged or lifted."""
    resources: tuple[ResourceChange, ...] | None = None
    no_resources: str = ""
    incomparable: bool = False
    """Whether they should have been compared and could not be: that blocks."""
    only_resources: bool = False
    risk: Risk = field(default_factory=lambda: Risk(0, "none", ()))

    @property
    def access_changes(self) -> tuple[Sentence, ...]:
        """Everything but wording."""
        return tuple(item for item in self.sentences if item.topic is not Topic.WORDING)

    @property
    def unchanged(self) -> bool:
        """Whether there is nothing to say at all."""
        same = not (self.sentences or self.renames or self.findings or self.resolved or self.resources)
        return same and not self.base.skipped and not self.incomparable

    @property
    def blocking_resources(self) -> tuple[ResourceChange, ...]:
        """Resources whose loss blocks."""
        return tuple(item for item in self.resources or () if item.blocks)

    @property
    def missing(self) -> tuple[Required, ...]:
        """Approvals that are needed and not given, when they were checked."""
        return tuple(item for item in self.approvals if not item.given_by) if self.approvals_checked else ()

    @property
    def blocking(self) -> int:
        """Number of things that block; resources of one thing with the same fate count once."""
        said = sum(item.blocks for item in self.sentences)
        lost = {
            (item.operation, item.guard, item.catalogue_id, item.replaces) for item in self.blocking_resources
        }
        return said + len(self.findings) + len(lost) + len(self.missing) + self.incomparable

    @property
    def exit_code(self) -> int:
        """1 when something blocks, 0 otherwise; 2 is for sides that can't be compared."""
        return Exit.BLOCKED if self.blocking else Exit.FINE

    def counts(self) -> dict[Direction, int]:
        """Number of sentences by direction, wording left out; what concerns no person counts as a change."""
        counted = Counter(
            Direction.CHANGED if item.nobody else item.direction for item in self.access_changes
        )
        return {direction: counted[direction] for direction in Direction}


def checked(catalogue: Catalogue, as_of: date, environment: str) -> tuple[Problem, ...]:
    """What the checks say of a catalogue; exceptions may also name the diff's own rules."""
    known = rule_ids() | guards.RULES
    return tuple(
        sorted(run_checks(catalogue, as_of, environment=environment, known_rules=known), key=sort_key)
    )


def views(base: Side, head: Side, settings: Settings) -> tuple[View, View, dict[tuple[str, str], str]]:
    """Both catalogues as views, the base under the head's names, and the names that changed."""
    names: dict[tuple[str, str], str] = {}
    old = base.catalogue
    if old is not None and head.catalogue is not None:
        names = find_renames(old, head.catalogue)
        old = renamed(old, names)

    def view(catalogue: Catalogue | None, as_of: date) -> View:
        problems = checked(catalogue, as_of, settings.environment) if catalogue is not None else ()
        return View(catalogue, as_of, settings.environment, problems)

    new = view(head.catalogue, settings.as_of)
    if old is not None and head.catalogue is not None:
        new = _rearmed(new, conflicts_by_base(old, head.catalogue, settings.as_of, settings.environment))
    before = view(old, settings.base_as_of)
    return replace(before, unread=_unread(old, base.unread)) if old is not None else before, new, names


def _unread(catalogue: Catalogue, files: frozenset[str]) -> frozenset[str]:
    """What the files declare, and the roles that inherit from a role among it."""
    found = {
        f"{kind}:{name}"
        for (kind, name), tree in catalogue.trees.items()
        if files and tree.locate(()).file in files
    }
    for role in catalogue.roles.values():
        above = {f"role:{name}" for name in lineage(catalogue, role.id)}
        if above & found:
            found.add(f"role:{role.id}")
    return frozenset(found)


def _rearmed(head: View, conflicts: Sequence[Problem]) -> View:
    """The head with the conflicts that only the base's rules and tags show."""
    known = {(problem.code, problem.subject) for problem in head.problems}
    added = [problem for problem in conflicts if (problem.code, problem.subject) not in known]
    disarmed = frozenset((problem.code, problem.subject) for problem in added)
    return replace(head, problems=(*head.problems, *added), disarmed=disarmed)


def reviewed(base: Side, head: Side, settings: Settings, deployment: Sequence[Sentence] = ()) -> Report:
    """Compares two catalogues; resources are added by `with_resources`. `deployment`: what is to be said of
    the settings beside them."""
    old, new, names = views(base, head, settings)
    changes = compare(old.state, new.state)
    said = tuple(weighed(item) for item in (*sentences(changes, old, new), *deployment))
    findings, resolved, conflicts = _findings(old, new)
    return Report(
        base,
        head,
        settings,
        company=new.catalogue.organisation.company if new.catalogue is not None else "",
        sentences=said,
        renames=tuple(
            (kind, before, after)
            for (kind, before), after in sorted(names.items())
            if not _implied(kind, before, after, names)
        ),
        approvals=required(said, old, new),
        findings=findings,
        resolved=resolved,
        conflicts=conflicts,
        risk=risk_of(said),
    )


def _implied(kind: str, before: str, after: str, names: Mapping[tuple[str, str], str]) -> bool:
    """Whether an entitlement only has another name because its system has."""
    system, _, name = before.partition("/")
    return kind == "entitlement" and f"{names.get(('system', system))}/{name}" == after


def access_changes(base: View, head: View) -> list[Change]:
    """The changes of access alone."""
    return [change for change in compare(base.state, head.state) if change.key.family == "access"]


def _findings(base: View, head: View) -> tuple[tuple[Problem, ...], tuple[Problem, ...], tuple[Problem, ...]]:
    rules = {
        rule.id
        for view in (base, head)
        if view.catalogue is not None
        for rule in view.catalogue.access_policy.separation_of_duties
    }

    def identity(problem: Problem) -> tuple[str, str, str]:
        return problem.code, problem.subject, problem.message

    def others(view: View) -> list[Problem]:
        return [problem for problem in view.problems if problem.blocks and problem.code not in rules]

    olds, news = ({identity(problem) for problem in others(view)} for view in (base, head))
    before = {(problem.code, problem.subject) for problem in base.problems if problem.code in rules}
    return (
        (
            *(problem for problem in others(head) if identity(problem) not in olds),
            *vanished(base.catalogue, head.catalogue),
            *jumps(base.catalogue, head.catalogue),
            *reopened(base.catalogue, head.catalogue, head.as_of, head.environment),
        ),
        tuple(problem for problem in others(base) if identity(problem) not in news),
        tuple(
            problem
            for problem in head.problems
            if problem.code in rules and (problem.code, problem.subject) in before
        ),
    )


def with_resources(report: Report, changes: Sequence[ResourceChange]) -> Report:
    """The report with the resources behind it."""
    done = replace(report, resources=tuple(changes))
    lost = len({(item.operation, item.guard, item.catalogue_id) for item in done.blocking_resources})
    return replace(done, risk=risk_of(report.sentences, lost), approvals=_for_losses(done))


def _for_losses(report: Report) -> tuple[Required, ...]:
    """The approvals, with the security officer's for a loss of guarded resources, blocked or lifted."""
    guarded = [item for item in report.resources or () if item.guard]
    catalogue = report.base.catalogue or report.head.catalogue
    if not guarded or catalogue is None:
        return report.approvals
    role, why = str(catalogue.access_policy.security_officer), "guarded resources are lost"
    found = {item.role: item for item in report.approvals}
    known = found.get(role)
    title = catalogue.roles[role].title
    found[role] = (
        Required(role, title, (why,)) if known is None else replace(known, reasons=(*known.reasons, why))
    )
    return tuple(found[name] for name in sorted(found))
