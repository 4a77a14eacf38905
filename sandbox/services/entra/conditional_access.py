"""Conditional Access, named locations, authentication strengths."""

import re
from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.entra.errors import bad_request, not_found
from billing_identity.sandbox.services.entra.groups import find_group
from billing_identity.sandbox.services.registry import Call, before, before_deletion, validates
from billing_identity.sandbox.wire import Properties, block, texts

POLICY: Final = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
LOCATION: Final = "azuread:index/namedLocation:NamedLocation"
STRENGTH: Final = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy"
FIDO2: Final = (
    "azuread:index/authenticationStrengthPolicyFido2CombinationConfiguration:"
    "AuthenticationStrengthPolicyFido2CombinationConfiguration"
)
X509: Final = (
    "azuread:index/authenticationStrengthPolicyX509CombinationConfiguration:"
    "AuthenticationStrengthPolicyX509CombinationConfiguration"
)
PREFIX: Final = "/policies/authenticationStrengthPolicies/"
# Microsoft Graph, "List authenticationStrengthPolicies": the built-in ones.
BUILT_IN: Final = {
    "Multifactor authentication": "00000000-0000-0000-0000-000000000002",
    "Passwordless MFA": "00000000-0000-0000-0000-000000000003",
    "Phishing-resistant MFA": "00000000-0000-0000-0000-000000000004",
}
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@validates(POLICY)
def policy_shape(inputs: Properties) -> list[Failure]:
    """What the provider refuses without asking: neither grant nor session controls, half a sign-in
    frequency.
    """
    faults: list[Failure] = []
    if "grantControls" not in inputs and "sessionControls" not in inputs:
        faults.append(
            Failure("grantControls", 'one of "grant_controls" or "session_controls" must be specified')
        )
    session = block(inputs, "sessionControls")
    if ("signInFrequency" in session) != ("signInFrequencyPeriod" in session):
        reason = '"sign_in_frequency" and "sign_in_frequency_period" must be specified together'
        faults.append(Failure("sessionControls", reason))
    return faults


@validates(LOCATION)
def location_shape(inputs: Properties) -> list[Failure]:
    """A location is made of addresses or of countries."""
    if ("ip" in inputs) == ("country" in inputs):
        return [Failure("ip", 'exactly one of "country" and "ip" must be specified')]
    return []


@before(POLICY)
def groups_exist(call: Call) -> None:
    """Groups of the user condition are in the directory."""
    users = block(call.inputs, "conditions", "users")
    for name in ("includedGroups", "excludedGroups"):
        for group in texts(users, name):
            if find_group(call.store, call.account, group) is None:
                message = f"1077: Group {group} does not exist in the directory (conditions.users.{name})."
                bad_request("creating Conditional Access Policy", message)


@before(POLICY)
def locations_exist(call: Call) -> None:
    """Locations are named by object id, All or AllTrusted."""
    known = {o.props.get("objectId") for o in call.store.find(LOCATION, call.account)} | {"All", "AllTrusted"}
    places = block(call.inputs, "conditions", "locations")
    for location in texts(places, "includedLocations") + texts(places, "excludedLocations"):
        if location not in known:
            message = f"1040: NetworkNamedLocation with id {location} does not exist in the directory."
            bad_request("creating Conditional Access Policy", message)


@before(POLICY)
def strength_exists(call: Call) -> None:
    """A strength is named by its id with the path; it does not go with the mfa control."""
    grant = block(call.inputs, "grantControls")
    strength = str(grant.get("authenticationStrengthPolicyId") or "")
    if not strength:
        return
    bare = strength.removeprefix(PREFIX)
    if not strength.startswith(PREFIX) and not _UUID.fullmatch(strength):
        bad_request(
            "creating Conditional Access Policy",
            f"1130: {strength} is not an authentication strength policy id.",
        )
    if bare not in BUILT_IN.values() and not call.has(STRENGTH, PREFIX + bare):
        message = f"1133: AuthenticationStrengthPolicy with id {bare} does not exist in the directory."
        bad_request("creating Conditional Access Policy", message)
    if "mfa" in texts(grant, "builtInControls"):
        message = "1134: Authentication strength can't be combined with the grant control mfa."
        bad_request("creating Conditional Access Policy", message)


@before(POLICY)
def password_change_is_alone(call: Call) -> None:
    """passwordChange goes with mfa by AND, for all applications, under a user risk condition."""
    grant, conditions = block(call.inputs, "grantControls"), block(call.inputs, "conditions")
    if "passwordChange" not in texts(grant, "builtInControls"):
        return
    applications = block(conditions, "applications")
    sound = (
        grant.get("operator") == "AND"
        and texts(conditions, "userRiskLevels")
        and texts(applications, "includedApplications") == ["All"]
        and not texts(applications, "excludedApplications")
    )
    if not sound:
        message = (
            "1018: The passwordChange control needs the operator AND, a user risk condition, and all "
            "applications without exclusions."
        )
        bad_request("creating Conditional Access Policy", message)


def _policies_with(call: Call, identifier: str) -> list[str]:
    found: list[str] = []
    for policy in call.store.find(POLICY, call.account):
        places = block(policy.props, "conditions", "locations")
        strength = str(block(policy.props, "grantControls").get("authenticationStrengthPolicyId") or "")
        used = [
            *texts(places, "includedLocations"),
            *texts(places, "excludedLocations"),
            strength.removeprefix(PREFIX),
        ]
        if identifier in used:
            found.append(str(policy.props.get("displayName")))
    return sorted(found)


@before_deletion(LOCATION)
def location_is_unused(call: Call) -> None:
    """A trusted location, or one that a policy names, stays."""
    if block(call.inputs, "ip").get("trusted") is True:
        message = "1042: A trusted named location can't be deleted: set trusted to false first."
        bad_request("deleting named location", message)
    if policies := _policies_with(call, str(call.inputs.get("objectId"))):
        message = f"1043: The named location is referenced by the policies {', '.join(policies)}."
        bad_request("deleting named location", message)


@before_deletion(STRENGTH)
def strength_is_unused(call: Call) -> None:
    """A strength that a policy asks for stays."""
    if policies := _policies_with(call, str(call.inputs.get("objectId"))):
        message = f"1135: The authentication strength is in use by the policies {', '.join(policies)}."
        bad_request("deleting authentication strength policy", message)


@before(FIDO2, X509)
def combination_fits(call: Call) -> None:
    """A combination configuration narrows a method that the strength allows; FIDO2 has one a strength."""
    wanted = call.text("authenticationStrengthPolicyId").removeprefix(PREFIX)
    found = next(
        (o for o in call.store.find(STRENGTH, call.account) if o.props.get("objectId") == wanted), None
    )
    if found is None:
        not_found("creating combination configuration", wanted)
    if call.token == FIDO2:
        if "fido2" not in texts(found.props, "allowedCombinations"):
            bad_request(
                "creating combination configuration", "The authentication strength does not allow fido2."
            )
        if call.others(FIDO2, "authenticationStrengthPolicyId", call.text("authenticationStrengthPolicyId")):
            bad_request(
                "creating combination configuration", "The authentication strength has one for fido2 already."
            )
