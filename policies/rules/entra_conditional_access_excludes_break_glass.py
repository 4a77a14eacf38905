"""Emergency accounts are excluded from every conditional access policy, and nobody else is."""

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
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS

_EXCLUSIONS = ("excludedUsers", "excludedRoles")
_INCLUSIONS = ("includedUsers", "includedGroups", "includedRoles")


def _declared(context: RuleContext) -> tuple[str, ...]:
    groups = context.settings.break_glass_groups.entra
    if not groups:
        raise NotApplicableError(
            "the pack's settings declare no break-glass group (`breakGlassGroups.entra`)"
        )
    return groups


def _at_least(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    groups = _declared(context)
    if _for_workloads(policy):
        raise NotApplicableError("the policy is for workload identities")
    excluded = policy.texts("conditions.users.excludedGroups")
    if not excluded.contains(*groups):
        missing = sorted(set(groups) - set(excluded))
        yield Finding(
            f"`conditions.users.excludedGroups` leaves out the break-glass group {', '.join(missing)}"
        )


def _at_most(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    groups = _declared(context)
    if _for_workloads(policy):
        raise NotApplicableError("the policy is for workload identities")
    blocks = policy.texts("grantControls.builtInControls").contains("block")
    allowed = {*groups, *(() if blocks else context.settings.administrator_groups.entra)}
    for group in policy.texts("conditions.users.excludedGroups").all():
        if group not in allowed:
            yield Finding(f"`conditions.users.excludedGroups` excludes {group}, which is no declared group")


def _others(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    _declared(context)
    for name in _EXCLUSIONS:
        excluded = policy.texts(f"conditions.users.{name}").all()
        if excluded:
            yield Finding(f"`conditions.users.{name}` excludes {', '.join(excluded)}")


def _for_workloads(policy: ResourceView) -> bool:
    """Whether it is for workload identities and for no person."""
    if not policy.texts("conditions.clientApplications.includedServicePrincipals"):
        return False
    people = {who for name in _INCLUSIONS for who in policy.texts(f"conditions.users.{name}").all()}
    return people <= {"None"}


_BREAK_GLASS = "22222222-2222-2222-2222-222222222222"
_ADMINISTRATORS = "33333333-3333-3333-3333-333333333333"
_SETTINGS: dict[str, object] = {
    "breakGlassGroups": {"entra": [_BREAK_GLASS]},
    "administratorGroups": {"entra": [_ADMINISTRATORS]},
}


def _policy(
    users: dict[str, object], control: str = "mfa", conditions: dict[str, object] | None = None
) -> dict[str, object]:
    return {
        "displayName": "CA200",
        "state": "enabled",
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {"includedApplications": ["All"], "__defaults": []},
            "users": {"includedUsers": ["All"], "__defaults": [], **users},
            "__defaults": [],
            **(conditions or {}),
        },
        "grantControls": {"operator": "OR", "builtInControls": [control], "__defaults": []},
        "__defaults": [],
    }


def _example(title: str, users: dict[str, object], control: str = "mfa") -> Example:
    return Example(title, ENTRA_CONDITIONAL_ACCESS, _policy(users, control), _SETTINGS)


RULE = ResourceRule(
    title="Entra conditional access excludes the declared break-glass group and nobody else",
    severity=Severity.CRITICAL,
    why="Without the exclusion a mistake locks everybody out; any other one is a way around the policy.",
    remedy=(
        "exclude the groups of `breakGlassGroups.entra` in `conditions.users.excludedGroups`; exclude "
        "`administratorGroups.entra` only from what has its own counterpart for administrators"
    ),
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_at_least, _at_most, _others),
    reads={
        "conditions.clientApplications.includedServicePrincipals": "safe",
        **dict.fromkeys((f"conditions.users.{name}" for name in _INCLUSIONS), "safe"),
        "conditions.users.excludedGroups": "fails",
        "conditions.users.excludedUsers": "safe",
        "conditions.users.excludedRoles": "safe",
        "grantControls.builtInControls": "safe",
    },
    weaker={
        "conditions.users.excludedGroups": (
            [],
            [_BREAK_GLASS, "44444444-4444-4444-4444-444444444444"],
            ["44444444-4444-4444-4444-444444444444"],
        ),
        "conditions.users.excludedUsers": (["u1"],),
        "conditions.users.excludedRoles": (["r1"],),
    },
    neutral={
        "conditions.clientApplications.includedServicePrincipals": "it makes the policy one for "
        "workloads, if it includes no person",
        **dict.fromkeys(
            (f"conditions.users.{name}" for name in _INCLUSIONS), "read only to tell a policy for workloads"
        ),
        "grantControls.builtInControls": "a block admits one exclusion less; others none more",
    },
    allowed=(
        _example("the break-glass group", {"excludedGroups": [_BREAK_GLASS]}),
        _example(
            "and administrators, who have a policy of their own",
            {"excludedGroups": [_BREAK_GLASS, _ADMINISTRATORS]},
        ),
    ),
    disallowed=(
        _example("no exclusion", {}),
        _example("another group alone", {"excludedGroups": ["44444444-4444-4444-4444-444444444444"]}),
        _example(
            "another group as well",
            {"excludedGroups": [_BREAK_GLASS, "44444444-4444-4444-4444-444444444444"]},
        ),
        _example("a person", {"excludedGroups": [_BREAK_GLASS], "excludedUsers": ["u1"]}),
        _example("a role", {"excludedGroups": [_BREAK_GLASS], "excludedRoles": ["r1"]}),
        _example("administrators from a block", {"excludedGroups": [_BREAK_GLASS, _ADMINISTRATORS]}, "block"),
        Example(
            "everybody, beside a workload",
            ENTRA_CONDITIONAL_ACCESS,
            _policy({}, conditions={"clientApplications": {"includedServicePrincipals": ["sp1"]}}),
            _SETTINGS,
        ),
        _example("a misspelt exclusion", {"excluded_groups": [_BREAK_GLASS]}),
    ),
    blind_spot=(
        "Who is in the group: the drift run counts its members. Guests left out: review that a policy of "
        "their own has them."
    ),
)
