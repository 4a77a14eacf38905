"""What the stores refuse and whom the archive serves, asked of the documents themselves.

A role of the account is taken to hold `s3:*` on everything: what the bucket's policy does not deny, it may
do.
"""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from iam_evaluator import Caller, Request, allowed, denied_by

from billing_identity.components.aws import arns
from billing_identity.components.aws.alarm_topic import topic_policy
from billing_identity.components.aws.policies.bucket_policy import (
    OVERRIDE,
    WEAKEN,
    access_log_policy,
    archive_policy,
    store_policy,
)
from billing_identity.components.aws.policies.document import allow, deny, document
from billing_identity.components.aws.policies.service_role import (
    boundary,
    replication,
    service_trust,
    trail_to_log_group,
)
from billing_identity.components.errors import ComponentInputError

KEYS, DATA, LOGS, MANAGEMENT, OUTSIDE = (
    *("111122223333", "444455556666", "777788889999", "222233334444"),
    "999900001111",
)
REGION, ORGANIZATION = "us-east-1", "o-example1234"
STORE, ARCHIVE, ACCESS = (
    "meridian-prod-ephi-edi",
    "meridian-prod-log-archive",
    "meridian-prod-data-access-logs",
)
DEPLOY = arns.role(DATA, "billing-identity-deploy")
TRAILS = [arns.trail(account, REGION, "meridian-prod-trail") for account in (MANAGEMENT, LOGS)]
OBJECT = f"{arns.bucket(STORE)}/riverbend/837.edi"
ALGORITHM = "s3:x-amz-server-side-encryption"
KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id"
CUSTOMER = "s3:x-amz-server-side-encryption-customer-algorithm"


def store(organization: str | None = ORGANIZATION) -> str:
    return store_policy(
        STORE,
        region=REGION,
        keys_account=KEYS,
        deployers=[DEPLOY],
        organization_id=organization,
        accounts=[DATA],
    )


ARCHIVE_POLICY = archive_policy(
    ARCHIVE,
    region=REGION,
    keys_account=KEYS,
    deployers=[arns.role(LOGS, "billing-identity-deploy")],
    organization_id=ORGANIZATION,
    accounts=[LOGS],
    trails=TRAILS,
    config_accounts=[DATA],
)
ACCESS_POLICY = access_log_policy(
    ACCESS,
    region=REGION,
    account=DATA,
    deployers=[DEPLOY],
    organization_id=ORGANIZATION,
    sources=["meridian-prod-ephi-*"],
)
OPERATOR = Caller(arns.role(DATA, "operator"))
OTHER_ACCOUNT = Caller(arns.role(OUTSIDE, "anyone"), organization="o-other12345")
NO_ORGANIZATION = Caller(arns.role(OUTSIDE, "anyone"), organization=None)


def key(account: str, region: str = REGION) -> str:
    return f"arn:aws:kms:{region}:{account}:key/mrk-0123456789abcdef0123456789abcdef"


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


REPLICATION = replication(
    [(arns.bucket(STORE), arns.bucket(f"{STORE}-replica"))],
    REGION,
    "us-west-2",
    arns.keys_of(KEYS, REGION),
    arns.keys_of(KEYS, "us-west-2"),
)
DELIVERED = {"s3:x-amz-acl": "bucket-owner-full-control", ALGORITHM: "aws:kms", KEY: key(KEYS)}
CLOUDTRAIL = Caller(service="cloudtrail.amazonaws.com")


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


LOGGING = Caller(service="logging.s3.amazonaws.com")


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


