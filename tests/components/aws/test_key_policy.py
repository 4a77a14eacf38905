"""What a key policy lets whom do, asked of the document itself."""

import dataclasses
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from iam_evaluator import Caller, Request, allowed, denied_by

from billing_identity.components.aws import arns
from billing_identity.components.aws.globs import overlap
from billing_identity.components.aws.policies.key_policy import (
    CRYPTO,
    DESTROY,
    MANAGE,
    WRITE_POLICY,
    KeyDuties,
    KeyUse,
    key_policy,
)
from billing_identity.components.aws.policies.key_services import SERVICES, KeyService
from billing_identity.components.errors import ComponentInputError

KEYS, DATA, LOGS, OUTSIDE = "111122223333", "444455556666", "777788889999", "999900001111"
REGION = "us-east-1"
SUFFIX = "0123456789abcdef"
BUCKET = "meridian-prod-ephi-edi"
TRAIL = arns.trail(LOGS, REGION, "meridian-prod-trail")
GROUP = arns.log_group(LOGS, REGION, "/billing-identity/prod/*")


def federated(account: str, permission_set: str, region: str = "") -> Caller:
    path = "aws-reserved/sso.amazonaws.com/" + (f"{region}/" if region else "")
    return Caller(f"arn:aws:iam::{account}:role/{path}AWSReservedSSO_{permission_set}_{SUFFIX}")


ADMIN = Caller(arns.role(KEYS, "kms-administrator"))
ADMIN_SSO = federated(KEYS, "KeyAdministrator")
CUSTODIAN = Caller(arns.role(KEYS, "kms-custodian"))
CUSTODIAN_SSO = federated(KEYS, "KeyCustodian")
OPERATOR = federated(DATA, "EphiDataOperator")
COPIER = Caller(arns.role(DATA, "meridian-prod-replication"))
OTHER_IN_DATA = Caller(arns.role(DATA, "deploy"))
OTHER_IN_KEYS = Caller(arns.role(KEYS, "AdministratorAccess"))
ROOT = Caller(arns.account_root(KEYS))

DUTIES = KeyDuties(
    account=KEYS,
    region=REGION,
    administrators=(ADMIN.arn, *arns.permission_set_roles(KEYS, "KeyAdministrator", REGION)),
    custodians=(CUSTODIAN.arn, *arns.permission_set_roles(KEYS, "KeyCustodian", REGION)),
    uses=(
        KeyUse(
            "Operators", arns.permission_set_roles(DATA, "EphiDataOperator", REGION), ["s3"], buckets=[BUCKET]
        ),
        KeyUse("Copier", [COPIER.arn], ["s3"], encrypt=False, buckets=[BUCKET]),
        KeyUse("Volumes", [arns.role(DATA, "volumes")], ["ec2"], grants=True),
    ),
    services=(
        KeyService("logs", [GROUP]),
        KeyService("cloudtrail", [TRAIL]),
        KeyService("alarms"),
        KeyService("config", accounts=[LOGS]),
        KeyService("log-delivery", accounts=[DATA]),
        KeyService("event-buses", accounts=[LOGS]),
    ),
    organization_id="o-example1234",
)
POLICY = key_policy(DUTIES)

S3 = {"kms:ViaService": "s3.us-east-1.amazonaws.com"}
OWN = {**S3, "kms:EncryptionContext:aws:s3:arn": arns.bucket(BUCKET)}
OBJECT = {**S3, "kms:EncryptionContext:aws:s3:arn": arns.bucket(BUCKET) + "/clients/837.edi"}
FOREIGN = {**S3, "kms:EncryptionContext:aws:s3:arn": arns.bucket(BUCKET + "-rvbh")}
USE = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom")


