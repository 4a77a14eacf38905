"""Examples of conditional access policies as the engine sends them, and what makes each weaker."""

from __future__ import annotations

from collections.abc import Mapping

from billing_identity.policies.framework import conditional_access as ca
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Missing
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS

BREAK_GLASS = "22222222-2222-2222-2222-222222222222"
ADMINISTRATORS = "33333333-3333-3333-3333-333333333333"
SETTINGS: Mapping[str, object] = {
    "environment": "prod",
    "breakGlassGroups": {"entra": [BREAK_GLASS]},
}
STRENGTH = "/policies/authenticationStrengthPolicies/5f6b590a-4eb9-5a29-9918-a8fea35bd64d"
ASKS: Mapping[str, object] = {"operator": "OR", "authenticationStrengthPolicyId": STRENGTH}
FILTER: Mapping[str, object] = {"mode": "exclude", "rule": 'CustomSecurityAttribute.App.Spared -eq "yes"'}
"""Takes out, or keeps alone, the applications that carry an attribute."""
SHORT: Mapping[str, object] = {
    "signInFrequency": 12.0,
    "signInFrequencyPeriod": "hours",
    "signInFrequencyInterval": "timeBased",
    "persistentBrowserMode": "never",
}
_GUESTS: Mapping[str, object] = {
    "guestOrExternalUserTypes": ["b2bCollaborationGuest"],
    "externalTenants": [{"membershipKind": "all"}],
}


def policy(
    name: str,
    *,
    state: object = "enabled",
    users: Mapping[str, object] | None = None,
    grant: Mapping[str, object] = ASKS,
    session: Mapping[str, object] = SHORT,
    **conditions: object,
) -> ResourceRecord:
    """An enforced policy for all users, all applications and all clients, unless told otherwise."""
    props = {
        "displayName": name,
        "state": state,
        "conditions": {
            "clientAppTypes": ["all"],
            "applications": {"includedApplications": ["All"]},
            "users": {"excludedGroups": [BREAK_GLASS], **(users or {"includedUsers": ["All"]})},
            **conditions,
        },
        "grantControls": dict(grant),
        "sessionControls": dict(session),
    }
    urn = f"urn:pulumi:prod::identity::{ENTRA_CONDITIONAL_ACCESS}::{name}"
    return ResourceRecord(urn, ENTRA_CONDITIONAL_ACCESS, name, props)


EVERYBODY = policy("everybody")
IN_PARTS: tuple[ResourceRecord, ...] = (
    policy(
        "workforce",
        users={
            "includedUsers": ["All"],
            "excludedGroups": [BREAK_GLASS, ADMINISTRATORS],
            "excludedGuestsOrExternalUsers": [_GUESTS],
        },
    ),
    policy("administrators", users={"includedGroups": [ADMINISTRATORS]}),
    policy("guests", users={"includedGuestsOrExternalUsers": [_GUESTS]}),
)
"""Everybody, in three policies."""


def places(*more: str) -> dict[str, Missing]:
    """`reads` of a rule that asks for a policy for everybody; `more` must be there."""
    needed = (
        "state",
        "conditions.clientAppTypes",
        "conditions.applications.includedApplications",
        "conditions.users.includedUsers",
        "conditions.users.includedGroups",
        "conditions.users.includedGuestsOrExternalUsers",
        "conditions.users.includedGuestsOrExternalUsers[*].guestOrExternalUserTypes",
        "conditions.users.includedGuestsOrExternalUsers[*].externalTenants",
        "conditions.users.includedGuestsOrExternalUsers[*].externalTenants[*].membershipKind",
        *more,
    )
    safe = (
        "conditions.applications.excludedApplications",
        *(f"conditions.{name}" for name in ca.NARROWING),
        "conditions.users.includedRoles",
        "conditions.users.excludedUsers",
        "conditions.users.excludedGroups",
        "conditions.users.excludedRoles",
        "conditions.users.excludedGuestsOrExternalUsers",
        "conditions.users.excludedGuestsOrExternalUsers[*].guestOrExternalUserTypes",
    )
    found: dict[str, Missing] = {}
    found.update((at(name), "fails") for name in needed)
    found.update((at(name), "safe") for name in safe)
    return found


def at(place: str) -> str:
    """A property of a conditional access policy as a place of a stack rule."""
    return f"{ENTRA_CONDITIONAL_ACCESS}: {place}"


_MORE_GUESTS = {**_GUESTS, "guestOrExternalUserTypes": ["internalGuest"]}
WEAKER: Mapping[str, tuple[object, ...]] = {
    at("state"): ("disabled", "enabledForReportingButNotEnforced", "Enabled"),
    at("conditions.clientAppTypes"): (["browser"], ["browser", "mobileAppsAndDesktopClients"], []),
    at("conditions.applications.includedApplications"): (["Office365"], []),
    at("conditions.applications.excludedApplications"): (["Office365"],),
    at("conditions.locations"): ({"includedLocations": ["All"], "excludedLocations": ["AllTrusted"]},),
    at("conditions.platforms"): ({"includedPlatforms": ["android"]},),
    at("conditions.devices"): ({"filter": {"mode": "exclude", "rule": "x"}},),
    at("conditions.userRiskLevels"): (["high"],),
    at("conditions.signInRiskLevels"): (["high"],),
    at("conditions.insiderRiskLevels"): ("elevated",),
    at("conditions.clientApplications"): ({"includedServicePrincipals": ["All"]},),
    at("conditions.authenticationFlowTransferMethods"): (["deviceCodeFlow"],),
    at("conditions.servicePrincipalRiskLevels"): (["high"],),
    at("conditions.applications.filter"): (FILTER, {**FILTER, "mode": "include"}),
    at("conditions.users.includedUsers"): (["u1"], ["None"], []),
    at("conditions.users.excludedUsers"): (["u1"],),
    at("conditions.users.excludedGroups"): (["44444444-4444-4444-4444-444444444444"],),
    at("conditions.users.excludedRoles"): (["62e90394-69f5-4237-9190-012177145e10"],),
    at("conditions.users.excludedGuestsOrExternalUsers"): ([_MORE_GUESTS],),
    at("conditions.users.excludedGuestsOrExternalUsers[*].guestOrExternalUserTypes"): (["internalGuest"],),
    at("conditions.users.includedGuestsOrExternalUsers[*].guestOrExternalUserTypes"): (["internalGuest"], []),
    at("conditions.users.includedGuestsOrExternalUsers[*].externalTenants"): ([],),
    at("conditions.users.includedGuestsOrExternalUsers[*].externalTenants[*].membershipKind"): (
        "enumerated",
    ),
}
"""What leaves somebody out of a policy for everybody."""
NOT_IN_PARTS: Mapping[str, tuple[object, ...]] = {at("conditions.users.includedUsers"): ()}
"""In `IN_PARTS` a user more in the part of the administrators is no weakness."""
NEUTRAL: Mapping[str, str] = {
    at(
        f"conditions.users.{name}"
    ): "one more whom the policy meets is no weakness; see the examples for one less"
    for name in ("includedGroups", "includedRoles", "includedGuestsOrExternalUsers")
}
TOLERATES: Mapping[str, str] = dict.fromkeys(
    NEUTRAL, "whom a policy for all users includes beside them changes nothing"
)
