"""Nobody is put into a group by hand, but for those whom an incident in force contains."""

from __future__ import annotations

from billing_identity.policies.framework.containment import contains
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity


def _spares(resource: ResourceView, context: RuleContext) -> bool:
    return contains(resource, context, "groupId", lambda: resource.texts("users").known)


RULE = forbidden(
    title="Nobody is put into an Okta group by hand",
    severity=Severity.HIGH,
    why="A membership made by hand fights the group rules, and survives the next change of job.",
    remedy="let group rules decide by HR attributes; an incident has a layer of its own",
    types=(
        "okta:index/groupMemberships:GroupMemberships",
        "okta:index/userGroupMemberships:UserGroupMemberships",
    ),
    blind_spot="Memberships made in the console: the drift run reads them.",
    spares=_spares,
)
