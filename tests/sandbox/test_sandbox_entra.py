"""Entra: what Graph refuses, and what it makes of what it accepts."""

import re
from typing import Any

import pytest
from sandbox_client import Refused

GROUP = "azuread:index/group:Group"
BARE = "azuread:index/groupWithoutMembers:GroupWithoutMembers"
POLICY = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
LOCATION = "azuread:index/namedLocation:NamedLocation"
STRENGTH = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy"
APPLICATION = "azuread:index/application:Application"
PRINCIPAL = "azuread:index/servicePrincipal:ServicePrincipal"
ASSIGNMENT = "azuread:index/appRoleAssignment:AppRoleAssignment"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ROLE = "44444444-4444-4444-4444-444444444444"


def policy(**conditions: Any) -> dict[str, Any]:
    base = {"clientAppTypes": ["all"], "applications": {"includedApplications": ["All"]}, "users": {}}
    return {
        "displayName": "ephi",
        "state": "enabled",
        "conditions": {**base, **conditions},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    }


def strong(strength: str, controls: list[str] | None = None) -> dict[str, Any]:
    grant: dict[str, Any] = {"operator": "OR", "authenticationStrengthPolicyId": strength}
    return {**policy(), "grantControls": {**grant, **({"builtInControls": controls} if controls else {})}}


@pytest.mark.parametrize(
    ("kind", "inputs", "form"),
    [
        (GROUP, {"displayName": "g", "securityEnabled": True}, "/groups/UUID"),
        (BARE, {"displayName": "g", "securityEnabled": True}, "/groups/UUID"),
        (APPLICATION, {"displayName": "a"}, "/applications/UUID"),
        (
            STRENGTH,
            {"displayName": "s", "allowedCombinations": ["fido2"]},
            "/policies/authenticationStrengthPolicies/UUID",
        ),
        (
            LOCATION,
            {"displayName": "l", "ip": {"ipRanges": ["198.51.100.0/24"]}},
            "/identity/conditionalAccess/namedLocations/UUID",
        ),
        (POLICY, policy(), "/identity/conditionalAccess/policies/UUID"),
        (
            "azuread:index/administrativeUnit:AdministrativeUnit",
            {"displayName": "u"},
            "/directory/administrativeUnits/UUID",
        ),
    ],
)
def test_ids_are_paths_and_object_ids_are_their_ends(kind: str, inputs: Any, form: str, entra: Any) -> None:
    made = entra.create(kind, **inputs)
    assert re.fullmatch(form.replace("UUID", UUID), made["id"])
    assert made["objectId"] == made["id"].rsplit("/", 1)[-1]


def test_conditional_access_names_only_what_exists(entra: Any) -> None:
    unknown = "99999999-9999-9999-9999-999999999999"
    with pytest.raises(Refused, match=f"Group {unknown} does not exist"):
        entra.create(POLICY, **policy(users={"includedUsers": ["All"], "excludedGroups": [unknown]}))
    with pytest.raises(Refused, match=f"NetworkNamedLocation with id {unknown} does not exist"):
        entra.create(POLICY, **policy(locations={"includedLocations": [unknown]}))
    with pytest.raises(Refused, match="AuthenticationStrengthPolicy with id"):
        entra.create(POLICY, **strong(f"/policies/authenticationStrengthPolicies/{unknown}"))
    with pytest.raises(Refused, match="can't be combined with the grant control mfa"):
        phishing = "/policies/authenticationStrengthPolicies/00000000-0000-0000-0000-000000000004"
        entra.create(POLICY, **strong(phishing, ["mfa"]))
    group = entra.create(GROUP, displayName="g", securityEnabled=True)
    with pytest.raises(Refused, match="does not exist"):
        entra.create(POLICY, **policy(users={"includedGroups": [group["id"]]}))
    entra.create(
        POLICY,
        **policy(users={"includedGroups": [group["objectId"]]}, locations={"includedLocations": ["All"]}),
    )


def test_strengths_and_locations_in_use_stay(entra: Any) -> None:
    strength = entra.create(STRENGTH, displayName="s", allowedCombinations=["fido2"])
    location = entra.create(LOCATION, displayName="l", ip={"ipRanges": ["198.51.100.0/24"]})
    inputs = {
        **strong(strength["id"]),
        "conditions": policy(locations={"includedLocations": [location["objectId"]]})["conditions"],
    }
    made = entra.create(POLICY, **inputs)
    with pytest.raises(Refused, match="in use by the policies ephi"):
        entra.delete(STRENGTH, strength)
    with pytest.raises(Refused, match="referenced by the policies ephi"):
        entra.delete(LOCATION, location)
    entra.delete(POLICY, made)
    entra.delete(STRENGTH, strength)
    entra.delete(LOCATION, location)


