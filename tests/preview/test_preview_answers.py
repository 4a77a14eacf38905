"""Ids and computed outputs look as the services form them, and stay the same."""

import re
from collections.abc import Callable

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta
import pytest
from preview_programs import ACCOUNT, Providers

from billing_identity.review.preview.record import Registration, Secret
from billing_identity.review.preview.run import run_callable

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
REGION = "eu-central-1"
Make = Callable[[str, pulumi.ResourceOptions], pulumi.Resource]


def one(service: str, make: Make) -> Registration:
    def program() -> None:
        make("it", pulumi.ResourceOptions(provider=getattr(Providers(), service)))

    result = run_callable(program)
    assert result.errors == ()
    return next(item for item in result.resources() if item.name == "it")


OKTA: list[tuple[str, Make, str]] = [
    ("group", lambda n, o: okta.group.Group(n, name="g", opts=o), "00g[0-9A-Za-z]{17}"),
    (
        "rule",
        lambda n, o: okta.group.Rule(
            n, name="r", expression_value="true", group_assignments=["00g1"], opts=o
        ),
        "0pr[0-9A-Za-z]{17}",
    ),
    ("app", lambda n, o: okta.app.Saml(n, label="a", opts=o), "0oa[0-9A-Za-z]{17}"),
    (
        "client",
        lambda n, o: okta.app.OAuth(n, label="a", type="service", opts=o),
        "0oa[0-9A-Za-z]{17}",
    ),
    (
        "sign-on policy",
        lambda n, o: okta.AppSignonPolicy(n, name="p", description="d", opts=o),
        "rst[0-9A-Za-z]{17}",
    ),
    ("session policy", lambda n, o: okta.policy.Signon(n, name="p", opts=o), "00p[0-9A-Za-z]{17}"),
    ("zone", lambda n, o: okta.network.Zone(n, name="z", type="IP", opts=o), "nzo[0-9A-Za-z]{17}"),
    (
        "assignment",
        lambda n, o: okta.AppGroupAssignments(n, app_id="0oa1", groups=[], opts=o),
        "0oa1",
    ),
    (
        "what no table has",
        lambda n, o: okta.EmailSender(n, from_name="n", from_address="a", subdomain="s", opts=o),
        "obj[0-9A-Za-z]{17}",
    ),
]


@pytest.mark.parametrize(("make", "shape"), [c[1:] for c in OKTA], ids=[c[0] for c in OKTA])
def test_okta_ids(make: Make, shape: str) -> None:
    item = one("okta", make)
    assert item.id is not None
    assert re.fullmatch(shape, item.id), item.id


ENTRA: list[tuple[str, Make, str]] = [
    ("group", lambda n, o: azuread.Group(n, display_name="g", security_enabled=True, opts=o), "/groups/"),
    (
        "application",
        lambda n, o: azuread.Application(n, display_name="a", opts=o),
        "/applications/",
    ),
    (
        "principal",
        lambda n, o: azuread.ServicePrincipal(n, client_id="c", opts=o),
        "/servicePrincipals/",
    ),
    (
        "location",
        lambda n, o: azuread.NamedLocation(n, display_name="l", opts=o),
        "/identity/conditionalAccess/namedLocations/",
    ),
    (
        "strength",
        lambda n, o: azuread.AuthenticationStrengthPolicy(
            n, display_name="s", allowed_combinations=["fido2"], opts=o
        ),
        "/policies/authenticationStrengthPolicies/",
    ),
]


@pytest.mark.parametrize(("make", "prefix"), [c[1:] for c in ENTRA], ids=[c[0] for c in ENTRA])
def test_entra_ids_are_paths_and_the_object_id_is_the_uuid_in_them(make: Make, prefix: str) -> None:
    item = one("azuread", make)
    assert item.id is not None
    assert re.fullmatch(prefix + UUID, item.id), item.id
    assert item.id == prefix + item.outputs.get("objectId", item.id.rsplit("/", 1)[1])


def test_an_application_answers_with_its_roles_by_value() -> None:
    role = azuread.ApplicationAppRoleArgs(
        id="11111111-1111-1111-1111-111111111111",
        value="coder",
        display_name="c",
        description="d",
        allowed_member_types=["User"],
    )
    item = one("azuread", lambda n, o: azuread.Application(n, display_name="a", app_roles=[role], opts=o))
    assert item.outputs["appRoleIds"] == {"coder": "11111111-1111-1111-1111-111111111111"}
    assert item.outputs["clientId"] != item.outputs["objectId"]


