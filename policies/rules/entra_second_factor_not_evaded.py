"""A policy that asks for a second factor leaves no place, platform or device from which none is asked."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework import conditional_access as ca
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

_WAYS_ROUND = (
    "conditions.locations.excludedLocations",
    "conditions.platforms.excludedPlatforms",
    "conditions.applications.excludedApplications",
)
_FILTERS = ("conditions.devices.filter", "conditions.applications.filter")


def _asks(policy: ResourceView) -> None:
    if not ca.mentions_factor(policy):
        raise NotApplicableError("the policy asks for no second factor")


def _alternatives(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _asks(policy)
    if not ca.demands_factor(policy):
        yield Finding("`grantControls.operator` is OR, and a control beside the second factor is enough")


def _ways_round(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _asks(policy)
    for path in _WAYS_ROUND:
        spared = policy.texts(path).all()
        if spared:
            yield Finding(f"`{path}` asks for no second factor: {', '.join(spared)}")


def _filters(policy: ResourceView, _: RuleContext) -> Iterator[Finding]:
    _asks(policy)
    for path in _FILTERS:
        if policy.text(f"{path}.mode", "") == "exclude":
            yield Finding(f"`{path}` spares what its rule names the second factor")


def _policy(grant: dict[str, object] | None = None, **conditions: object) -> dict[str, object]:
    return {
        "displayName": "CA200",
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {
                "includedApplications": ["All"],
                "excludedApplications": [],
                "filter": {"mode": "include", "rule": 'CustomSecurityAttribute.App.Tier -eq "ephi"'},
            },
            "users": {"includedUsers": ["All"]},
            "locations": {"includedLocations": ["All"], "excludedLocations": []},
            "platforms": {"includedPlatforms": ["all"], "excludedPlatforms": []},
            "devices": {"filter": {"mode": "include", "rule": 'device.trustType -eq "AzureAD"'}},
            **conditions,
        },
        "grantControls": grant or {"operator": "OR", "builtInControls": ["mfa"]},
    }


def _example(title: str, grant: dict[str, object] | None = None, **conditions: object) -> Example:
    return Example(title, ENTRA_CONDITIONAL_ACCESS, _policy(grant, **conditions))


_GRANT = "grantControls."
_BOTH: dict[str, object] = {"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}
_STRENGTH: dict[str, object] = {"operator": "OR", "authenticationStrengthPolicyId": "/policies/x/4"}

RULE = ResourceRule(
    title="Entra asks for the second factor from everywhere, with no weaker control instead",
    severity=Severity.HIGH,
    why="A trusted network, an unlisted platform or a known device is where a stolen password is used next.",
    remedy=(
        "leave the exclusions out (put what a place or device must have into a policy of its own) and use "
        "AND, or the second factor alone"
    ),
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_alternatives, _ways_round, _filters),
    reads={
        **dict.fromkeys(_WAYS_ROUND, "safe"),
        **dict.fromkeys((f"{path}.mode" for path in _FILTERS), "safe"),
        f"{_GRANT}operator": "safe",
        f"{_GRANT}builtInControls": "safe",
        f"{_GRANT}authenticationStrengthPolicyId": "safe",
        f"{_GRANT}termsOfUses": "safe",
        f"{_GRANT}customAuthenticationFactors": "safe",
    },
    weaker={
        "conditions.locations.excludedLocations": (["AllTrusted"],),
        "conditions.platforms.excludedPlatforms": (["windows"],),
        "conditions.applications.excludedApplications": (["Office365"],),
        **dict.fromkeys((f"{path}.mode" for path in _FILTERS), ("exclude",)),
        f"{_GRANT}builtInControls": (["mfa", "compliantDevice"], ["mfa", "domainJoinedDevice"]),
        f"{_GRANT}termsOfUses": (["t1"],),
        f"{_GRANT}customAuthenticationFactors": (["c1"],),
    },
    neutral={
        f"{_GRANT}authenticationStrengthPolicyId": "a policy that asks for none is another rule's",
    },
    allowed=(
        _example("a second factor alone"),
        Example(
            "an authentication strength alone",
            ENTRA_CONDITIONAL_ACCESS,
            _policy(_STRENGTH),
        ),
        Example(
            "both",
            ENTRA_CONDITIONAL_ACCESS,
            _policy(_BOTH),
            weaker={
                f"{_GRANT}operator": ("OR",),
                f"{_GRANT}builtInControls": (),
                f"{_GRANT}termsOfUses": (),
                f"{_GRANT}customAuthenticationFactors": (),
            },
        ),
    ),
    disallowed=(
        _example(
            "trusted places", locations={"includedLocations": ["All"], "excludedLocations": ["AllTrusted"]}
        ),
        _example("a platform", platforms={"includedPlatforms": ["all"], "excludedPlatforms": ["linux"]}),
        _example(
            "known devices", devices={"filter": {"mode": "exclude", "rule": "device.isCompliant -eq True"}}
        ),
        _example(
            "an application", applications={"includedApplications": ["All"], "excludedApplications": ["a1"]}
        ),
        _example("a device instead", {"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}),
        _example(
            "terms of use instead", {"operator": "OR", "builtInControls": ["mfa"], "termsOfUses": ["t1"]}
        ),
    ),
    blind_spot="People whom it excludes: see entra-second-factor-for-everybody.",
)
