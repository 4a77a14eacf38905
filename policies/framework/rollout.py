"""Resources as they will be when the declared rollout of stricter sign-in is complete.

While the access policy says that rings are still to come, and by when, our own components leave the
policies of those rings report-only (Entra) or let their people in by a weaker rule (Okta). A rule that finds
a fault is asked again about the resources as the complete rollout leaves them: what it finds then is a fault;
what it no longer finds is in rollout, is said and counted, and blocks nothing. Without a catalogue, past a
ring's last day, for a ring that is enforced, and for resources of any other program nothing is in rollout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.okta import lets_in
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError, View
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.settings import PackSettings
from billing_identity.policies.framework.tokens import (
    ENTRA_CONDITIONAL_ACCESS,
    OKTA_GROUP,
    OKTA_SIGN_ON_RULES,
)
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.naming import ring_group_name

COMPONENTS = {
    ENTRA_CONDITIONAL_ACCESS: "billing-identity:entra:ConditionalAccess",
    OKTA_SIGN_ON_RULES: "billing-identity:okta:SignOnPolicy",
}
"""Component of ours by the type of resource that it rolls out ring by ring."""
REPORT_ONLY = "enabledForReportingButNotEnforced"
VENDORS = "-vendors"
"""End of the name of the component's policy for vendors' staff, who come with people from outside."""


class Rollout:
    """The rollout that a catalogue declares, on the day of a run."""

    def __init__(self, settings: PackSettings, catalogue: Catalogue | None) -> None:
        self._rings: tuple[str, ...] = ()
        self._to_come: frozenset[str] = frozenset()
        self.until = ""
        """Rings to come with their last days, in words; empty when nothing is in rollout."""
        if catalogue is not None and catalogue.access_policy.rollout_lasts_on(settings.day):
            policy = catalogue.access_policy
            self._rings = tuple(policy.rings)
            self._to_come = frozenset(policy.rings_to_come)
            last = policy.ring_deadlines
            self.until = ", ".join(f"{ring} by {last[ring]}" for ring in policy.rings_to_come)
        self._complete: tuple[Graph, Graph | None] | None = None

    def complete_view(self, view: ResourceView) -> ResourceView | None:
        """A resource as the complete rollout leaves it; None when it does not wait for a ring."""
        return view.replaced("state", "enabled") if self._waits(view) else None

    def complete_graph(self, graph: Graph) -> Graph | None:
        """The graph as the complete rollout leaves it; None when nothing in it waits for a ring."""
        if not self._to_come:
            return None
        if self._complete is None or self._complete[0] is not graph:
            changed = {record.urn: after for record in graph.records if (after := self._after(record, graph))}
            whole = (changed.get(record.urn, record) for record in graph.records)
            self._complete = (graph, Graph(whole) if changed else None)
        return self._complete[1]

    def _after(self, record: ResourceRecord, graph: Graph) -> ResourceRecord | None:
        view = record.view(outputs=True)
        if self._waits(view):
            return replace(record, outputs={**record.effective, "state": "enabled"})
        rules = self._strict_rules(view, graph)
        return None if rules is None else replace(record, outputs={**record.effective, "rules": rules})

    def _waits(self, view: ResourceView) -> bool:
        """Whether a conditional access policy is report-only and of a ring to come."""
        if not self._to_come or view.type != ENTRA_CONDITIONAL_ACCESS or not _ours(view):
            return False
        try:
            return view.text("state") == REPORT_ONLY and self._ring(view) in self._to_come
        except (UndecidedError, MalformedError):
            return False

    def _ring(self, view: ResourceView) -> str | None:
        """The ring with which a policy of the component is enforced; None for one that never waits.

        Everybody and programs come last, people from outside in the second ring; a policy for the people of
        one ring is named by it.
        """
        users = "conditions.users"
        if view.texts(f"{users}.includedUsers").contains("All") or view.has("conditions.clientApplications"):
            return self._rings[-1]
        if view.has(f"{users}.includedGuestsOrExternalUsers") or view.urn.endswith(VENDORS):
            return self._rings[min(1, len(self._rings) - 1)]
        return next((ring for ring in self._rings[:-1] if view.urn.endswith(f"-{ring}")), None)

    def _strict_rules(self, view: ResourceView, graph: Graph) -> list[object] | None:
        """Sign-on rules without the weaker one, the last, of those whom the rollout has not reached.

        It leaves out all whom a rule before it lets in, and the people of every ring that is enforced:
        whoever was reached can't fall through to less. None when there is none such.
        """
        if view.type != OKTA_SIGN_ON_RULES or not _ours(view):
            return None
        try:
            rules, listed = view.nodes("rules"), view.direct("rules")
            if len(rules) < 2 or not isinstance(listed, Sequence) or not lets_in(rules[-1]):
                return None
            *before, last = rules
            taken = {group for rule in before if lets_in(rule) for group in rule.texts("groupsIncluded")}
            reached = {ring_group_name(ring) for ring in self._rings if ring not in self._to_come}
            declared = reached & {group.text("name") for group in graph.of(OKTA_GROUP)}
            left_out = _names(view, last, graph)
            spared = taken <= set(last.texts("groupsExcluded"))
        except (UndecidedError, MalformedError):
            return None
        return list(listed[:-1]) if spared and declared and declared <= left_out else None  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]


def _ours(view: ResourceView) -> bool:
    """Whether a resource's parent is the component of ours that rolls out resources of its type."""
    parts = view.urn.split("::")
    chain = parts[2].split("$") if len(parts) > 3 else []
    return len(chain) > 1 and chain[-2] == COMPONENTS[view.type]


def _names(resource: ResourceView, rule: View, graph: Graph) -> set[str]:
    """Names of the groups that a rule leaves out; of all that the rules depend on while an id is unknown."""
    groups = rule.texts("groupsExcluded")
    found = {named.text("name", "") for group in groups if (named := graph.find(group, (OKTA_GROUP,)))}
    if groups.complete:
        return found
    record = graph.record(resource.urn)
    urns = record.property_dependencies.get("rules", ()) if record is not None else ()
    depended = (item for urn in urns if (item := graph.record(urn)) and item.type == OKTA_GROUP)
    return found | {graph.view(item).text("name", "") for item in depended}
