"""Who owns a group that holds directory roles lets people in."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS


def _owners(group: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not group.flag("assignableToRole", default=False):
        raise NotApplicableError("the group can hold no directory role")
    owners = group.texts("owners")
    if owners:
        yield Finding(f"`owners` of a group that can hold directory roles: {', '.join(owners)}")
    owners.all()


def _group(**changes: object) -> dict[str, object]:
    return {"displayName": "pim-user-admin", "assignableToRole": True, "owners": [], **changes}


RULE = ResourceRule(
    title="Groups that hold directory roles have no owners",
    severity=Severity.HIGH,
    why="An owner adds members, and so makes administrators, past approval and past activation.",
    remedy="leave `owners` out; give people the group by eligibility under privileged identity management",
    types=(ENTRA_GROUP, ENTRA_GROUP_WITHOUT_MEMBERS),
    checks=(_owners,),
    reads={"assignableToRole": "safe", "owners": "safe"},
    weaker={"owners": (["55555555-5555-5555-5555-555555555555"],)},
    neutral={"assignableToRole": "it decides what is judged: another group can hold no directory role"},
    allowed=(
        Example("no owner", ENTRA_GROUP_WITHOUT_MEMBERS, _group()),
        Example("no owner, with members", ENTRA_GROUP, _group()),
    ),
    disallowed=(
        Example("a person owns it", ENTRA_GROUP_WITHOUT_MEMBERS, _group(owners=["5555"])),
        Example("a person owns it, with members", ENTRA_GROUP, _group(owners=["5555"])),
    ),
    blind_spot="The identity that creates a group without owners may become its owner: the drift run tells.",
)