def test_a_trusted_location_takes_two_steps(entra: Any) -> None:
    inputs = {"displayName": "l", "ip": {"ipRanges": ["198.51.100.0/24"], "trusted": True}}
    location = entra.create(LOCATION, **inputs)
    with pytest.raises(Refused, match="set trusted to false first"):
        entra.delete(LOCATION, location)
    inputs["ip"]["trusted"] = False
    entra.delete(LOCATION, entra.update(LOCATION, location, **inputs))


def test_password_change_stands_alone(entra: Any) -> None:
    grant = {"operator": "AND", "builtInControls": ["mfa", "passwordChange"]}
    with pytest.raises(Refused, match="passwordChange"):
        entra.create(POLICY, **{**policy(), "grantControls": grant})
    entra.create(POLICY, **{**policy(userRiskLevels=["high"]), "grantControls": grant})


DEVICES = {"includedUserActions": ["urn:user:registerdevice"]}
PROGRAMS = {"includedServicePrincipals": ["ServicePrincipalsInMyTenant"]}
BLOCK = {"operator": "OR", "builtInControls": ["block"]}
LIMITED = {"applicationEnforcedRestrictionsEnabled": True}
KEPT = {"persistentBrowserMode": "never"}


@pytest.mark.parametrize(
    ("refused", "accepted", "why"),
    [
        (
            {
                **policy(applications=DEVICES),
                "grantControls": {**BLOCK, "builtInControls": ["compliantDevice"]},
            },
            policy(applications=DEVICES),
            "mfa or an authentication strength alone",
        ),
        (
            policy(applications=DEVICES, clientAppTypes=["browser"]),
            policy(applications=DEVICES),
            "no condition on devices or client applications",
        ),
        (
            policy(applications={"includedApplications": ["00000003-0000-0000-c000-000000000000"]}),
            policy(),
            "Graph can't be a target",
        ),
        (
            {**policy(), "sessionControls": LIMITED},
            {**policy(applications={"includedApplications": ["Office365"]}), "sessionControls": LIMITED},
            "Application enforced restrictions",
        ),
        (
            {**policy(applications={"includedApplications": ["Office365"]}), "sessionControls": KEPT},
            {**policy(), "sessionControls": KEPT},
            "takes all applications",
        ),
        (
            {**policy(clientApplications=PROGRAMS), "grantControls": BLOCK},
            {
                **policy(clientApplications=PROGRAMS, users={"includedUsers": ["None"]}),
                "grantControls": BLOCK,
            },
            "includes no users",
        ),
        (
            policy(clientApplications=PROGRAMS, users={"includedUsers": ["None"]}),
            {
                **policy(clientApplications=PROGRAMS, users={"includedUsers": ["None"]}),
                "grantControls": BLOCK,
            },
            "can block, and nothing else",
        ),
    ],
)
def test_nothing_is_asked_where_it_cannot_be_answered(
    refused: Any, accepted: Any, why: str, entra: Any
) -> None:
    with pytest.raises(Refused, match=why):
        entra.create(POLICY, **refused)
    entra.create(POLICY, **accepted)


def test_service_principals_show_their_application_s_roles(entra: Any) -> None:
    with pytest.raises(Refused, match="does not reference a valid application object"):
        entra.create(PRINCIPAL, clientId="33333333-3333-3333-3333-333333333333")
    role = {
        "id": ROLE,
        "value": "coder",
        "displayName": "Coder",
        "description": "d",
        "allowedMemberTypes": ["User"],
    }
    app = entra.create(APPLICATION, displayName="athena", appRoles=[role])
    assert app["appRoleIds"] == {"coder": ROLE}
    principal = entra.create(PRINCIPAL, clientId=app["clientId"])
    assert principal["appRoleIds"] == {"coder": ROLE}
    assert principal["samlMetadataUrl"].endswith(f"?appid={app['clientId']}")
    with pytest.raises(Refused, match="already exists"):
        entra.create(PRINCIPAL, clientId=app["clientId"])
    entra.create(PRINCIPAL, clientId="00000003-0000-0000-c000-000000000000", useExisting=True)


def test_an_app_role_assignment_needs_both_sides_and_a_role_of_the_app(entra: Any) -> None:
    role = {
        "id": ROLE,
        "value": "coder",
        "displayName": "Coder",
        "description": "d",
        "allowedMemberTypes": ["User"],
    }
    app = entra.create(APPLICATION, displayName="athena", appRoles=[role])
    resource = entra.create(PRINCIPAL, clientId=app["clientId"])["objectId"]
    group = entra.create(GROUP, displayName="coder", securityEnabled=True)["objectId"]
    with pytest.raises(Refused, match="'nobody' does not exist"):
        entra.create(ASSIGNMENT, appRoleId=ROLE, principalObjectId="nobody", resourceObjectId=resource)
    with pytest.raises(Refused, match="'nothing' does not exist"):
        entra.create(ASSIGNMENT, appRoleId=ROLE, principalObjectId=group, resourceObjectId="nothing")
    with pytest.raises(Refused, match="was not found on application"):
        entra.create(ASSIGNMENT, appRoleId="other", principalObjectId=group, resourceObjectId=resource)
    made = entra.create(ASSIGNMENT, appRoleId=ROLE, principalObjectId=group, resourceObjectId=resource)
    assert made["principalType"] == "Group"
    with pytest.raises(Refused, match="already exists on the object"):
        entra.create(ASSIGNMENT, appRoleId=ROLE, principalObjectId=group, resourceObjectId=resource)


