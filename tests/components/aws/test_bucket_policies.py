"""What the stores refuse and whom the archive serves, asked of the documents themselves.

A role of the account is taken to hold `s3:*` on everything: what the bucket's policy does not deny, it may
do.
"""

import json

import pytest
from iam_evaluator import Caller, Request, allowed, denied_by
from policy_places import (
    ACCESS,
    ALGORITHM,
    ARCHIVE,
    CUSTOMER,
    DATA,
    DEPLOY,
    KEY,
    KEYS,
    LOGS,
    MANAGEMENT,
    OBJECT,
    OPERATOR,
    ORGANIZATION,
    OUTSIDE,
    REGION,
    STORE,
    TRAILS,
    key,
)

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.bucket_policy import (
    access_log_policy,
    archive_policy,
    store_policy,
)
from billing_identity.components.aws.policies.refusals import OVERRIDE, WEAKEN, Store


def store(organization: str | None = ORGANIZATION) -> str:
    return store_policy(
        Store(
            bucket=STORE,
            region=REGION,
            keys_account=KEYS,
            deployers=[DEPLOY],
            organization_id=organization,
            accounts=[DATA],
        )
    )


ARCHIVE_POLICY = archive_policy(
    Store(
        bucket=ARCHIVE,
        region=REGION,
        keys_account=KEYS,
        deployers=[arns.role(LOGS, "billing-identity-deploy")],
        organization_id=ORGANIZATION,
        accounts=[LOGS],
    ),
    trails=TRAILS,
    config_accounts=[DATA],
)
ACCESS_POLICY = access_log_policy(
    Store(
        bucket=ACCESS,
        region=REGION,
        keys_account=None,
        deployers=[DEPLOY],
        organization_id=ORGANIZATION,
        accounts=[DATA],
    ),
    account=DATA,
    sources=["meridian-prod-ephi-*"],
)
OTHER_ACCOUNT = Caller(arns.role(OUTSIDE, "anyone"), organization="o-other12345")
NO_ORGANIZATION = Caller(arns.role(OUTSIDE, "anyone"), organization=None)
DELIVERED = {"s3:x-amz-acl": "bucket-owner-full-control", ALGORITHM: "aws:kms", KEY: key(KEYS)}
CLOUDTRAIL = Caller(service="cloudtrail.amazonaws.com")
LOGGING = Caller(service="logging.s3.amazonaws.com")


@pytest.mark.parametrize(
    ("action", "context", "sids"),
    [
        ("s3:GetObject", {}, set()),
        ("s3:PutObject", {}, set()),
        ("s3:GetObject", {"s3:TlsVersion": "1.2"}, set()),
        ("s3:GetObject", {"s3:TlsVersion": "1.1"}, {"NothingBelowTls12"}),
        ("s3:GetObject", {"s3:TlsVersion": "1.0"}, {"NothingBelowTls12"}),
        ("s3:GetObject", {"aws:SecureTransport": "false"}, {"NothingWithoutTls"}),
        ("s3:PutObject", {ALGORITHM: "aws:kms", KEY: key(KEYS)}, set()),
        ("s3:PutObject", {ALGORITHM: "AES256"}, {"NoOtherAlgorithm", "NoKeyOutsideTheKeysAccount"}),
        ("s3:PutObject", {ALGORITHM: "aws:kms"}, {"NoKeyOutsideTheKeysAccount"}),
        ("s3:PutObject", {ALGORITHM: "aws:kms", KEY: key(DATA)}, {"NoKeyOutsideTheKeysAccount"}),
        ("s3:PutObject", {ALGORITHM: "aws:kms", KEY: key(OUTSIDE)}, {"NoKeyOutsideTheKeysAccount"}),
        ("s3:PutObject", {ALGORITHM: "aws:kms", KEY: key(KEYS, "us-west-2")}, {"NoKeyOutsideTheKeysAccount"}),
        ("s3:PutObject", {CUSTOMER: "AES256"}, {"NoKeyOfTheCaller"}),
        *((action, {}, {"NobodyOverridesRetention"}) for action in OVERRIDE),
    ],
)
def test_a_store_refuses(action: str, context: dict[str, str], sids: set[str]) -> None:
    assert denied_by(store(), Request(OPERATOR, action, OBJECT, context)) == sids


@pytest.mark.parametrize("action", WEAKEN)
def test_only_the_deployment_changes_protection(action: str) -> None:
    bucket = arns.bucket(STORE)
    assert denied_by(store(), Request(OPERATOR, action, bucket)) == {"OnlyTheDeploymentChangesProtection"}
    assert not denied_by(store(), Request(Caller(DEPLOY), action, bucket))
    root = Caller(arns.account_root(DATA))
    assert denied_by(store(), Request(root, action, bucket)) == {"OnlyTheDeploymentChangesProtection"}


@pytest.mark.parametrize("who", [OTHER_ACCOUNT, NO_ORGANIZATION])
def test_nobody_from_outside(who: Caller) -> None:
    assert "NobodyFromOutside" in denied_by(store(), Request(who, "s3:GetObject", OBJECT))


def test_without_an_organisation_the_account_is_the_perimeter() -> None:
    assert "NobodyFromOutside" in denied_by(store(None), Request(NO_ORGANIZATION, "s3:GetObject", OBJECT))
    assert not denied_by(store(None), Request(OPERATOR, "s3:GetObject", OBJECT))


def test_aws_services_are_not_outside() -> None:
    assert not denied_by(store(), Request(Caller(service="backup.amazonaws.com"), "s3:GetObject", OBJECT))


