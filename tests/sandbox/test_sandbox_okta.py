"""Okta: what the service refuses, and what it makes of what it accepts."""

import re
from typing import Any

import pytest
from sandbox_client import Refused

GROUP = "okta:group/group:Group"
RULE = "okta:group/rule:Rule"
OAUTH = "okta:app/oAuth:OAuth"
SAML = "okta:app/saml:Saml"
ASSIGNMENT = "okta:app/groupAssignment:GroupAssignment"
APP_POLICY = "okta:index/appSignonPolicy:AppSignonPolicy"
APP_RULE = "okta:index/appSignonPolicyRule:AppSignonPolicyRule"
SIGNON = "okta:policy/signon:Signon"
SIGNON_RULE = "okta:policy/ruleSignon:RuleSignon"
MFA = "okta:policy/mfa:Mfa"
ZONE = "okta:network/zone:Zone"
DEVICE = "okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows"
AUTHENTICATOR = "okta:index/authenticator:Authenticator"
STREAM = "okta:index/logStream:LogStream"
ATTRIBUTE = "okta:index/userSchemaProperty:UserSchemaProperty"
EXPRESSION = 'user.department=="MC"'
TAKEN = "already exists in the current organization"


@pytest.mark.parametrize(
    ("kind", "inputs", "prefix"),
    [
        (GROUP, {"name": "g"}, "00g"),
        (OAUTH, {"label": "a", "type": "web"}, "0oa"),
        (SAML, {"label": "a"}, "0oa"),
        (APP_POLICY, {"name": "p", "description": "d"}, "rst"),
        (SIGNON, {"name": "p"}, "00p"),
        (ZONE, {"name": "z", "type": "IP"}, "nzo"),
        (DEVICE, {"name": "d"}, "dae"),
        ("okta:index/behaviour:Behaviour", {"name": "b", "type": "VELOCITY", "velocity": 805}, "bhv"),
        ("okta:index/eventHook:EventHook", {"name": "h", "events": ["x"], "channel": {"uri": "u"}}, "who"),
    ],
)
def test_ids_have_okta_s_form(kind: str, inputs: Any, prefix: str, okta: Any) -> None:
    identifier = okta.create(kind, **inputs)["id"]
    assert re.fullmatch(rf"{prefix}[0-9A-Za-z]{{17}}", identifier)


def test_an_app_gets_its_outputs(okta: Any) -> None:
    saml = okta.create(SAML, label="athenaOne")
    assert saml["metadataUrl"] == f"https://acme.okta.com/api/v1/apps/{saml['id']}/sso/saml/metadata"
    assert saml["entityUrl"].endswith(saml["entityKey"])
    assert saml["authenticationPolicy"].startswith("rst")
    web = okta.create(OAUTH, label="portal", type="web")
    assert web["clientId"] == web["id"]
    assert len(web["clientSecret"].value) == 64
    service = okta.create(
        OAUTH, label="s", type="service", omitSecret=True, tokenEndpointAuthMethod="private_key_jwt"
    )
    assert service["clientSecret"].value == ""


def test_names_are_unique(okta: Any) -> None:
    group = okta.create(GROUP, name="coder")
    with pytest.raises(Refused, match=TAKEN):
        okta.create(GROUP, name="coder")
    other = okta.create(GROUP, name="poster")
    with pytest.raises(Refused, match=TAKEN):
        okta.update(GROUP, other, name="coder")
    okta.update(GROUP, group, name="coder", description="changed")
    okta.create(ZONE, name="office", type="IP")
    with pytest.raises(Refused, match=TAKEN):
        okta.create(ZONE, name="office", type="IP")
    okta.create(SIGNON, name="workforce")
    with pytest.raises(Refused, match="Policy name already in use"):
        okta.create(SIGNON, name="workforce")
    with pytest.raises(Refused, match="Policy name already in use"):
        okta.create(SIGNON, name="Default Policy")


