"""What incidents may not do: shut the last way in or our own, deny sessions to come, miss their target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks import incident_times
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.quarantine import quarantine_faults
from billing_identity.stacks.settings import Settings


def lockouts(incidents: Incidents, settings: Settings, as_of: date) -> tuple[Problem, ...]:
    """Times to come, and what the incidents in force contain that is sealed, ours, or out of reach."""
    return (
        *_to_come(incidents, as_of),
        *_sealed(incidents, settings, as_of),
        *_quarantined(incidents, settings, as_of),
    )


def _to_come(incidents: Incidents, as_of: date) -> Iterator[Problem]:
    for incident in incidents.incidents.values():
        for path, message, remedy in incident_times.to_come(incident, as_of):
            yield _problem(incidents, incident, path, message, remedy)


def _sealed(incidents: Incidents, settings: Settings, as_of: date) -> Iterator[Problem]:
    alerting = settings.aws.alerting
    kinds = (set[str](alerting.break_glass_okta_users), set[str](alerting.break_glass_entra_users))
    sealed = kinds[0] | kinds[1]
    contained = {user for users in incidents.users(as_of) for user in users}
    for incident in incidents.in_force(as_of):
        for index, user in enumerate(incident.scope.users):
            if user not in sealed:
                continue
            whole = next(kind for kind in kinds if user in kind)
            if whole <= contained:
                message = "every sealed break-glass account of a provider: the last way in would be shut"
                remedy = "leave out the one that is not compromised"
            elif not incident.scope.sealed_account:
                message = "a sealed break-glass account"
                remedy = "take it out, or, if it is meant, write `sealed_account: true` under `scope`"
            else:
                continue
            yield _problem(
                incidents,
                incident,
                ("scope", "users", index),
                f"incident `{incident.id}` contains `{user}`, {message}",
                remedy,
            )


def _quarantined(incidents: Incidents, settings: Settings, as_of: date) -> Iterator[Problem]:
    for incident in incidents.in_force(as_of):
        for path, message, remedy in quarantine_faults(incident, settings):
            yield _problem(incidents, incident, path, message, remedy)


def _problem(incidents: Incidents, incident: Incident, path: Steps, message: str, remedy: str) -> Problem:
    return Problem.at(
        incidents.locate(incident, path),
        code="containment-lockout",
        message=message,
        remedy=remedy,
        subject=f"incident:{incident.id}",
    )
