"""The one case in which a person may be put into a group by hand: an incident in force contains them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView

COMPONENT = "::billing-identity:containment:"
"""Part of the URN of what the containment components declare; every sign-in denies their group."""


def contains(resource: ResourceView, context: RuleContext, users: Callable[[], Sequence[str]]) -> bool:
    """Whether the containment layer declares the resource, for nobody but people whom the catalogue's
    incidents in force name. Without a catalogue it is not.
    """
    declared = COMPONENT in resource.urn or f"${COMPONENT.lstrip(':')}" in resource.urn
    if not declared or context.catalogue is None:
        return False
    people = users()
    named = {
        user
        for incident in context.catalogue.incidents.values()
        if incident.contains_on(context.settings.day)
        for user in incident.scope.users
    }
    return bool(people) and named.issuperset(people)