def test_a_service_role_is_for_its_resource_only() -> None:
    trust = service_trust("cloudtrail.amazonaws.com", TRAILS)

    def may(service: str, **context: str) -> bool:
        found = {key.replace("_", ":"): value for key, value in context.items()}
        return allowed(trust, Request(Caller(service=service), "sts:AssumeRole", context=found))

    assert may("cloudtrail.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=MANAGEMENT)
    assert not may("cloudtrail.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=OUTSIDE)
    other = arns.trail(OUTSIDE, REGION, "meridian-prod-trail")
    assert not may("cloudtrail.amazonaws.com", aws_SourceArn=other, aws_SourceAccount=OUTSIDE)
    assert not may("s3.amazonaws.com", aws_SourceArn=TRAILS[0], aws_SourceAccount=MANAGEMENT)
    assert not allowed(trust, Request(OPERATOR, "sts:AssumeRole", context={"aws:SourceArn": TRAILS[0]}))


def test_trust_in_s3_takes_the_account_from_outside_the_arn() -> None:
    trust = service_trust("s3.amazonaws.com", [arns.bucket(STORE)], DATA)
    request = Request(
        Caller(service="s3.amazonaws.com"),
        "sts:AssumeRole",
        context={"aws:SourceArn": arns.bucket(STORE), "aws:SourceAccount": OUTSIDE},
    )
    assert not allowed(trust, request)


@pytest.mark.parametrize(
    ("action", "resource", "may"),
    [
        ("s3:GetObjectVersionForReplication", OBJECT, True),
        ("s3:ReplicateObject", f"{arns.bucket(STORE + '-replica')}/x", True),
        ("s3:ReplicateObject", OBJECT, False),
        ("s3:GetReplicationConfiguration", arns.bucket(STORE), True),
        ("s3:GetReplicationConfiguration", arns.bucket("another"), False),
        ("s3:ReplicateDelete", f"{arns.bucket(STORE + '-replica')}/x", False),
        ("s3:GetObjectVersionForReplication", f"{arns.bucket('another')}/x", False),
        ("s3:DeleteObject", OBJECT, False),
    ],
)
def test_replication_copies_and_nothing_else(action: str, resource: str, may: bool) -> None:
    assert allowed(REPLICATION, Request(OPERATOR, action, resource)) is may


@pytest.mark.parametrize(
    ("action", "region", "through", "may"),
    [
        ("kms:Decrypt", REGION, "s3.us-east-1.amazonaws.com", True),
        ("kms:Decrypt", "us-west-2", "s3.us-west-2.amazonaws.com", False),
        ("kms:Decrypt", REGION, "ec2.us-east-1.amazonaws.com", False),
        ("kms:GenerateDataKey", "us-west-2", "s3.us-west-2.amazonaws.com", True),
        ("kms:GenerateDataKey", REGION, "s3.us-east-1.amazonaws.com", False),
    ],
)
def test_replication_uses_keys_of_the_keys_account_through_s3(
    action: str, region: str, through: str, may: bool
) -> None:
    context = {"kms:ViaService": through}
    assert allowed(REPLICATION, Request(OPERATOR, action, key(KEYS, region), context)) is may
    assert not allowed(REPLICATION, Request(OPERATOR, action, key(OUTSIDE, region), context))


@pytest.mark.parametrize("action", ["logs:CreateLogStream", "logs:PutLogEvents"])
@pytest.mark.parametrize(
    ("stream", "may"),
    [
        (f"{ORGANIZATION}_{DATA}_CloudTrail_us-east-1", True),
        (f"{LOGS}_CloudTrail_us-east-1", True),
        (f"{OUTSIDE}_CloudTrail_us-east-1", False),
    ],
)
def test_the_trail_writes_its_own_streams(action: str, stream: str, may: bool) -> None:
    group = arns.log_group(LOGS, REGION, "/billing-identity/prod/trail")
    policy = trail_to_log_group(group, [LOGS, ORGANIZATION])
    assert allowed(policy, Request(OPERATOR, action, f"{group}:log-stream:{stream}")) is may


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


@pytest.mark.parametrize(
    ("action", "may"),
    [
        ("s3:GetObject", True),
        ("logs:PutLogEvents", True),
        ("iam:CreateUser", False),
        ("iam:PassRole", False),
        ("kms:ScheduleKeyDeletion", False),
        ("kms:PutKeyPolicy", False),
        ("kms:CreateGrant", False),
        ("kms:Decrypt", True),
        ("cloudtrail:StopLogging", False),
        ("s3:PutBucketPolicy", False),
        ("s3:BypassGovernanceRetention", False),
        ("organizations:LeaveOrganization", False),
        ("logs:DeleteLogGroup", False),
    ],
)
def test_the_boundary_of_service_roles(action: str, may: bool) -> None:
    assert allowed(boundary(), Request(OPERATOR, action)) is may


@pytest.mark.parametrize(
    ("service", "context", "may"),
    [
        (
            "cloudwatch.amazonaws.com",
            {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{LOGS}:alarm:root", "aws:SourceAccount": LOGS},
            True,
        ),
        (
            "cloudwatch.amazonaws.com",
            {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{OUTSIDE}:alarm:x", "aws:SourceAccount": OUTSIDE},
            False,
        ),
        ("events.amazonaws.com", {"aws:SourceArn": f"arn:aws:events:{REGION}:{LOGS}:rule/x"}, True),
        ("events.amazonaws.com", {"aws:SourceArn": f"arn:aws:events:{REGION}:{OUTSIDE}:rule/x"}, False),
        ("s3.amazonaws.com", {}, False),
    ],
)
def test_who_publishes_alarms(service: str, context: dict[str, str], may: bool) -> None:
    policy = topic_policy("security-alarms", LOGS, REGION)
    topic = arns.topic(LOGS, REGION, "security-alarms")
    assert allowed(policy, Request(Caller(service=service), "sns:Publish", topic, context)) is may


def test_a_document_holds_nothing_but_text() -> None:
    import pulumi

    later = pulumi.Output.from_input("arn:aws:s3:::x")
    for resource in (later, f"{later}/*", "", None):
        with pytest.raises(ComponentInputError, match=r"Output|unresolved"):
            document("d", [deny("S", ("s3:*",), resources=[resource])], 1000)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: document("d", [], 1000), "no statement"),
        (lambda: document("d", [deny("A", ("s3:*",)), deny("A", ("s3:*",))], 1000), "unique"),
        (lambda: document("d", [deny("not a sid", ("s3:*",))], 1000), "letters and digits"),
        (
            lambda: document("d", [deny("A", ("s3:*",), resources=["a" * 2000])], 1000),
            "the service takes 1000",
        ),
        (lambda: allow("A", ("s3:*",), principals={"*": ()}), "can't be for everyone"),
        (lambda: document("d", [deny("A", ())], 1000), "empty list"),
    ],
)
def test_a_document_that_says_nothing_is_refused(build: object, message: str) -> None:
    with pytest.raises(ComponentInputError, match=message):
        build()  # type: ignore[operator]


@hypothesis_settings(deadline=None)  # the machine may be busy
@given(st.lists(st.text("abcxyz:*/", min_size=1), min_size=1, max_size=5))
def test_documents_are_stable(resources: list[str]) -> None:
    one = document("d", [deny("A", ("s3:*",), resources=resources)], 10_000)
    other = document("d", [deny("A", ("s3:*",), resources=list(reversed(resources)))], 10_000)
    assert one == other
    assert json.loads(one)["Statement"][0]["Resource"] == sorted(set(resources))
