"""Each control of SCuBA and of the STIG that a rule answers to: its violation is built, its rules fire."""

import json

import pytest

from billing_identity.policies.coverage import by_rules, partly
from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate
from billing_identity.policies.framework.conditional_access_examples import EVERYBODY, SETTINGS, policy
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.settings import read_settings
from billing_identity.roles.citations.registry import registry

CONFIG = PackConfig(settings=read_settings({**SETTINGS, "asOf": "2026-11-24"}))


def _of(type_, **props):
    return ResourceRecord(f"urn:pulumi:prod::x::{type_}::x", type_, "x", props, id="x-1")


def _strength(*combinations):
    strength = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy"
    return _of(strength, displayName="x", allowedCombinations=list(combinations))


def _password(**changes):
    good = {
        "name": "x",
        "passwordMinLength": 15,
        "passwordHistoryCount": 24,
        "passwordMaxLockoutAttempts": 3,
        "passwordDictionaryLookup": True,
        "questionRecovery": "INACTIVE",
    }
    return _of("okta:policy/password:Password", **{**good, **changes})


def _session(**changes):
    good = {"policyId": "p", "mfaRequired": True, "sessionIdle": 15, "sessionLifetime": 720}
    return _of("okta:policy/ruleSignon:RuleSignon", **{**good, **changes})


def _sign_on(mode, **possession):
    constraint = json.dumps({"possession": {"required": True, **possession}, "knowledge": {"required": True}})
    rule = {"name": "in", "access": "ALLOW", "factorMode": mode, "constraints": [constraint]}
    return _of("okta:app/signonPolicyRules:SignonPolicyRules", policyId="p", rules=[rule])


ROLE = {"roleId": "62e90394-69f5-4237-9190-012177145e10"}
PLAIN_FACTOR = policy("mfa", grant={"operator": "OR", "builtInControls": ["mfa"]})
TRUSTED = {"includedLocations": ["All"], "excludedLocations": ["AllTrusted"]}
TOKEN = _of("pulumi:providers:okta", apiToken="00aExampleTokenExampleTokenExampleToken12")
SCHEDULE = "azuread:index/privilegedAccessGroupAssignmentSchedule:PrivilegedAccessGroupAssignmentSchedule"
UNIT_ROLE = "azuread:index/administrativeUnitRoleMember:AdministrativeUnitRoleMember"
WEAK_SIGN_ON = [_sign_on("2FA", deviceBound="REQUIRED")]
ONE_FACTOR = [_sign_on("1FA", phishingResistant="REQUIRED")]

VIOLATIONS = {
    "MS.AAD.1.1v1": [[EVERYBODY]],
    "MS.AAD.3.1v1": [[_strength("fido2", "password,microsoftAuthenticatorPush")],
                     [_strength("fido2", "temporaryAccessPassOneTime"), EVERYBODY]],
    "MS.AAD.3.2v2": [[policy("some", users={"includedGroups": ["g"]})],
                     [policy("at home", locations=TRUSTED)]],
    "MS.AAD.3.5v2": [[_strength(f"password,{method}")] for method in ("sms", "voice")],
    "MS.AAD.3.6v1": [[PLAIN_FACTOR]],
    "MS.AAD.5.5v1": [[_of("azuread:index/applicationPassword:ApplicationPassword", applicationId="a")],
                     [_of("azuread:index/servicePrincipalPassword:ServicePrincipalPassword", x="a")],
                     [_of("azuread:index/application:Application", password={"displayName": "p"})]],
    "MS.AAD.5.6v1": [[_of("azuread:index/applicationPassword:ApplicationPassword",
                          applicationId="a", endDate="2028-01-01T00:00:00Z")]],
    "MS.AAD.5.7v1": [[_of("azuread:index/applicationCertificate:ApplicationCertificate",
                          applicationId="a", endDate="2028-01-01T00:00:00Z")]],
    "MS.AAD.7.4v1": [[_of("azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
                          principalObjectId="somebody", **ROLE)],
                     [_of(SCHEDULE, groupId="g", principalId="p", permanentAssignment=True)],
                     [_of(SCHEDULE, groupId="g", principalId="p", duration="P3650D")]],
    "MS.AAD.7.5v1": [[_of("azuread:index/directoryRoleMember:DirectoryRoleMember",
                          memberObjectId="somebody")],
                     [_of(UNIT_ROLE, memberObjectId="somebody", administrativeUnitObjectId="u")]],
    "OKTA-APP-000020": [[_session(sessionIdle=16)], [_of("okta:policy/signon:Signon", name="x")]],
    "OKTA-APP-000170": [[_password(passwordMaxLockoutAttempts=11)],
                        [_password(passwordMaxLockoutAttempts=0)]],
    "OKTA-APP-000180": [WEAK_SIGN_ON],
    "OKTA-APP-000190": [WEAK_SIGN_ON],
    "OKTA-APP-000560": [ONE_FACTOR],
    "OKTA-APP-000570": [ONE_FACTOR],
    "OKTA-APP-000650": [[_password(passwordMinLength=14)]],
    "OKTA-APP-001430": [[_of("okta:index/logStream:LogStream", name="x", status="INACTIVE")]],
    "OKTA-APP-001665": [[_session(sessionLifetime=1081)]],
    "OKTA-APP-001710": [[_session(sessionPersistent=True)]],
    "OKTA-APP-002980": [[_password(passwordDictionaryLookup=False)]],
    "OKTA-APP-003010": [[_password(passwordHistoryCount=4)]],
    "OKTA-APP-003240": [[TOKEN], [_of("okta:index/apiToken:ApiToken", network={"connection": "ANYWHERE"})]],
    "OKTA-APP-003241": [[TOKEN]],
}  # fmt: skip
"""By control: programs that break it, each of which one of the control's rules must refuse."""


def _fired(records, rules):
    report = evaluate(records, CONFIG, [find(rule) for rule in rules])
    return {finding.rule for finding in report.blocking}


@pytest.mark.parametrize("control", VIOLATIONS)
def test_each_violation_is_refused_and_each_rule_refuses_one(control):
    rules = by_rules()[control]
    fired = [_fired(records, rules) for records in VIOLATIONS[control]]
    assert all(fired), [
        records for records, found in zip(VIOLATIONS[control], fired, strict=True) if not found
    ]
    assert set[str]().union(*fired) == set(rules)


def test_every_control_with_a_rule_is_tried():
    baselines = {item.id for item in registry().values() if item.framework.startswith(("CISA", "DISA"))}
    assert baselines & by_rules().keys() == VIOLATIONS.keys()


def test_what_is_said_to_be_in_part_has_a_rule_and_says_what_is_left():
    assert partly().keys() <= VIOLATIONS.keys()
    assert all(text.endswith(".") and len(text) > 40 for text in partly().values())


def test_the_lock_after_three_failures_is_a_parameter():
    config = PackConfig(settings=CONFIG.settings, parameters={"okta-password-policy": {"lockoutAttempts": 3}})
    rule = [find("okta-password-policy")]
    assert evaluate([_password(passwordMaxLockoutAttempts=4)], config, rule).blocking
    assert not evaluate([_password(passwordMaxLockoutAttempts=3)], config, rule).blocking