def test_directory_roles_go_to_role_assignable_groups(entra: Any) -> None:
    kind = "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment"
    plain = entra.create(BARE, displayName="plain", securityEnabled=True)["objectId"]
    with pytest.raises(Refused, match="not role-assignable"):
        entra.create(kind, roleId="r", principalObjectId=plain)
    able = entra.create(BARE, displayName="able", securityEnabled=True, assignableToRole=True)["objectId"]
    entra.create(kind, roleId="r", principalObjectId=able)
    with pytest.raises(Refused, match="can't have other groups"):
        entra.create(GROUP, displayName="nest", securityEnabled=True, assignableToRole=True, members=[plain])


@pytest.mark.parametrize(
    ("kind", "inputs", "words"),
    [
        ("groupMember:GroupMember", {"groupObjectId": "g", "memberObjectId": "m"}, "'g' does not exist"),
        (
            "groupRoleManagementPolicy:GroupRoleManagementPolicy",
            {"groupId": "g", "roleId": "member"},
            "'g' does not exist",
        ),
        (
            "accessPackage:AccessPackage",
            {"catalogId": "c", "displayName": "p", "description": "d"},
            "'c' does not exist",
        ),
        (
            "accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",
            {"accessPackageId": "p", "displayName": "x", "description": "d"},
            "'p' does not exist",
        ),
        (
            "applicationPassword:ApplicationPassword",
            {"applicationId": "/applications/x"},
            "'/applications/x' does not exist",
        ),
        (
            "synchronizationJob:SynchronizationJob",
            {"servicePrincipalId": "s", "templateId": "t"},
            "'s' does not exist",
        ),
        (
            "administrativeUnitMember:AdministrativeUnitMember",
            {"administrativeUnitObjectId": "u", "memberObjectId": "m"},
            "'u' does not exist",
        ),
    ],
)
def test_what_hangs_on_something_needs_it(kind: str, inputs: Any, words: str, entra: Any) -> None:
    with pytest.raises(Refused, match=words):
        entra.create(f"azuread:index/{kind}", **inputs)


def test_a_fido2_configuration_needs_a_strength_with_fido2(entra: Any) -> None:
    name = "AuthenticationStrengthPolicyFido2CombinationConfiguration"
    kind = f"azuread:index/{name[0].lower()}{name[1:]}:{name}"
    weak = entra.create(STRENGTH, displayName="w", allowedCombinations=["password"])
    with pytest.raises(Refused, match="does not allow fido2"):
        entra.create(kind, authenticationStrengthPolicyId=weak["objectId"], allowedAaguids=["x"])
    good = entra.create(STRENGTH, displayName="s", allowedCombinations=["fido2"])
    entra.create(kind, authenticationStrengthPolicyId=good["objectId"], allowedAaguids=["x"])
    with pytest.raises(Refused, match="has one for fido2 already"):
        entra.create(kind, authenticationStrengthPolicyId=good["objectId"], allowedAaguids=["y"])


def test_a_catalog_with_packages_stays(entra: Any) -> None:
    catalog_kind = "azuread:index/accessPackageCatalog:AccessPackageCatalog"
    catalog = entra.create(catalog_kind, displayName="c", description="d")
    package = entra.create(
        "azuread:index/accessPackage:AccessPackage", catalogId=catalog["id"], displayName="p", description="d"
    )
    with pytest.raises(Refused, match="has access packages"):
        entra.delete(catalog_kind, catalog)
    entra.delete("azuread:index/accessPackage:AccessPackage", package)
    entra.delete(catalog_kind, catalog)


def test_data_sources(entra: Any) -> None:
    assert entra.invoke("azuread:index/getClientConfig:getClientConfig")["tenantId"].startswith("11111111")
    with pytest.raises(Refused, match="no group found matching 'g'"):
        entra.invoke("azuread:index/getGroup:getGroup", displayName="g")
    group = entra.create(BARE, displayName="g", securityEnabled=True)
    assert entra.invoke("azuread:index/getGroup:getGroup", displayName="g")["objectId"] == group["objectId"]
    strength = entra.invoke(
        "azuread:index/getAuthenticationStrengthPolicy:getAuthenticationStrengthPolicy",
        displayName="Phishing-resistant MFA",
    )
    assert strength["id"].endswith("0004")
    ids = entra.invoke("azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds")["result"]
    assert ids["MicrosoftGraph"] == "00000003-0000-0000-c000-000000000000"
