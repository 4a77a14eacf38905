"""Control policies, permission sets, emergency and pipeline roles: who may do what, evaluated."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from iam_evaluator import Caller, Request, allowed, denied_by
from monitoring_program import AS_OF, company, layers_preview, with_aws

from billing_identity.components.aws.policies.document import SCP_LIMIT
from billing_identity.components.aws.policies.eligible_services import LISTED
from billing_identity.components.aws.policies.permission_sets import DUTIES
from billing_identity.components.errors import ComponentInputError
from billing_identity.stacks.bind.aws.workforce import workforce_args
from billing_identity.stacks.layers import workforce
from billing_identity.stacks.settings import SingleAccount
from billing_identity.stacks.store_settings import BackupSettings

POLICY = "aws:organizations/policy:Policy"
SET = "aws:ssoadmin/permissionSet:PermissionSet"
INLINE = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
ROLE, ROLE_POLICY = "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy"
ORGANIZATION = "o-meridian01"
DATA = "100000000004"


def role(name: str, account: str = DATA) -> Caller:
    return Caller(f"arn:aws:iam::{account}:role/{name}", organization=ORGANIZATION)


DEPLOY, SOMEBODY = role("billing-identity-deploy"), role("AWSReservedSSO_NetworkOperator_0a1b")
CUSTODIAN = role("kms-custodian", "100000000002")
ROOT = Caller(f"arn:aws:iam::{DATA}:root", organization=ORGANIZATION)
EAST, EUROPE = {"aws:RequestedRegion": "us-east-1"}, {"aws:RequestedRegion": "eu-west-1"}


@pytest.mark.parametrize(
    ("policy", "caller", "action", "context", "denied"),
    [
        ("audit", SOMEBODY, "cloudtrail:StopLogging", {}, True),
        ("audit", DEPLOY, "cloudtrail:UpdateTrail", {}, False),
        ("audit", DEPLOY, "cloudtrail:DeleteTrail", {}, True),
        ("audit", DEPLOY, "s3:DeleteBucket", {}, True),
        ("audit", DEPLOY, "logs:DeleteLogGroup", {}, True),
        ("audit", SOMEBODY, "organizations:LeaveOrganization", {}, True),
        ("audit", DEPLOY, "organizations:LeaveOrganization", {}, True),
        ("audit", SOMEBODY, "guardduty:DeleteDetector", {}, True),
        ("audit", SOMEBODY, "config:StopConfigurationRecorder", {}, True),
        ("audit", DEPLOY, "kms:ScheduleKeyDeletion", {}, True),
        ("audit", CUSTODIAN, "kms:ScheduleKeyDeletion", {}, False),
        ("audit", ROOT, "s3:ListAllMyBuckets", {}, True),
        ("audit", ROOT, "iam:DeleteLoginProfile", {"aws:AssumedRoot": "true"}, False),
        ("audit", ROOT, "s3:DeleteBucketPolicy", {"aws:AssumedRoot": "true"}, True),
        ("audit", SOMEBODY, "ec2:DescribeInstances", {}, False),
        ("place", SOMEBODY, "ec2:RunInstances", EAST, False),
        ("place", SOMEBODY, "ec2:RunInstances", EUROPE, True),
        ("place", SOMEBODY, "s3:PutObject", {"aws:RequestedRegion": "us-west-2"}, False),
        ("place", SOMEBODY, "iam:GetRole", {"aws:RequestedRegion": "us-east-1"}, False),
        ("place", SOMEBODY, "sts:AssumeRole", EUROPE, False),
        ("place", SOMEBODY, "gamelift:CreateFleet", EAST, True),
        ("place", SOMEBODY, "lightsail:CreateInstances", EAST, True),
        ("place", DEPLOY, "rolesanywhere:CreateTrustAnchor", EAST, True),
        ("identity", DEPLOY, "iam:CreateUser", {}, True),
        ("identity", SOMEBODY, "iam:CreateAccessKey", {}, True),
        ("identity", SOMEBODY, "iam:UpdateAssumeRolePolicy", {}, True),
        ("identity", DEPLOY, "iam:UpdateAssumeRolePolicy", {}, False),
        ("identity", SOMEBODY, "ec2:CreateVolume", {"ec2:Encrypted": "false"}, True),
        ("identity", SOMEBODY, "ec2:CreateVolume", {"ec2:Encrypted": "true"}, False),
        ("identity", DEPLOY, "rds:CreateDBInstance", {"rds:StorageEncrypted": "false"}, True),
        ("identity", DEPLOY, "rds:CreateDBInstance", {"rds:StorageEncrypted": "true"}, False),
        ("identity", DEPLOY, "ec2:DisableEbsEncryptionByDefault", {}, True),
        ("identity", SOMEBODY, "rds:ModifyDBSnapshotAttribute", {}, True),
    ],
)
def test_service_control_policies(
    monitored: Any, policy: str, caller: Caller, action: str, context: dict[str, str], denied: bool
) -> None:
    content = monitored[(POLICY, f"guardrails-{policy}")].inputs["content"]
    assert bool(denied_by(content, Request(caller, action, context=context))) is denied


PREFIXES = {
    "accessanalyzer": "access-analyzer",
    "cfg": "config",
    "kinesis": "firehose",
    "ssoadmin": "sso",
    "vpc": "ec2",
}
"""Prefix of IAM's actions where it isn't the name of the provider's module."""


