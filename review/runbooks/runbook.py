"""The runbook of an incident as one ordered list, and as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.review.formats.escape import one_line
from billing_identity.review.runbooks.clocks import Clock, affected, clocks
from billing_identity.review.runbooks.closing import closing_steps
from billing_identity.review.runbooks.steps import Phase, Step, technical_steps
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident, Playbook
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.settings import Settings

PHASES: tuple[Phase, ...] = ("contain", "eradicate", "recover")


@dataclass(frozen=True)
class Runbook:
    """Everything that is to be done in one incident."""

    incident: Incident
    clients: tuple[str, ...]
    clocks: tuple[Clock, ...]
    steps: tuple[Step, ...]
    evidence: tuple[str, ...]


def runbook(catalogue: Catalogue, settings: Settings, incident: Incident) -> Runbook:
    """The runbook: the plan's playbook of the kind, with the exact calls in it, phase by phase."""
    playbook = next(book for book in catalogue.incident_plan.playbooks if book.incident == incident.incident)
    scope = Incidents({incident.id: incident}, catalogue.systems).ever_withdrawn()
    withdrawn = tuple(catalogue.systems[name] for name in sorted(scope))
    federated = bool(catalogue.access_policy.identity.federation)
    technical = tuple(technical_steps(incident, withdrawn, settings, federated=federated))
    closing = tuple(closing_steps(catalogue, settings, incident))
    return Runbook(
        incident,
        affected(catalogue, incident),
        clocks(catalogue, incident),
        tuple(_ordered(playbook, technical, closing)),
        playbook.evidence,
    )


def _ordered(playbook: Playbook, technical: tuple[Step, ...], closing: tuple[Step, ...]) -> Iterator[Step]:
    for phase in PHASES:
        yield from (step for step in technical if step.phase == phase)
        yield from (Step(phase, text) for text in getattr(playbook, phase))
        yield from (step for step in closing if step.phase == phase)


def as_text(book: Runbook) -> str:
    """For people: clocks first, then numbered steps with their calls and what to keep."""
    incident = book.incident
    lines = [f"# Incident {incident.id}: {incident.incident}", "", one_line(incident.summary), ""]
    lines += [f"Opened by {incident.opened_by}, approved by {incident.approver}.", "", "## Clocks", ""]
    for clock in book.clocks:
        due = clock.due.isoformat(timespec="minutes")
        lines.append(f"- **{due}** {one_line(clock.what)} ({clock.who}; {clock.source})")
    clients = ", ".join(book.clients) or "none named"
    lines += ["", f"Clients affected: {clients}.", "", "## Steps"]
    previous = ""
    for number, step in enumerate(book.steps, 1):
        if step.phase != previous:
            lines += ["", f"### {step.phase.capitalize()}", ""]
            previous = step.phase
        lines.append(f"{number}. {one_line(step.title)}")
        lines += [f"   - `{call}`" for call in step.calls]
        if step.proof:
            lines.append(f"   - keep: {one_line(step.proof)}")
    lines += ["", "## Evidence of what was reached", ""]
    lines += [f"- {one_line(text)}" for text in book.evidence]
    return "\n".join(lines) + "\n"


def as_data(book: Runbook) -> dict[str, object]:
    """For machines."""
    return {
        "incident": book.incident.id,
        "kind": book.incident.incident,
        "clients": list(book.clients),
        "clocks": [
            {"due": clock.due.isoformat(), "what": clock.what, "who": clock.who, "source": clock.source}
            for clock in book.clocks
        ],
        "steps": [
            {"phase": step.phase, "title": step.title, "calls": list(step.calls), "keep": step.proof}
            for step in book.steps
        ],
        "evidence": list(book.evidence),
    }
