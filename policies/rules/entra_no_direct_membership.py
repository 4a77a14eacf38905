"""Nobody is put into a group by hand, but for those whom an incident in force contains."""

from __future__ import annotations

from billing_identity.policies.framework.containment import contains
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity


def _spares(resource: ResourceView, context: RuleContext) -> bool:
    return contains(resource, context, "groupObjectId", lambda: [resource.text("memberObjectId", "")])


RULE = forbidden(
    title="Nobody is put into an Entra group by hand",
    severity=Severity.HIGH,
    why="A membership made by hand is outside HR's joiners and leavers, and survives.",
    remedy="use a dynamic rule, or an access package with an end; an incident has a layer of its own",
    types=("azuread:index/groupMember:GroupMember",),
    spares=_spares,
)