def test_every_service_that_the_program_uses_is_let_through(monitored: Any) -> None:
    content = monitored[(POLICY, "guardrails-place")].inputs["content"]
    modules = {type_.split(":")[1].split("/")[0] for type_, _ in monitored if type_.startswith("aws:")}
    used = {PREFIXES.get(module, module) for module in modules} | {"events", "logs", "sts", "identitystore"}
    assert len(used) > 25
    assert {
        service
        for service in used
        if denied_by(content, Request(DEPLOY, f"{service}:Anything", context=EAST))
    } == set()


OUTSIDER = Caller("arn:aws:iam::999999999999:role/stranger", organization="o-stranger000")
SIEM = Caller("arn:aws:iam::100000000009:role/splunk", organization=None)
SEALED = "arn:aws:iam::100000000001:role/sealed-hardware-keys"
TRAIL = Caller(service="cloudtrail.amazonaws.com")


@pytest.mark.parametrize(
    ("caller", "action", "context", "sid"),
    [
        (OUTSIDER, "s3:GetObject", {}, "OnlyOwnOrganisation"),
        (Caller(OUTSIDER.arn, organization=None), "kms:Decrypt", {}, "OnlyOwnOrganisation"),
        (SOMEBODY, "s3:GetObject", {}, None),
        (SOMEBODY, "s3:GetObject", {"aws:SecureTransport": "false"}, "NothingWithoutTls"),
        (
            TRAIL,
            "s3:PutObject",
            {"aws:SourceAccount": "1", "aws:SourceOrgID": "o-stranger000"},
            "ServicesOnlyForOwnOrganisation",
        ),
        (TRAIL, "s3:PutObject", {"aws:SourceAccount": "1", "aws:SourceOrgID": ORGANIZATION}, None),
        (OUTSIDER, "sts:AssumeRole", {}, "RolesAreTakenOnFromWithin"),
        (SIEM, "sts:AssumeRole", {}, None),
    ],
)
def test_resource_control_policy(
    monitored: Any, caller: Caller, action: str, context: dict[str, str], sid: str | None
) -> None:
    content = monitored[(POLICY, "guardrails-resources")].inputs["content"]
    assert denied_by(content, Request(caller, action, context=context)) == ({sid} if sid else set())


def test_control_policies_fit_and_bind_every_account_but_the_management_account(monitored: Any) -> None:
    contents = [item.inputs["content"] for (type_, _), item in monitored.items() if type_ == POLICY]
    assert len(contents) == 4
    assert all(len(content) <= SCP_LIMIT for content in contents)
    targets = {
        item.inputs["targetId"]
        for (type_, _), item in monitored.items()
        if type_.endswith(":PolicyAttachment") and "organizations" in type_
    }
    assert targets == set(company()[1].aws.places.values())
    assert f"AsOf{LISTED:%Y%m%d}" in monitored[(POLICY, "guardrails-place")].inputs["content"]


