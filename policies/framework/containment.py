"""The one case in which a person may be put into a group by hand: an incident in force contains them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView, UndecidedError

COMPONENT = "::billing-identity:containment:"
"""Part of the URN of what the containment components declare; every sign-in denies their group."""


def declares(resource: ResourceView) -> bool:
    """Whether the containment layer declares the resource."""
    return COMPONENT in resource.urn or f"${COMPONENT.lstrip(':')}" in resource.urn


def contains(
    resource: ResourceView, context: RuleContext, group: str, users: Callable[[], Sequence[str]]
) -> bool:
    """Whether the containment layer declares the resource, for nobody but people whom the catalogue's
    incidents in force name. Without a catalogue it is not.

    `group` is the property that names the group. The layer is a stack of its own, so that the group's name is
    not at hand; that it is neither a break-glass nor an administrators' group of the settings is. A group not
    known yet is the run's own `contained`, which the first deployment makes.
    """
    if not declares(resource) or context.catalogue is None:
        return False
    if not _may_be_contained(resource, context, group):
        return False
    people = users()
    named = {
        user
        for incident in context.catalogue.incidents.values()
        if incident.contains_on(context.settings.day)
        for user in incident.scope.users
    }
    return bool(people) and named.issuperset(people)


def _may_be_contained(resource: ResourceView, context: RuleContext, group: str) -> bool:
    try:
        name = resource.text(group)
    except UndecidedError:
        return True
    return name is not None and name not in _privileged(context)


def _privileged(context: RuleContext) -> frozenset[str]:
    settings = context.settings
    groups = (settings.break_glass_groups, settings.administrator_groups)
    return frozenset(name for found in groups for name in (*found.okta, *found.entra))