@pytest.mark.parametrize(
    ("who", "action", "context", "may"),
    [
        # keepers manage and never use
        (ADMIN, "kms:EnableKeyRotation", {}, True),
        (ADMIN_SSO, "kms:CancelKeyDeletion", {}, True),
        (ADMIN_SSO, "kms:Decrypt", OWN, False),
        (ADMIN, "kms:CreateGrant", {"kms:GrantIsForAWSResource": "true", **S3}, False),
        (ADMIN, "kms:ScheduleKeyDeletion", {}, False),
        (ADMIN_SSO, "kms:DisableKey", {}, False),
        (ADMIN, "kms:PutKeyPolicy", {}, False),
        # the custodian destroys, writes the policy, never uses
        (CUSTODIAN, "kms:PutKeyPolicy", {}, True),
        (CUSTODIAN_SSO, "kms:ScheduleKeyDeletion", {}, True),
        (CUSTODIAN_SSO, "kms:DisableKey", {}, True),
        (CUSTODIAN, "kms:ReplicateKey", {}, True),
        (CUSTODIAN, "kms:Decrypt", OWN, False),
        (CUSTODIAN_SSO, "kms:GenerateDataKey", OWN, False),
        # users use, for the named store and through the named service, and manage nothing
        (OPERATOR, "kms:Decrypt", OWN, True),
        (OPERATOR, "kms:GenerateDataKey", OBJECT, True),
        (OPERATOR, "kms:Decrypt", FOREIGN, False),
        (OPERATOR, "kms:Decrypt", {"kms:EncryptionContext:aws:s3:arn": arns.bucket(BUCKET)}, False),
        (OPERATOR, "kms:Decrypt", {**OWN, "kms:ViaService": "s3.us-west-2.amazonaws.com"}, False),
        (OPERATOR, "kms:Decrypt", S3, False),
        (OPERATOR, "kms:PutKeyPolicy", {}, False),
        (OPERATOR, "kms:ScheduleKeyDeletion", {}, False),
        (OPERATOR, "kms:TagResource", {}, False),
        (OPERATOR, "kms:CreateGrant", {"kms:GrantIsForAWSResource": "true", **OWN}, False),
        (COPIER, "kms:Decrypt", OWN, True),
        (COPIER, "kms:Encrypt", OWN, False),
        # grants: for AWS resources only, and only where the use says so
        (
            Caller(arns.role(DATA, "volumes")),
            "kms:CreateGrant",
            {"kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:GrantIsForAWSResource": "true"},
            True,
        ),
        (
            Caller(arns.role(DATA, "volumes")),
            "kms:CreateGrant",
            {"kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:GrantIsForAWSResource": "false"},
            False,
        ),
        (Caller(arns.role(DATA, "volumes")), "kms:CreateGrant", {}, False),
        (
            Caller(arns.role(DATA, "volumes")),
            "kms:Decrypt",
            {"kms:ViaService": "ec2.us-east-1.amazonaws.com"},
            True,
        ),
        (
            Caller(arns.role(DATA, "volumes")),
            "kms:Decrypt",
            S3,
            False,
        ),
        # the root user: the way back, nothing else
        (ROOT, "kms:PutKeyPolicy", {}, True),
        (ROOT, "kms:CancelKeyDeletion", {}, True),
        (ROOT, "kms:ScheduleKeyDeletion", {}, False),
        (ROOT, "kms:Decrypt", OWN, False),
        # everybody else: nothing
        (OTHER_IN_KEYS, "kms:Decrypt", OWN, False),
        (OTHER_IN_KEYS, "kms:PutKeyPolicy", {}, False),
        (OTHER_IN_KEYS, "kms:DescribeKey", {}, False),
        (OTHER_IN_DATA, "kms:Decrypt", OWN, False),
        (federated(DATA, "KeyCustodian"), "kms:ScheduleKeyDeletion", {}, False),
        (federated(KEYS, "EphiDataOperator"), "kms:Decrypt", OWN, False),
        (Caller(arns.role(OUTSIDE, "anyone"), organization="o-other12345"), "kms:Decrypt", OWN, False),
        # somebody who left the organisation, under a name that once had a duty
        (Caller(OPERATOR.arn, organization="o-other12345"), "kms:Decrypt", OWN, False),
        # a permission set whose name merely begins alike
        (federated(DATA, "EphiDataOperator_Trainee"), "kms:Decrypt", OWN, False),
    ],
)
def test_who_may_do_what(who: Caller, action: str, context: dict[str, str], may: bool) -> None:
    assert allowed(POLICY, Request(who, action, context=context)) is may


