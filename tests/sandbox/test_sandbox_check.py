"""Check: defaults as recorded from the real providers, generated names, faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from billing_identity.sandbox.wire import UNKNOWN, Secret, decode, encode

SHAPES = json.loads((Path(__file__).parent / "engine_shapes.json").read_text())

RULE: dict[str, Any] = {"expressionValue": 'user.department=="MC"', "groupAssignments": ["00g1"]}

RESTORED = {"iamRoleArn": "r", "name": "n", "protectedResourceType": "S3", "restoreTestingPlanName": "p"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda s: s["type"].rsplit(":", 1)[-1])
def test_check_makes_what_the_real_provider_made(shape: dict[str, Any], okta: Any, entra: Any) -> None:
    client = okta if shape["type"].startswith("okta:") else entra
    assert client.checked(shape["type"], shape["declared"]) == shape["checked"]


@pytest.mark.parametrize(
    ("kind", "news", "place", "words"),
    [
        ("okta:group/group:Group", {"naem": "x"}, "naem", "not expected here"),
        ("okta:group/rule:Rule", {"name": "x" * 51, **RULE}, "name", "range (1 - 50)"),
        ("okta:app/oAuth:OAuth", {"label": "x"}, "type", "Missing required argument"),
        (
            "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy",
            {
                "displayName": "x",
                "state": "enabled",
                "grantControls": {"operator": "OR"},
                "conditions": {
                    "clientAppTypes": ["all"],
                    "applications": {"includedApplications": ["All"]},
                    "users": {"exclude_groups": ["x"]},
                },
            },
            "conditions.users.exclude_groups",
            "not expected here",
        ),
        ("okta:group/group:Group", {"name": ["x"]}, "name", "expected string, got list"),
        ("aws:kms/key:Key", {"enableKeyRotation": "perhaps"}, "enableKeyRotation", "expected bool"),
        ("aws:kms/key:Key", {"deletionWindowInDays": 3}, "deletionWindowInDays", "range (7 - 30)"),
        ("aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": 2190}, "retentionInDays", "to be one of"),
        ("aws:kms/alias:Alias", {"name": "ephi", "targetKeyId": "k"}, "name", "alias/"),
        ("aws:s3/bucket:Bucket", {"bucket": "Upper"}, "bucket", "lowercase"),
        (
            "aws:backup/restoreTestingSelection:RestoreTestingSelection",
            {**RESTORED, "protectedResourceArns": ["*"], "protectedResourceConditions": {"stringEquals": []}},
            "protectedResourceConditions",
            "exactly one of",
        ),
        (
            "aws:backup/restoreTestingSelection:RestoreTestingSelection",
            RESTORED,
            "protectedResourceConditions",
            "exactly one of",
        ),
        ("azuread:index/namedLocation:NamedLocation", {"displayName": "x"}, "ip", "exactly one"),
        (
            "azuread:index/group:Group",
            {
                "displayName": "x",
                "securityEnabled": True,
                "assignableToRole": True,
                "types": ["DynamicMembership"],
                "dynamicMembership": {"enabled": True, "rule": "x"},
            },
            "assignableToRole",
            "dynamic",
        ),
        (
            "okta:index/appSignonPolicyRule:AppSignonPolicyRule",
            {"policyId": "p", "networkIncludes": ["a"], "networkExcludes": ["b"]},
            "networkIncludes",
            "conflicts",
        ),
    ],
)
def test_check_names_the_fault(
    kind: str, news: Any, place: str, words: str, okta: Any, entra: Any, aws: Any
) -> None:
    client = {"okta": okta, "azuread": entra, "aws": aws}[kind.partition(":")[0]]
    _, failures = client.check(kind, news)
    assert [p for p, _ in failures] == [place]
    assert words in failures[0][1]


def test_every_fault_is_reported_at_once(okta: Any) -> None:
    _, failures = okta.check("okta:app/oAuth:OAuth", {"lable": "x", "grant_types": []})
    assert {p for p, _ in failures} == {"lable", "grant_types", "label", "type"}


def test_a_missing_name_is_generated_and_kept(aws: Any) -> None:
    kind = "aws:sns/topic:Topic"
    first, _ = aws.check(kind, {})
    assert first["name"].startswith("thing-") and len(first["name"]) == len("thing-") + 7
    assert first["__defaults"] == ["name"]
    again, _ = aws.check(kind, {}, olds=first)
    assert again["name"] == first["name"]
    explicit, _ = aws.check(kind, {"name": "alerts"}, olds=first)
    assert explicit["name"] == "alerts"
    assert explicit["__defaults"] == []


def test_a_bucket_is_named_by_its_own_argument(aws: Any) -> None:
    inputs, _ = aws.check("aws:s3/bucket:Bucket", {}, name="Claims")
    assert inputs["bucket"].startswith("claims-")


def test_unknowns_and_secrets_pass_through(okta: Any) -> None:
    inputs, failures = okta.check(
        "okta:group/rule:Rule", {**RULE, "name": "r", "groupAssignments": [UNKNOWN]}
    )
    assert failures == []
    assert inputs["groupAssignments"] == [UNKNOWN]
    inputs, _ = okta.check("okta:group/group:Group", {"name": Secret("x"), "description": "d"})
    assert inputs["name"] == Secret("x")


def test_an_argument_that_the_schema_calls_secret_is_wrapped(okta: Any) -> None:
    inputs, _ = okta.check("okta:app/oAuth:OAuth", {"label": "x", "type": "web", "clientBasicSecret": "hush"})
    assert inputs["clientBasicSecret"] == Secret("hush")


def test_a_type_without_a_data_file_is_read_from_the_sdk(aws: Any) -> None:
    inputs, failures = aws.check("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
    assert failures == []
    assert inputs["cidrBlock"] == "10.0.0.0/16"


@pytest.mark.parametrize("kind", ["okta:group/group:Grupo", "aws:nowhere/thing:Thing", "azuread:index/x:X"])
def test_an_unknown_type_is_refused(kind: str, okta: Any, entra: Any, aws: Any) -> None:
    client = {"okta": okta, "azuread": entra, "aws": aws}[kind.partition(":")[0]]
    with pytest.raises(Exception, match="unrecognized resource type"):
        client.check(kind, {})


def test_an_unknown_is_no_fault_of_shape(entra: Any, aws: Any) -> None:
    group = {"displayName": "x", "securityEnabled": True, "types": UNKNOWN, "dynamicMembership": UNKNOWN}
    assert entra.check("azuread:index/group:Group", group)[1] == []
    assert aws.check("aws:cloudwatch/logGroup:LogGroup", {"retentionInDays": UNKNOWN})[1] == []
    assert aws.check("aws:kms/alias:Alias", {"name": UNKNOWN, "targetKeyId": UNKNOWN})[1] == []


@pytest.mark.parametrize(
    ("mode", "proposed", "name"),
    [("PROPOSE", "prod-thing", "prod-thing"), ("ENFORCE", "x", "x"), ("DISABLE", "", None)],
)
def test_the_project_s_autonaming_settings_are_kept(mode: str, proposed: str, name: Any, aws: Any) -> None:
    options = pb.CheckRequest.AutonamingOptions
    request = pb.CheckRequest(urn=aws.urn("aws:sns/topic:Topic", "thing"), news=encode({}))
    request.autonaming.CopyFrom(options(proposed_name=proposed, mode=options.Mode.Value(mode)))
    assert decode(aws.call("Check", request).inputs).get("name") == name