def test_a_group_rule_needs_groups_a_free_name_and_known_attributes(okta: Any) -> None:
    with pytest.raises(Refused, match=r"Resource not found: 00gnone \(UserGroup\)"):
        okta.create(RULE, name="r", expressionValue=EXPRESSION, groupAssignments=["00gnone"])
    group = okta.create(GROUP, name="coder")["id"]
    with pytest.raises(Refused, match="Invalid property jobCode in expression"):
        okta.create(RULE, name="r", expressionValue='user.jobCode=="MC"', groupAssignments=[group])
    attribute = okta.create(ATTRIBUTE, index="jobCode", title="Job code", type="string")
    rule = okta.create(
        RULE, name="r", expressionValue='user.jobCode=="user.nothing"', groupAssignments=[group]
    )
    with pytest.raises(Refused, match=TAKEN):
        okta.create(RULE, name="r", expressionValue=EXPRESSION, groupAssignments=[group])
    with pytest.raises(Refused, match="is used in the group rule"):
        okta.delete(ATTRIBUTE, attribute)
    with pytest.raises(Refused, match=r"Function Convert.toInt is not supported"):
        okta.create(RULE, name="c", expressionValue="Convert.toInt(user.title)>3", groupAssignments=[group])
    okta.delete(RULE, rule)
    okta.delete(ATTRIBUTE, attribute)


@pytest.mark.parametrize(
    "expression", ['isMemberOfAnyGroup("00gx")', 'user.isMemberOfGroup("x")', "String.len(user.login)>1"]
)
def test_expressions_may_call_methods(expression: str, okta: Any) -> None:
    group = okta.create(GROUP, name="coder")["id"]
    okta.create(RULE, name="r", expressionValue=expression, groupAssignments=[group])


def test_a_rule_s_target_and_an_admin_role_exclude_each_other(okta: Any) -> None:
    role = "okta:group/role:Role"
    filled, admin = (okta.create(GROUP, name=n)["id"] for n in ("filled", "admin"))
    okta.create(RULE, name="r", expressionValue=EXPRESSION, groupAssignments=[filled])
    with pytest.raises(Refused, match="target of a group rule"):
        okta.create(role, groupId=filled, roleType="HELP_DESK_ADMIN")
    okta.create(role, groupId=admin, roleType="HELP_DESK_ADMIN")
    with pytest.raises(Refused, match="has an admin role"):
        okta.create(RULE, name="s", expressionValue=EXPRESSION, groupAssignments=[admin])


def test_a_deleted_target_makes_the_rule_invalid(okta: Any) -> None:
    group = okta.create(GROUP, name="coder")
    inputs = {"name": "r", "expressionValue": EXPRESSION, "groupAssignments": [group["id"]]}
    rule = okta.create(RULE, **inputs)
    okta.delete(GROUP, group)
    outputs, _ = okta.read(RULE, rule["id"], rule, okta.checked(RULE, inputs))
    assert outputs["status"] == "INVALID"


def test_an_assignment_needs_app_and_group(okta: Any) -> None:
    group = okta.create(GROUP, name="coder")["id"]
    app = okta.create(OAUTH, label="a", type="web")["id"]
    other = okta.create(OAUTH, label="b", type="web")["id"]
    with pytest.raises(Refused, match=r"0oanone .AppInstance"):
        okta.create(ASSIGNMENT, appId="0oanone", groupId=group)
    with pytest.raises(Refused, match=r"00gnone .UserGroup"):
        okta.create(ASSIGNMENT, appId=app, groupId="00gnone")
    first = okta.create(ASSIGNMENT, appId=app, groupId=group, priority=1)
    second = okta.create(ASSIGNMENT, appId=other, groupId=group, priority=2)
    assert first["id"] == second["id"] == group
    inputs = {"appId": other, "groupId": group, "priority": 2}
    outputs, _ = okta.read(ASSIGNMENT, group, second, inputs)
    assert outputs["appId"] == other
    imported, _ = okta.read(ASSIGNMENT, f"{app}/{group}", {}, {})
    assert imported["priority"] == 1