@pytest.mark.parametrize(
    ("service", "action", "context", "may"),
    [
        (
            "logs.us-east-1.amazonaws.com",
            "kms:GenerateDataKey",
            {
                "kms:EncryptionContext:aws:logs:arn": arns.log_group(
                    LOGS, REGION, "/billing-identity/prod/trail"
                )
            },
            True,
        ),
        (
            "logs.us-east-1.amazonaws.com",
            "kms:GenerateDataKey",
            {
                "kms:EncryptionContext:aws:logs:arn": arns.log_group(
                    OUTSIDE, REGION, "/billing-identity/prod/trail"
                )
            },
            False,
        ),
        ("logs.us-east-1.amazonaws.com", "kms:Decrypt", {}, False),
        (
            "cloudtrail.amazonaws.com",
            "kms:GenerateDataKey",
            {"aws:SourceArn": TRAIL, "kms:EncryptionContext:aws:cloudtrail:arn": TRAIL},
            True,
        ),
        (
            "cloudtrail.amazonaws.com",
            "kms:GenerateDataKey",
            {
                "aws:SourceArn": TRAIL.replace(LOGS, OUTSIDE),
                "kms:EncryptionContext:aws:cloudtrail:arn": TRAIL.replace(LOGS, OUTSIDE),
            },
            False,
        ),
        ("cloudtrail.amazonaws.com", "kms:Decrypt", {"aws:SourceArn": TRAIL}, False),
        ("cloudtrail.amazonaws.com", "kms:DescribeKey", {"aws:SourceArn": TRAIL}, True),
        ("events.amazonaws.com", "kms:GenerateDataKey", {}, True),
        ("cloudwatch.amazonaws.com", "kms:Decrypt", {}, True),
        ("config.amazonaws.com", "kms:GenerateDataKey", {"aws:SourceAccount": LOGS}, True),
        ("config.amazonaws.com", "kms:GenerateDataKey", {"aws:SourceAccount": OUTSIDE}, False),
        ("delivery.logs.amazonaws.com", "kms:GenerateDataKey", {"aws:SourceAccount": DATA}, True),
        ("delivery.logs.amazonaws.com", "kms:GenerateDataKey", {"aws:SourceAccount": OUTSIDE}, False),
        ("events.amazonaws.com", "kms:DescribeKey", {"aws:SourceAccount": LOGS}, True),
        ("events.amazonaws.com", "kms:DescribeKey", {"aws:SourceAccount": OUTSIDE}, False),
        ("lambda.amazonaws.com", "kms:Decrypt", {}, False),
        ("cloudtrail.amazonaws.com", "kms:ScheduleKeyDeletion", {"aws:SourceArn": TRAIL}, False),
    ],
)
def test_services_use_it_for_what_is_ours(
    service: str, action: str, context: dict[str, str], may: bool
) -> None:
    assert allowed(POLICY, Request(Caller(service=service), action, context=context)) is may


def test_the_deploying_role_can_change_the_policy_again() -> None:
    """KMS refuses a policy that locks its caller out."""
    assert allowed(POLICY, Request(CUSTODIAN, "kms:PutKeyPolicy"))


def test_replicas_are_kept_alike() -> None:
    role = "role/aws-service-role/mrk.kms.amazonaws.com/AWSServiceRoleForKeyManagementServiceMultiRegionKeys"
    assert allowed(POLICY, Request(Caller(f"arn:aws:iam::{KEYS}:{role}"), "kms:SynchronizeMultiRegionKey"))
    assert not allowed(POLICY, Request(CUSTODIAN, "kms:SynchronizeMultiRegionKey"))


def test_identity_center_outside_us_east_1_carries_its_region() -> None:
    west = dataclasses.replace(
        DUTIES, administrators=tuple(arns.permission_set_roles(KEYS, "KeyAdministrator", "us-west-2"))
    )
    policy = key_policy(west)
    assert allowed(policy, Request(federated(KEYS, "KeyAdministrator", "us-west-2"), "kms:EnableKey"))
    assert not allowed(policy, Request(federated(KEYS, "KeyAdministrator"), "kms:EnableKey"))


_EVERYBODY = [
    ADMIN,
    ADMIN_SSO,
    CUSTODIAN,
    CUSTODIAN_SSO,
    OPERATOR,
    COPIER,
    ROOT,
    OTHER_IN_DATA,
    OTHER_IN_KEYS,
]
_CONTEXTS = [{}, OWN, {"kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:GrantIsForAWSResource": "true"}]


def _may(policy: str, who: Caller, actions: tuple[str, ...]) -> bool:
    return any(
        allowed(policy, Request(who, action.replace("*", ""), context=context))
        for action, context in itertools.product(actions, _CONTEXTS)
    )


@pytest.mark.parametrize("who", _EVERYBODY, ids=lambda caller: caller.arn.split(":", 5)[5])
def test_nobody_both_uses_and_manages(who: Caller) -> None:
    uses = _may(POLICY, who, (*CRYPTO, "kms:CreateGrant"))
    manages = _may(POLICY, who, (*MANAGE, *DESTROY, *WRITE_POLICY))
    assert not (uses and manages)


_NAMES = st.text("abcdAB-", min_size=4, max_size=8)


@hypothesis_settings(deadline=None)  # the machine may be busy
@given(admin=_NAMES, custodian=_NAMES, user=_NAMES)
def test_whatever_the_names_duties_stay_apart(admin: str, custodian: str, user: str) -> None:
    """In one account, the worst case: overlapping names are refused, others never meet in one role."""
    roles = {duty: arns.role(KEYS, name) for duty, name in (("a", admin), ("c", custodian), ("u", user))}
    duties = KeyDuties(KEYS, REGION, [roles["a"]], [roles["c"]], [KeyUse("U", [roles["u"]], ["s3"])])
    if len(set(roles.values())) < 3:
        with pytest.raises(ComponentInputError, match="only one of these duties"):
            key_policy(duties)
        return
    policy = key_policy(duties)
    for role in roles.values():
        who = Caller(role)
        assert not (_may(policy, who, CRYPTO) and _may(policy, who, (*MANAGE, *DESTROY, *WRITE_POLICY)))


