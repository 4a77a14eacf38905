"""A conditional access policy that includes nobody is none."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity, Weaker
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS

_USERS = "conditions.users."
_CLIENTS = "conditions.clientApplications"
_LISTS = (
    f"{_USERS}includedUsers",
    f"{_USERS}includedGroups",
    f"{_USERS}includedRoles",
    f"{_CLIENTS}.includedServicePrincipals",
)
_GUESTS = f"{_USERS}includedGuestsOrExternalUsers"


def _somebody(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for path in _LISTS:
        if any(who != "None" for who in policy.texts(path).all()):
            return
    if any(block.texts("guestOrExternalUserTypes").all() for block in policy.nodes(_GUESTS)):
        return
    yield Finding("`conditions.users` includes nobody: the policy is never asked")


def _policy(users: dict[str, object], **conditions: object) -> dict[str, object]:
    return {"displayName": "CA200", "conditions": {"users": users, **conditions}}


def _example(title: str, users: dict[str, object], place: str = "", **conditions: object) -> Example:
    weaker: Weaker = {place: ([],) if place.endswith("Types") else (["None"], [])}
    return Example(title, ENTRA_CONDITIONAL_ACCESS, _policy(users, **conditions), weaker=weaker)


_KINDS = [{"guestOrExternalUserTypes": ["b2bCollaborationGuest"]}]
_WORKLOADS: dict[str, object] = {"includedServicePrincipals": ["ServicePrincipalsInMyTenant"]}

RULE = ResourceRule(
    title="Entra conditional access policies include somebody",
    severity=Severity.HIGH,
    why="It looks like protection in every list, and asks nobody for anything.",
    remedy="include All, groups, roles, guests or service principals, or take the policy away",
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_somebody,),
    reads={
        **dict.fromkeys(_LISTS, "fails"),
        _GUESTS: "fails",
        f"{_GUESTS}[*].guestOrExternalUserTypes": "fails",
    },
    neutral={_GUESTS: "the kinds in its blocks are what counts"},
    allowed=(
        _example("everybody", {"includedUsers": ["All"]}, f"{_USERS}includedUsers"),
        _example("a group", {"includedGroups": ["g1"]}, f"{_USERS}includedGroups"),
        _example("a role", {"includedRoles": ["r1"]}, f"{_USERS}includedRoles"),
        _example(
            "guests",
            {"includedGuestsOrExternalUsers": _KINDS},
            f"{_GUESTS}[*].guestOrExternalUserTypes",
        ),
        _example("workloads", {}, f"{_CLIENTS}.includedServicePrincipals", clientApplications=_WORKLOADS),
    ),
    disallowed=(
        _example("None", {"includedUsers": ["None"]}),
        _example("nothing", {"excludedGroups": ["g1"]}),
        _example("an empty list", {"includedUsers": [], "includedGroups": []}),
    ),
)
