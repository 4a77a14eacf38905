"""What an incident's file does, for the people who approve it."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.review.diff.names import Names, counted, listed
from billing_identity.roles.model.incident import Incident


def effects(incident: Incident, names: Names) -> Iterator[str]:
    """Each thing that is denied while the incident lasts; nothing for a closed one."""
    if incident.closed is not None and incident.closure is not None:
        yield f"closed on {incident.closed.date()}: denies nothing"
        return
    scope = incident.scope
    if scope.users:
        yield f"shuts out {counted(len(scope.users), 'account')}"
    if scope.sealed_account:
        yield "a sealed break-glass account, or a role of this program, on purpose"
    if scope.blocked_networks:
        yield f"blocks {listed(scope.blocked_networks, 6)} before every sign-in"
    if incident.incident == "vendor-breach":
        for kind, items in (("system", scope.systems), ("vendor", scope.vendors)):
            if items:
                what = listed([names.title(kind, item) for item in items], 12)
                yield f"withdraws {'every system of ' if kind == 'vendor' else ''}{what}"
    if incident.cuts_sessions:
        moment = incident.contained or incident.detected
        yield f"denies everybody's AWS sessions from before {moment.isoformat(timespec='minutes')}"
    quarantined = len(scope.aws_users) + len(scope.aws_roles)
    if quarantined:
        yield f"quarantines {counted(quarantined, 'principal')} in AWS"
    yield f"until {incident.expires.date()}"