STORE = "arn:aws:s3:::meridian-prod-ephi-edi/a"
KEY = "arn:aws:kms:us-east-1:100000000002:key/mrk-1"
VIA = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}


@pytest.mark.parametrize(
    ("duty", "action", "resource", "context", "expected"),
    [
        ("key-administrator", "kms:EnableKeyRotation", KEY, {}, True),
        ("key-administrator", "kms:Decrypt", KEY, VIA, False),
        ("key-administrator", "kms:ScheduleKeyDeletion", KEY, {}, False),
        ("key-administrator", "kms:PutKeyPolicy", KEY, {}, False),
        ("key-custodian", "kms:ScheduleKeyDeletion", KEY, {}, True),
        ("key-custodian", "kms:Decrypt", KEY, VIA, False),
        ("key-custodian", "s3:GetObject", STORE, {}, False),
        ("ephi-data-operator", "s3:GetObject", STORE, {}, True),
        ("ephi-data-operator", "s3:GetObject", "arn:aws:s3:::meridian-prod-log-archive/a", {}, False),
        ("ephi-data-operator", "kms:Decrypt", KEY, VIA, True),
        ("ephi-data-operator", "kms:Decrypt", KEY, {}, False),
        ("ephi-data-operator", "s3:DeleteObject", STORE, {}, False),
        ("log-reader", "s3:GetObject", "arn:aws:s3:::meridian-prod-log-archive/a", {}, True),
        ("log-reader", "s3:GetObject", STORE, {}, False),
        ("log-reader", "s3:PutObject", "arn:aws:s3:::meridian-prod-log-archive/a", {}, False),
        (
            "log-reader",
            "athena:StartQueryExecution",
            "arn:aws:athena:us-east-1:100000000003:workgroup/meridian-prod-log-search",
            {},
            True,
        ),
        (
            "log-reader",
            "athena:StartQueryExecution",
            "arn:aws:athena:us-east-1:100000000003:workgroup/primary",
            {},
            False,
        ),
        ("security-auditor", "guardduty:GetFindings", "*", {}, True),
        ("security-auditor", "s3:GetObject", STORE, {}, False),
        ("security-auditor", "logs:GetLogEvents", "*", {}, False),
        ("network-operator", "ec2:CreateRoute", "*", EAST, True),
        ("network-operator", "ec2:CreateRoute", "*", EUROPE, False),
        ("network-operator", "ec2:DeleteFlowLogs", "*", EAST, False),
        ("network-operator", "kms:Decrypt", KEY, VIA, False),
        ("break-glass", "s3:GetObject", STORE, {}, True),
        ("break-glass", "backup:StartRestoreJob", "*", {}, True),
        ("break-glass", "cloudtrail:StopLogging", "*", {}, False),
        ("break-glass", "kms:PutKeyPolicy", KEY, {}, False),
        ("break-glass", "s3:PutBucketPolicy", "arn:aws:s3:::meridian-prod-ephi-edi", {}, False),
    ],
)
def test_what_each_permission_set_may_do(
    monitored: Any, duty: str, action: str, resource: str, context: dict[str, str], expected: bool
) -> None:
    policy = monitored[(INLINE, f"set-{duty}")].inputs["inlinePolicy"]
    assert allowed(policy, Request(SOMEBODY, action, resource, context)) is expected


def test_the_boundary_holds_whatever_a_set_grants(monitored: Any) -> None:
    boundary = monitored[("aws:iam/policy:Policy", "workforce-boundary-data")].inputs["policy"]
    for action in (
        "cloudtrail:StopLogging",
        "iam:CreateUser",
        "iam:PassRole",
        "organizations:LeaveOrganization",
        "sso:CreateAccountAssignment",
    ):
        assert not allowed(boundary, Request(SOMEBODY, action)), action
    deploy = f"arn:aws:iam::{DATA}:role/billing-identity-deploy"
    assert not allowed(boundary, Request(SOMEBODY, "sts:AssumeRole", deploy))
    assert allowed(boundary, Request(SOMEBODY, "s3:GetObject", STORE))