def test_a_rule_needs_its_policy_and_what_it_names(okta: Any) -> None:
    with pytest.raises(Refused, match=r"00pnone \(Policy\)"):
        okta.create(SIGNON_RULE, policyId="00pnone", name="r")
    policy = okta.create(SIGNON, name="workforce")["id"]
    with pytest.raises(Refused, match=r"nzonone \(NetworkZone\)"):
        okta.create(
            SIGNON_RULE, policyId=policy, name="r", networkConnection="ZONE", networkIncludes=["nzonone"]
        )
    with pytest.raises(Refused, match=r"bhvnone \(Behavior\)"):
        okta.create(SIGNON_RULE, policyId=policy, name="r", behaviors=["bhvnone"])
    okta.create(SIGNON_RULE, policyId=policy, name="r")
    with pytest.raises(Refused, match="Policy rule name already in use"):
        okta.create(SIGNON_RULE, policyId=policy, name="r")
    access = okta.create(APP_POLICY, name="ephi", description="d", catchAll=False)["id"]
    with pytest.raises(Refused, match=r"00pany|\(Policy\)"):
        okta.create(APP_RULE, policyId=policy, name="wrong kind of policy")
    with pytest.raises(Refused, match=r"00gnone \(UserGroup\)"):
        okta.create(APP_RULE, policyId=access, name="r", groupsIncluded=["00gnone"])
    with pytest.raises(Refused, match=r"daenone \(DeviceAssurance\)"):
        okta.create(
            "okta:app/signonPolicyRules:SignonPolicyRules",
            policyId=access,
            rules=[{"name": "r", "deviceAssurancesIncluded": ["daenone"]}],
        )


def test_what_a_rule_names_is_not_deleted(okta: Any) -> None:
    policy = okta.create(APP_POLICY, name="ephi", description="d")["id"]
    zone, device = okta.create(ZONE, name="office", type="IP"), okta.create(DEVICE, name="managed")
    rule = okta.create(
        APP_RULE,
        policyId=policy,
        name="r",
        networkConnection="ZONE",
        networkIncludes=[zone["id"]],
        deviceAssurancesIncluded=[device["id"]],
    )
    for kind, item in ((ZONE, zone), (DEVICE, device)):
        with pytest.raises(Refused, match="in use by r and can't be deleted"):
            okta.delete(kind, item)
    okta.delete(APP_RULE, rule)
    okta.delete(ZONE, zone)
    okta.delete(DEVICE, device)


def test_apps_fall_back_to_the_default_policy(okta: Any) -> None:
    policy = okta.create(APP_POLICY, name="ephi", description="d")
    with pytest.raises(Refused, match=r"rstnone \(Policy\)"):
        okta.create(SAML, label="x", authenticationPolicy="rstnone")
    inputs = {"label": "athena", "authenticationPolicy": policy["id"]}
    app = okta.create(SAML, **inputs)
    okta.delete(APP_POLICY, policy)
    outputs, fresh = okta.read(SAML, app["id"], app, okta.checked(SAML, inputs))
    default = okta.invoke("okta:policy/getDefaultPolicy:getDefaultPolicy", type="ACCESS_POLICY")["id"]
    assert outputs["authenticationPolicy"] == fresh["authenticationPolicy"] == default


def test_the_catch_all_rule_comes_with_its_policy(okta: Any, sandbox: Any) -> None:
    policy = okta.create(APP_POLICY, name="ephi", description="d", catchAll=False)
    rule, _ = okta.read(APP_RULE, policy["defaultRuleId"], {}, {})
    assert (rule["policyId"], rule["access"]) == (policy["id"], "DENY")
    okta.delete(APP_POLICY, policy)
    assert okta.read(APP_RULE, policy["defaultRuleId"], {}, {}) is None


def test_authenticators_are_adopted_and_stay_while_enrolled(okta: Any) -> None:
    webauthn = {"oktaPassword": {"enroll": "REQUIRED"}, "webauthn": {"enroll": "REQUIRED"}}
    with pytest.raises(Refused, match="Authenticator webauthn is not active"):
        okta.create(MFA, name="workforce", isOie=True, **webauthn)
    key = okta.create(AUTHENTICATOR, key="webauthn", name="Security key")
    assert okta.create(AUTHENTICATOR, key="webauthn", name="Security key")["id"] == key["id"]
    with pytest.raises(Refused, match="password or email must be required"):
        okta.create(
            MFA, name="w", isOie=True, oktaPassword={"enroll": "OPTIONAL"}, oktaEmail={"enroll": "OPTIONAL"}
        )
    policy = okta.create(MFA, name="workforce", isOie=True, **webauthn)
    with pytest.raises(Refused, match="enabled in one or more policies"):
        okta.delete(AUTHENTICATOR, key)
    with pytest.raises(Refused, match="enabled in one or more policies"):
        okta.update(AUTHENTICATOR, key, key="webauthn", name="Security key", status="INACTIVE")
    okta.update(MFA, policy, name="workforce", isOie=True, oktaPassword={"enroll": "REQUIRED"})
    okta.delete(AUTHENTICATOR, key)
    with pytest.raises(Refused, match="is not active"):
        okta.create(MFA, name="again", isOie=True, **webauthn)