def test_a_store_grants_nothing() -> None:
    assert {statement["Effect"] for statement in json.loads(store())["Statement"]} == {"Deny"}


@pytest.mark.parametrize(
    ("who", "folder", "context", "may"),
    [
        (
            CLOUDTRAIL,
            f"AWSLogs/{ORGANIZATION}/{DATA}/x.json.gz",
            {"aws:SourceArn": TRAILS[0], **DELIVERED},
            True,
        ),
        (CLOUDTRAIL, f"AWSLogs/{MANAGEMENT}/x.json.gz", {"aws:SourceArn": TRAILS[0], **DELIVERED}, True),
        (CLOUDTRAIL, f"AWSLogs/{OUTSIDE}/x.json.gz", {"aws:SourceArn": TRAILS[0], **DELIVERED}, False),
        (CLOUDTRAIL, "elsewhere/x.json.gz", {"aws:SourceArn": TRAILS[0], **DELIVERED}, False),
        # confused deputy: somebody else's trail, told to write here
        (
            CLOUDTRAIL,
            f"AWSLogs/{ORGANIZATION}/x.json.gz",
            {"aws:SourceArn": arns.trail(OUTSIDE, REGION, "meridian-prod-trail"), **DELIVERED},
            False,
        ),
        (CLOUDTRAIL, f"AWSLogs/{ORGANIZATION}/x.json.gz", {"aws:SourceArn": TRAILS[0]}, False),
        (
            CLOUDTRAIL,
            f"AWSLogs/{ORGANIZATION}/x.json.gz",
            {"aws:SourceArn": TRAILS[0], **DELIVERED, KEY: key(DATA)},
            False,
        ),
        (
            Caller(service="config.amazonaws.com"),
            f"AWSLogs/{DATA}/Config/x.json.gz",
            {"aws:SourceAccount": DATA, **DELIVERED},
            True,
        ),
        (
            Caller(service="config.amazonaws.com"),
            f"AWSLogs/{DATA}/Config/x.json.gz",
            {"aws:SourceAccount": OUTSIDE, **DELIVERED},
            False,
        ),
        (Caller(arns.role(LOGS, "anybody")), f"AWSLogs/{LOGS}/x.json.gz", DELIVERED, False),
    ],
)
def test_who_writes_to_the_archive(who: Caller, folder: str, context: dict[str, str], may: bool) -> None:
    request = Request(who, "s3:PutObject", f"{arns.bucket(ARCHIVE)}/{folder}", context)
    assert allowed(ARCHIVE_POLICY, request) is may


def test_the_archive_can_not_be_thinned_out() -> None:
    for action in OVERRIDE:
        request = Request(
            Caller(arns.role(LOGS, "billing-identity-deploy")), action, f"{arns.bucket(ARCHIVE)}/x"
        )
        assert denied_by(ARCHIVE_POLICY, request) == {"NobodyOverridesRetention"}


@pytest.mark.parametrize("action", ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"])
@pytest.mark.parametrize("who", ["billing-identity-deploy", "AdministratorAccess"])
def test_people_of_the_log_account_neither_write_nor_delete_logs(who: str, action: str) -> None:
    request = Request(Caller(arns.role(LOGS, who)), action, f"{arns.bucket(ARCHIVE)}/AWSLogs/{LOGS}/x")
    assert denied_by(ARCHIVE_POLICY, request)


@pytest.mark.parametrize(
    ("who", "context", "may"),
    [
        (LOGGING, {"aws:SourceArn": arns.bucket(STORE), "aws:SourceAccount": DATA}, True),
        (LOGGING, {"aws:SourceArn": arns.bucket(STORE), "aws:SourceAccount": OUTSIDE}, False),
        (LOGGING, {"aws:SourceArn": arns.bucket("another-bucket"), "aws:SourceAccount": DATA}, False),
        (OPERATOR, {"aws:SourceArn": arns.bucket(STORE), "aws:SourceAccount": DATA}, False),
    ],
)
def test_who_writes_access_logs(who: Caller, context: dict[str, str], may: bool) -> None:
    request = Request(who, "s3:PutObject", f"{arns.bucket(ACCESS)}/x", context)
    assert allowed(ACCESS_POLICY, request) is may


@pytest.mark.parametrize("who", [OPERATOR, Caller(DEPLOY), Caller(arns.account_root(DATA))])
def test_nobody_deletes_access_logs(who: Caller) -> None:
    request = Request(who, "s3:DeleteObject", f"{arns.bucket(ACCESS)}/x")
    assert denied_by(ACCESS_POLICY, request) == {"LogsAreNotDeletedByHand"}


@pytest.mark.parametrize(
    ("who", "action", "context", "may"),
    [
        (CLOUDTRAIL, "s3:GetBucketAcl", {"aws:SourceArn": TRAILS[0]}, True),
        (CLOUDTRAIL, "s3:GetBucketAcl", {"aws:SourceArn": TRAILS[0].replace(MANAGEMENT, OUTSIDE)}, False),
        (Caller(service="config.amazonaws.com"), "s3:ListBucket", {"aws:SourceAccount": DATA}, True),
        (Caller(service="config.amazonaws.com"), "s3:ListBucket", {"aws:SourceAccount": OUTSIDE}, False),
    ],
)
def test_who_looks_the_archive_up(who: Caller, action: str, context: dict[str, str], may: bool) -> None:
    assert allowed(ARCHIVE_POLICY, Request(who, action, arns.bucket(ARCHIVE), context)) is may
