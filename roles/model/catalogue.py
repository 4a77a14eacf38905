"""The loaded catalogue: every entity by kind and id, and where each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from billing_identity.roles.model.access_policy import AccessPolicy, Organisation
from billing_identity.roles.model.base import EntitlementRef, Entity
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.decision import Decision
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.model.incident import Incident, IncidentPlan
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.service_account import ServiceAccount
from billing_identity.roles.model.system import Entitlement, System
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.model.vendor import Vendor
from billing_identity.roles.problems import Location
from billing_identity.roles.yaml_tree import Steps, Tree


@dataclass(frozen=True)
class Catalogue:
    """A company's catalogue. Every mapping is sorted by id; every reference in it resolves.

    One that is not `whole` was read from files with faults: what they leave unknown raises NotKnownError.
    """

    root: Path
    organisation: Organisation
    access_policy: AccessPolicy
    incident_plan: IncidentPlan
    roles: Mapping[str, Role]
    systems: Mapping[str, System]
    clients: Mapping[str, Client]
    vendors: Mapping[str, Vendor]
    service_accounts: Mapping[str, ServiceAccount]
    exceptions: Mapping[str, ExceptionRecord]
    training: Mapping[str, TrainingModule]
    incidents: Mapping[str, Incident]
    trees: Mapping[tuple[str, str], Tree]
    """Source of each entity, by (kind, id)."""
    decisions: Mapping[str, Decision] = field(default_factory=dict[str, Decision])
    break_glass_uses: Mapping[str, BreakGlassUse] = field(default_factory=dict[str, BreakGlassUse])
    whole: bool = True

    def entities(self) -> Iterator[Entity]:
        """All entities, in a fixed order."""
        yield self.organisation
        yield self.access_policy
        yield self.incident_plan
        for kind in (
            self.roles,
            self.systems,
            self.clients,
            self.vendors,
            self.service_accounts,
            self.exceptions,
            self.training,
            self.incidents,
            self.decisions,
            self.break_glass_uses,
        ):
            yield from kind.values()

    def live_groups(self) -> dict[str, str]:
        """Role by the name of its live group, where that is a name of its own."""
        return {name: role.id for role in self.roles.values() for name in role.live_groups.values()}

    def locate(self, entity: Entity, path: Steps = ()) -> Location:
        """Where the value at `path` of an entity stands: file, line, column."""
        kind: str = getattr(entity, "kind")  # noqa: B009
        return self.trees[(kind, entity.id)].locate(path)

    def scalars(self) -> Iterator[tuple[Location, str]]:
        """Every text value of every file, with its place."""
        for tree in self.trees.values():
            for path, value in tree.scalars():
                yield tree.locate(path), value

    def entitlement(self, reference: str) -> Entitlement:
        """The entitlement that `system/name` names. Raises KeyError when there is none."""
        ref = EntitlementRef(reference)
        return self.systems[ref.system].entitlements[ref.name]