def test_two_log_streams_at_most(okta: Any) -> None:
    for name in ("one", "two"):
        settings = {"accountId": "1", "eventSourceName": name, "region": "us-east-1"}
        okta.create(STREAM, name=name, type="aws_eventbridge", settings=settings)
    with pytest.raises(Refused, match="maximum number of log streams"):
        okta.create(STREAM, name="three", type="splunk_cloud_logstreaming", settings={"host": "h"})


def test_custom_roles_are_given_over_resource_sets(okta: Any) -> None:
    role, resources, holders = (
        "okta:index/adminRoleCustom:AdminRoleCustom",
        "okta:index/resourceSet:ResourceSet",
        "okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments",
    )
    desk = okta.create(role, label="Help desk", description="d", permissions=["okta.users.read"])
    with pytest.raises(Refused, match=TAKEN):
        okta.create(role, label="Help desk", description="d")
    with pytest.raises(Refused, match=r"iamnone \(ResourceSet\)"):
        okta.create(holders, customRoleId=desk["id"], resourceSetId="iamnone")
    people = okta.create(
        resources, label="Staff", description="d", resources=["https://acme.okta.com/api/v1/users"]
    )
    made = okta.create(holders, customRoleId=desk["id"], resourceSetId=people["id"])
    assert made["id"] == f"{people['id']}/{desk['id']}"
    with pytest.raises(Refused, match="It is assigned"):
        okta.delete(role, desk)


def test_deleting_an_app_takes_its_assignments(okta: Any, sandbox: Any) -> None:
    group = okta.create(GROUP, name="coder")["id"]
    app = okta.create(OAUTH, label="a", type="web")
    okta.create(ASSIGNMENT, appId=app["id"], groupId=group)
    okta.delete(OAUTH, app)
    assert sandbox.store.find(ASSIGNMENT) == []


def test_data_sources(okta: Any) -> None:
    group = okta.create(GROUP, name="coder", description="d")
    assert okta.invoke("okta:group/getGroup:getGroup", name="coder")["id"] == group["id"]
    with pytest.raises(Refused, match="failed to find group 'nobody'"):
        okta.invoke("okta:group/getGroup:getGroup", name="nobody")
    assert okta.invoke("okta:group/getEveryoneGroup:getEveryoneGroup")["name"] == "Everyone"
    assert okta.invoke("okta:index/getNetworkZone:getNetworkZone", name="DefaultExemptIpZone")[
        "id"
    ].startswith("nzo")
    consoles = okta.invoke("okta:index/getApps:getApps", label="Okta Admin Console")["apps"]
    assert [a["name"] for a in consoles] == ["saasure"]
    authenticator = okta.invoke("okta:index/getAuthenticator:getAuthenticator", key="okta_verify")
    assert authenticator["status"] == "ACTIVE"
    assert okta.invoke("okta:user/getUserProfileMappingSource:getUserProfileMappingSource")["id"].startswith(
        "oty"
    )


def test_organisations_are_apart(okta: Any, clients: Any) -> None:
    other = clients("okta", orgName="other", baseUrl="oktapreview.com")
    group = okta.create(GROUP, name="coder")
    other.create(GROUP, name="coder")
    assert other.read(GROUP, group["id"], {}, {}) is None


@pytest.mark.parametrize(("usage", "most"), [("POLICY", 150), ("BLOCKLIST", 1000)])
def test_a_zone_is_full_some_day(usage: str, most: int, okta: Any) -> None:
    ranges = [f"198.51.{number // 256}.{number % 256}/32" for number in range(most + 1)]
    zone = {"type": "IP", "usage": usage, "status": "ACTIVE"}
    with pytest.raises(Refused, match=f"at most {most}"):
        okta.create("okta:network/zone:Zone", name="full", gateways=ranges, **zone)
    okta.create("okta:network/zone:Zone", name="fits", gateways=ranges[:most], **zone)