def statement(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


AWS: list[tuple[str, Make, str, str | None]] = [
    ("bucket", lambda n, o: aws.s3.Bucket(n, bucket="b", opts=o), "b", "arn:aws:s3:::b"),
    (
        "log group",
        lambda n, o: aws.cloudwatch.LogGroup(n, name="l", opts=o),
        "l",
        statement("logs", "log-group:l"),
    ),
    (
        "role",
        lambda n, o: aws.iam.Role(n, name="r", assume_role_policy="{}", path="/x/", opts=o),
        "r",
        f"arn:aws:iam::{ACCOUNT}:role/x/r",
    ),
    (
        "trail",
        lambda n, o: aws.cloudtrail.Trail(n, name="t", s3_bucket_name="b", opts=o),
        statement("cloudtrail", "trail/t"),
        statement("cloudtrail", "trail/t"),
    ),
    (
        "alias",
        lambda n, o: aws.kms.Alias(n, name="alias/a", target_key_id="k", opts=o),
        "alias/a",
        statement("kms", "alias/a"),
    ),
    ("topic", lambda n, o: aws.sns.Topic(n, name="t", opts=o), statement("sns", "t"), statement("sns", "t")),
    (
        "rule of a bus",
        lambda n, o: aws.cloudwatch.EventRule(n, name="r", event_bus_name="okta", opts=o),
        "okta/r",
        statement("events", "rule/okta/r"),
    ),
    (
        "region of the resource",
        lambda n, o: aws.cloudwatch.LogGroup(n, name="l", region="us-west-2", opts=o),
        "l",
        f"arn:aws:logs:us-west-2:{ACCOUNT}:log-group:l",
    ),
    (
        "assignment",
        lambda n, o: aws.ssoadmin.AccountAssignment(
            n, instance_arn="i", permission_set_arn="p", principal_id="g", principal_type="GROUP",
            target_id="1", target_type="AWS_ACCOUNT", opts=o,
        ),
        "g,GROUP,1,AWS_ACCOUNT,p,i",
        None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("make", "identity", "arn"), [c[1:] for c in AWS], ids=[c[0] for c in AWS])
def test_aws_ids_and_arns(make: Make, identity: str, arn: str | None) -> None:
    item = one("aws", make)
    assert (item.id, item.outputs.get("arn")) == (identity, arn)


@pytest.mark.parametrize(("multi", "shape"), [(False, UUID), (True, "mrk-[0-9a-f]{32}")])
def test_a_keys_id_says_whether_it_is_for_several_regions(multi: bool, shape: str) -> None:
    key = one("aws", lambda n, o: aws.kms.Key(n, multi_region=multi, opts=o))
    assert key.id is not None
    assert re.fullmatch(shape, key.id)
    assert key.outputs["keyId"] == key.id
    assert key.outputs["arn"] == statement("kms", f"key/{key.id}")


def test_a_replica_has_its_primarys_id() -> None:
    primary = "arn:aws:kms:us-east-1:1:key/mrk-1"
    key = one("aws", lambda n, o: aws.kms.ReplicaKey(n, primary_key_arn=primary, opts=o))
    assert key.outputs["arn"] == statement("kms", "key/mrk-1")


def test_an_account_is_also_taken_from_the_role_to_assume() -> None:
    def program() -> None:
        provider = aws.Provider(
            "aws",
            region="us-east-1",
            assume_roles=[aws.ProviderAssumeRoleArgs(role_arn="arn:aws:iam::444455556666:role/deploy")],
        )
        aws.sns.Topic("it", name="t", opts=pulumi.ResourceOptions(provider=provider))

    assert next(iter(run_callable(program).resources())).id == "arn:aws:sns:us-east-1:444455556666:t"


def test_an_object_without_a_name_gets_the_automatic_one() -> None:
    bucket = one("aws", lambda n, o: aws.s3.Bucket(n, opts=o))
    assert re.fullmatch("it-[0-9a-f]{7}", bucket.id or "")
    assert bucket.outputs["bucket"] == bucket.id
    group = one("okta", lambda n, o: okta.group.Group(n, opts=o))
    assert re.fullmatch("it-[0-9a-f]{7}", group.outputs["name"])


def test_ids_depend_on_the_whole_urn() -> None:
    def program() -> None:
        okta.group.Group("a", name="same")
        okta.group.Group("b", name="same")

    first, other = (
        {item.name: item.id for item in run_callable(program, stack=stack).resources()}
        for stack in ("dev", "prod")
    )
    assert len({*first.values(), *other.values()}) == 4


def test_a_secret_name_does_not_get_into_the_id_or_an_arn() -> None:
    item = one("aws", lambda n, o: aws.sns.Topic(n, name=pulumi.Output.secret("hush"), opts=o))
    assert item.outputs["name"] == Secret("hush")
    assert "hush" not in f"{item.id} {item.outputs['arn']}"


def test_tags_are_the_resources_own_over_the_providers() -> None:
    item = one("aws", lambda n, o: aws.s3.Bucket(n, bucket="b", tags={"owner": "me", "x": "y"}, opts=o))
    assert item.outputs["tagsAll"] == {"owner": "me", "x": "y"}