def test_each_entitlement_of_aws_is_a_bounded_set_for_its_groups_only(monitored: Any) -> None:
    sets = {name.removeprefix("set-") for type_, name in monitored if type_ == SET}
    assert sets == set(DUTIES)
    bounded = {name for type_, name in monitored if type_.endswith(":PermissionsBoundaryAttachment")}
    assert bounded == {f"set-{duty}" for duty in DUTIES}
    given = {name for type_, name in monitored if type_.endswith(":AccountAssignment")}
    assert "set-log-reader-security-analyst-100000000003" in given
    assert "set-break-glass-break-glass-responder-100000000004" in given
    assert {name.rsplit("-", 1)[1] for name in given if name.startswith("set-security-auditor")} == set(
        company()[1].aws.places.values()
    )
    assert not any(
        item.inputs.get("principalType") == "USER"
        for (type_, _), item in monitored.items()
        if type_.endswith(":AccountAssignment")
    )


@pytest.mark.parametrize(
    ("duty", "session"), [("key-custodian", "PT1H"), ("break-glass", "PT1H"), ("log-reader", "PT4H")]
)
def test_sessions_end_by_tier(monitored: Any, duty: str, session: str) -> None:
    assert monitored[(SET, f"set-{duty}")].inputs["sessionDuration"] == session


def test_policies_of_a_set_wait_for_its_assignments(monitored: Any) -> None:
    policy = monitored[(INLINE, "set-log-reader")]
    assignment = monitored[
        ("aws:ssoadmin/accountAssignment:AccountAssignment", "set-log-reader-security-analyst-100000000003")
    ]
    assert assignment.urn in policy.dependencies


def test_the_emergency_role_is_in_each_account_and_taken_on_from_the_sealed_role_only(monitored: Any) -> None:
    for purpose in ("keys", "logs", "data", "workforce", "copies"):
        made = monitored[(ROLE, f"break-glass-{purpose}")].inputs
        assert made["maxSessionDuration"] == 3600
        sealed = Caller(SEALED, organization=ORGANIZATION)
        assert allowed(made["assumeRolePolicy"], Request(sealed, "sts:AssumeRole"))
        assert not allowed(made["assumeRolePolicy"], Request(Caller(SEALED), "sts:AssumeRole"))
        other = Caller(f"{SEALED}-2", organization=ORGANIZATION)
        assert not allowed(made["assumeRolePolicy"], Request(other, "sts:AssumeRole"))
        assert not allowed(made["assumeRolePolicy"], Request(OUTSIDER, "sts:AssumeRole"))


@pytest.mark.parametrize(
    ("duty", "subject"),
    [
        ("ci-preview", "repo:meridian-revenue/identity:pull_request"),
        ("ci-deploy", "repo:meridian-revenue/identity:environment:prod"),
    ],
)
def test_the_pipeline_is_pinned_to_audience_and_subject(monitored: Any, duty: str, subject: str) -> None:
    (statement,) = json.loads(monitored[(ROLE, duty)].inputs["assumeRolePolicy"])["Statement"]
    issuer = "token.actions.githubusercontent.com"
    assert statement["Condition"] == {
        "StringEquals": {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": [subject]}
    }
    policy = monitored[(ROLE_POLICY, duty)].inputs["policy"]
    target = "read" if duty == "ci-preview" else "deploy"
    other = "deploy" if duty == "ci-preview" else "read"
    assert allowed(
        policy, Request(SOMEBODY, "sts:AssumeRole", f"arn:aws:iam::{DATA}:role/billing-identity-{target}")
    )
    assert not allowed(
        policy, Request(SOMEBODY, "sts:AssumeRole", f"arn:aws:iam::{DATA}:role/billing-identity-{other}")
    )


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", STORE),
        ("kms:Decrypt", KEY),
        ("iam:CreateRole", "*"),
        ("s3:PutBucketPolicy", "*"),
        ("secretsmanager:GetSecretValue", "*"),
    ],
)
def test_the_reading_role_changes_nothing_and_sees_no_contents(
    monitored: Any, action: str, resource: str
) -> None:
    policy = monitored[(ROLE_POLICY, "reader-data")].inputs["policy"]
    assert not allowed(policy, Request(SOMEBODY, action, resource, VIA))
    assert allowed(policy, Request(SOMEBODY, "s3:GetBucketPolicy", "arn:aws:s3:::meridian-prod-ephi-edi"))