def _with(**changes: object) -> KeyDuties:
    return dataclasses.replace(DUTIES, **changes)


@pytest.mark.parametrize(
    ("duties", "message"),
    [
        (_with(administrators=(CUSTODIAN.arn,)), "only one of these duties"),
        (_with(uses=(KeyUse("Bad", [ADMIN_SSO.arn], ["s3"]),)), "only one of these duties"),
        (_with(uses=(KeyUse("Bad", [arns.role(KEYS, "kms-*")], ["s3"]),)), "only one of these duties"),
        (_with(administrators=()), "administrators: empty"),
        (_with(custodians=(arns.role(DATA, "custodian"),)), "own account"),
        (_with(administrators=("*",)), "write a role ARN"),
        (_with(administrators=(arns.account_root(KEYS),)), "write a role ARN"),
        (_with(administrators=(f"arn:aws:iam::{KEYS}:role/*",)), "write a role ARN"),
        (_with(administrators=("arn:aws:iam::*:role/admin",)), "write a role ARN"),
        (_with(uses=(), services=()), "nobody uses"),
        (_with(uses=(KeyUse("NoWay", [OPERATOR.arn], []),)), "name the AWS service"),
        (_with(uses=(KeyUse("Dots", [OPERATOR.arn], ["s3"], buckets=["a.b.c"]),)), "hyphens instead of dots"),
        (_with(services=(KeyService("lambda"),)), "key service 'lambda': write one of"),
        (_with(services=(KeyService("logs"),)), "name the resources"),
        (_with(account="123"), "12 digits"),
    ],
)
def test_duties_that_can_not_be_kept_apart_are_refused(duties: KeyDuties, message: str) -> None:
    with pytest.raises(ComponentInputError, match=message):
        key_policy(duties)


def test_every_service_has_a_case_above() -> None:
    assert {service.service for service in DUTIES.services} == set(SERVICES)


def test_the_document_is_canonical_and_says_why() -> None:
    parsed = json.loads(POLICY)
    assert json.dumps(parsed, sort_keys=True, separators=(",", ":")) == POLICY
    sids = [statement["Sid"] for statement in parsed["Statement"]]
    assert len(set(sids)) == len(sids)
    assert key_policy(DUTIES) == POLICY
    assert len(POLICY) < 32 * 1024


@hypothesis_settings(deadline=None)  # the machine may be busy
@given(st.text("ab*?", max_size=7), st.text("ab*?", max_size=7))
def test_overlap_is_found_by_search(left: str, right: str) -> None:
    """Against trying every short text."""
    import re

    def pattern(glob: str) -> re.Pattern[str]:
        return re.compile(glob.replace("*", "[ab]*").replace("?", "[ab]"))

    longest = len(left) + len(right)
    if longest > 8:
        return
    texts = (
        "".join(letters) for size in range(longest + 1) for letters in itertools.product("ab", repeat=size)
    )
    one, other = pattern(left), pattern(right)
    assert overlap(left, right) == any(one.fullmatch(t) and other.fullmatch(t) for t in texts)


@pytest.mark.parametrize(
    ("who", "action", "sid"),
    [
        # An explicit denial also stops a grant made before and any later statement that allows.
        (ADMIN_SSO, "kms:Decrypt", "KeepersNeverUse"),
        (CUSTODIAN, "kms:GenerateDataKey", "KeepersNeverUse"),
        (CUSTODIAN_SSO, "kms:CreateGrant", "KeepersNeverUse"),
        (OPERATOR, "kms:TagResource", "UsersNeverManage"),
        (OPERATOR, "kms:RevokeGrant", "UsersNeverManage"),
        (ADMIN, "kms:ScheduleKeyDeletion", "OnlyCustodiansDestroy"),
        (ROOT, "kms:DisableKey", "OnlyCustodiansDestroy"),
        (OTHER_IN_KEYS, "kms:ReplicateKey", "OnlyCustodiansDestroy"),
        (Caller(service="cloudtrail.amazonaws.com"), "kms:ScheduleKeyDeletion", "OnlyCustodiansDestroy"),
        (ADMIN, "kms:PutKeyPolicy", "OnlyCustodiansWriteThePolicy"),
        (OTHER_IN_KEYS, "kms:PutKeyPolicy", "OnlyCustodiansWriteThePolicy"),
        (OTHER_IN_DATA, "kms:CreateGrant", "GrantsOnlyForAwsResources"),
        (Caller(OPERATOR.arn, organization=None), "kms:Decrypt", "NobodyOutsideTheOrganisationUses"),
    ],
)
def test_what_is_forbidden_is_denied_and_not_merely_unmentioned(who: Caller, action: str, sid: str) -> None:
    assert sid in denied_by(POLICY, Request(who, action, context=OWN))
