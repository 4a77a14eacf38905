"""The pack as the engine runs it: a process of its own, spoken to by the analyzer protocol."""

import grpc
import pytest
from google.protobuf import empty_pb2
from pack_client import Pack
from pulumi.runtime import proto

from billing_identity.policies.framework.examples import SEPARATION, assignment_graph
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.wire import SIGNATURE, UNKNOWN

BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
KEY = "aws:kms/key:Key"
STACK = "pulumi:pulumi:Stack"


@pytest.fixture(scope="module")
def pack():
    running = Pack()
    yield running
    running.close()


@pytest.fixture(autouse=True)
def _configured(request):
    if "pack" in request.fixturenames:
        request.getfixturevalue("pack").configure()


def _found(response):
    return {(item.policyName, item.enforcementLevel) for item in response.diagnostics}


def test_it_introduces_every_policy(pack):
    info = pack.stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=20)
    by_name = {policy.name: policy for policy in info.policies}
    assert set(by_name) == {rule.id for rule in rules()} | {"pack-settings"}
    rotation = by_name["aws-kms-rotation"]
    assert rotation.enforcementLevel == proto.MANDATORY
    assert rotation.severity == proto.POLICY_SEVERITY_HIGH
    assert rotation.framework.specification == "Encryption and decryption"
    assert rotation.remediation_steps.startswith("set `enableKeyRotation`")
    assert "maximumDays" in rotation.configSchema.properties
    assert by_name["separation-of-duties"].policy_type == proto.PolicyType.POLICY_TYPE_STACK
    assert "catalogue" in by_name["pack-settings"].configSchema.properties


def test_a_violation_is_mandatory_and_says_fault_citation_and_remedy(pack):
    response = pack.analyze(BLOCK, {"bucket": "x", "blockPublicAcls": True, "blockPublicPolicy": True})
    assert _found(response) == {("aws-s3-public-access-blocked", proto.MANDATORY)}
    assert len(response.diagnostics) == 2
    message = response.diagnostics[0].message
    assert "`ignorePublicAcls` is not true" in message
    assert "164.312(a)(1)" in message
    assert "Instead: set all four settings to true" in message
    assert response.diagnostics[0].severity == proto.POLICY_SEVERITY_CRITICAL


def test_a_compliant_resource_has_nothing(pack):
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert _found(pack.analyze(BLOCK, dict.fromkeys(names, True))) == set()


def test_a_secret_is_read_through(pack):
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls")
    secret = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": True}
    props = {**dict.fromkeys(names, True), "restrictPublicBuckets": secret}
    assert _found(pack.analyze(BLOCK, props)) == set()


def test_unknown_in_a_preview_is_undecided_and_advisory(pack):
    response = pack.analyze("aws:s3/bucketVersioning:BucketVersioning", {"versioningConfiguration": UNKNOWN})
    assert _found(response) == {("aws-s3-versioned", proto.ADVISORY)}
    assert "undecided: `versioningConfiguration" in response.diagnostics[0].message


def test_unknown_in_an_update_fails():
    running = Pack(preview=False)
    try:
        running.configure()
        response = running.analyze(
            "aws:s3/bucketVersioning:BucketVersioning", {"versioningConfiguration": UNKNOWN}
        )
        assert _found(response) == {("aws-s3-versioned", proto.MANDATORY)}
    finally:
        running.close()


def test_a_certain_fault_stays_mandatory_beside_an_unknown(pack):
    response = pack.analyze(BLOCK, {"blockPublicAcls": UNKNOWN, "blockPublicPolicy": False})
    assert _found(response) == {
        ("aws-s3-public-access-blocked", proto.MANDATORY),
        ("aws-s3-public-access-blocked", proto.ADVISORY),
    }


def test_all_disabled_leaves_what_cannot_be_lifted(pack):
    pack.configure(levels={"all": proto.DISABLED})
    assert _found(pack.analyze(BLOCK, {})) == {("aws-s3-public-access-blocked", proto.MANDATORY)}
    assert _found(pack.analyze("aws:cloudwatch/logGroup:LogGroup", {"name": "x"})) == set()
    notes = "\n".join(item.message for item in pack.analyze(STACK, {}, "test-prod").diagnostics)
    kept, lowered = notes.index("stays mandatory, can't be"), notes.index("mandatory lowered to disabled: ")
    assert "aws-s3-public-access-blocked" in notes[kept:lowered]
    assert "aws-log-retention-six-years" in notes[lowered:]


def test_lowering_an_unliftable_rule_by_name_fails_the_run(pack):
    with pytest.raises(grpc.RpcError) as raised:
        pack.configure(levels={"aws-s3-public-access-blocked": proto.ADVISORY})
    assert raised.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    assert "can't be lowered" in str(raised.value.details())


@pytest.mark.parametrize(
    ("settings", "parameters", "expected"),
    [
        ({"cataloge": "x"}, {}, "pack-settings.cataloge"),
        ({"catalogue": "no/such/folder"}, {}, "catalogue `no/such/folder` can't be used"),
        ({}, {"no-such-rule": {"x": 1}}, "`no-such-rule` is no rule of this pack"),
        ({}, {"aws-kms-rotation": {"maximumDays": "x"}}, "must be a whole number"),
    ],
)
def test_a_configuration_that_cannot_be_used_fails_the_run(pack, settings, parameters, expected):
    with pytest.raises(grpc.RpcError) as raised:
        pack.configure(settings, parameters=parameters)
    assert expected in raised.value.details()


def test_without_a_catalogue_the_rules_that_need_one_say_so(pack):
    response = pack.analyze_stack(assignment_graph([SEPARATION.left]))
    reasons = {item.policy_name: item.reason for item in response.not_applicable}
    assert "needs a catalogue" in reasons["separation-of-duties"]
    notes = "\n".join(item.message for item in pack.analyze(STACK, {}, "test-prod").diagnostics)
    assert "no catalogue configured" in notes


def test_a_stack_rule_joins_resources_by_dependency(pack):
    bucket, *others = _bucket()
    response = pack.analyze_stack([bucket, *others])
    found = {item.policyName for item in response.diagnostics if item.enforcementLevel == proto.MANDATORY}
    companions = {"aws-s3-access-logged", "aws-s3-lifecycle-declared", "aws-s3-ownership-declared"}
    assert found == {"aws-s3-bucket-complete", *companions}
    assert all(item.urn == bucket.urn for item in response.diagnostics)


def _bucket():
    from billing_identity.policies.framework.record import ResourceRecord

    bucket = ResourceRecord("urn:b", "aws:s3/bucket:Bucket", "b", {"bucket": UNKNOWN})
    return bucket, ResourceRecord(
        "urn:v",
        "aws:s3/bucketVersioning:BucketVersioning",
        "v",
        {"bucket": UNKNOWN, "versioningConfiguration": {"status": "Enabled"}},
        property_dependencies={"bucket": ("urn:b",)},
    )


def test_the_reference_catalogue_loads_from_the_packs_own_configuration(pack):
    pack.configure({"catalogue": "../../../roles/catalogue", "environment": "prod", "asOf": "2026-11-24"})
    response = pack.analyze(
        "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy",
        {
            "displayName": "federated",
            "allowedCombinations": ["federatedMultiFactor"],
        },
    )
    assert _found(response) == set(), "the reference organisation federates Entra from Okta"