def test_nobody_is_an_iam_user(monitored: Any) -> None:
    assert not [
        name for type_, name in monitored if type_ in ("aws:iam/user:User", "aws:iam/accessKey:AccessKey")
    ]


def test_groups_that_the_settings_do_not_name_are_looked_up() -> None:
    settings = company()[1].aws.workforce
    assert settings is not None
    found = layers_preview(with_aws(workforce=settings.model_copy(update={"groups": {}})))
    assert not found.errors
    ids = {
        item.inputs["principalId"] for item in found.registrations if item.type.endswith(":AccountAssignment")
    }
    assert len(ids) == 7
    assert not ids & set(settings.groups.values())


@pytest.mark.parametrize(
    ("compared", "later", "stated"),
    [(None, 0, True), (AS_OF, 0, False), (AS_OF, 1, True)],
    ids=["never compared", "compared today", "compared a year ago"],
)
def test_a_list_of_services_that_was_not_compared_is_a_stated_gap(
    compared: date | None, later: int, stated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workforce, "COMPARED", compared)
    gaps: list[Any] = []
    layers_preview(gaps=gaps, as_of=AS_OF.replace(year=AS_OF.year + later))
    assert any("eligible" in gap.control for gap in gaps) is stated


def test_a_single_account_declares_each_account_wide_thing_once() -> None:
    decision = SingleAccount(
        reason="Small company",
        approver="security-officer",
        approved=date(2026, 11, 1),
        review=date(2027, 11, 1),
    )
    one = with_aws(
        accounts=dict.fromkeys(("keys", "logs", "data", "workforce"), DATA),
        single_account=decision,
        backup=BackupSettings(),
    )
    found = layers_preview(one)
    assert not found.errors, [str(error) for error in found.errors]
    assert [
        item.inputs["region"]
        for item in found.registrations
        if item.type == "aws:guardduty/detector:Detector"
    ] == ["us-east-1", "us-west-2"]
    assert (
        sum(
            item.type == ROLE and item.inputs["name"] == "billing-identity-break-glass"
            for item in found.registrations
        )
        == 1
    )


def test_an_entitlement_without_a_policy_is_refused() -> None:
    catalogue, _, names = company()
    system = catalogue.systems["aws"]
    juggler = system.entitlements["network-operator"].model_copy(update={"permission_set": "Juggler"})
    changed = system.model_copy(update={"entitlements": {**system.entitlements, "juggler": juggler}})
    odd = replace(catalogue, systems={**catalogue.systems, "aws": changed})
    with pytest.raises(ComponentInputError, match="aws/juggler: no AWS policy"):
        workforce_args(odd, names, AS_OF)


@pytest.mark.parametrize(("home", "path"), [(None, ""), ("us-east-2", "us-east-2/")])
def test_the_home_region_of_identity_center_is_in_the_names_of_its_roles(home: str | None, path: str) -> None:
    workforce_settings = company()[1].aws.workforce
    assert workforce_settings is not None
    settings = with_aws(workforce=workforce_settings.model_copy(update={"home_region": home}))
    found = layers_preview(settings)
    assert not found.errors
    key = next(item for item in found.registrations if item.type == "aws:kms/key:Key")
    assert f"role/aws-reserved/sso.amazonaws.com/{path}AWSReservedSSO_KeyCustodian_" in key.inputs["policy"]
    regions = {item.inputs["region"] for item in found.registrations if "ssoadmin" in item.type}
    assert regions == {home or "us-east-1"}
