"""What incidents contain together on a day, and which systems they withdraw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.moment import utc
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.problems import Location
from billing_identity.roles.yaml_tree import Steps, Tree

WITHDRAWS = "vendor-breach"
"""The kind of incident that withdraws the systems in its scope."""


@dataclass(frozen=True)
class Incidents:
    """Everything that containment needs of a catalogue, and nothing else."""

    incidents: Mapping[str, Incident]
    systems: Mapping[str, System]
    trees: Mapping[str, Tree] = field(default_factory=dict[str, Tree])
    """Source of each incident, by id, where it came from a file."""

    @classmethod
    def of(cls, catalogue: Catalogue) -> Incidents:
        """The incidents and systems of a whole catalogue."""
        trees = {name: tree for (kind, name), tree in catalogue.trees.items() if kind == "incident"}
        return cls(catalogue.incidents, catalogue.systems, trees)

    def locate(self, incident: Incident, path: Steps) -> Location:
        """Where the value at `path` of an incident stands."""
        tree = self.trees.get(incident.id)
        return tree.locate(path) if tree is not None else Location(f"incidents/{incident.id}.yaml")

    def in_force(self, as_of: date) -> tuple[Incident, ...]:
        """Incidents whose containment holds on a day, in order of id."""
        return tuple(
            incident for _, incident in sorted(self.incidents.items()) if incident.contains_on(as_of)
        )

    def users(self, as_of: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Contained people: Okta user ids, and Entra object ids."""
        scopes = [incident.scope for incident in self.in_force(as_of)]
        okta = {user for scope in scopes for user in scope.okta_users}
        entra = {user for scope in scopes for user in scope.entra_users}
        return tuple(sorted(okta)), tuple(sorted(entra))

    def networks(self, as_of: date) -> tuple[str, ...]:
        """Blocked ranges."""
        return tuple(
            sorted({cidr for incident in self.in_force(as_of) for cidr in incident.scope.blocked_networks})
        )

    def withdrawn(self, as_of: date) -> frozenset[str]:
        """Systems that nobody may reach."""
        return self._systems(self.in_force(as_of))

    def ever_withdrawn(self) -> frozenset[str]:
        """Systems of any incident in the catalogue, open or closed."""
        return self._systems(self.incidents.values())

    def _systems(self, incidents: Iterable[Incident]) -> frozenset[str]:
        found: set[str] = set()
        for incident in incidents:
            if incident.incident == WITHDRAWS:
                found.update(incident.scope.systems)
                found.update(
                    system.id for system in self.systems.values() if system.vendor in incident.scope.vendors
                )
        return frozenset(found)

    def applications(self, provider: Provider, systems: Iterable[str]) -> tuple[str, ...]:
        """Those of the systems that are an application in a provider; the rest is the runbook's."""
        return tuple(
            name
            for name in sorted(systems)
            if name in self.systems
            and self.systems[name].identity.provider is provider
            and self.systems[name].identity.federation is not Federation.BUILT_IN
        )

    def sessions_before(self, as_of: date) -> str:
        """The latest moment before which people's sessions are not to be trusted; empty without incident."""
        moments = [
            incident.contained or incident.detected
            for incident in self.in_force(as_of)
            if incident.cuts_sessions
        ]
        if not moments:
            return ""
        latest = max(utc(moment) for moment in moments)
        return latest.strftime("%Y-%m-%dT%H:%M:%SZ")

    def aws_principals(self, as_of: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Quarantined users of IAM Identity Center, and quarantined roles."""
        scopes = [incident.scope for incident in self.in_force(as_of)]
        users = {str(user) for scope in scopes for user in scope.aws_users}
        return tuple(sorted(users)), tuple(sorted({role for scope in scopes for role in scope.aws_roles}))
