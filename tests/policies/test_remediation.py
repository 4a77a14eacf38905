"""The level `remediate`: what is certain is set right before it is judged; who gets access never is."""

from datetime import date, timedelta

import grpc
import pytest
from google.protobuf.json_format import MessageToDict
from pack_client import Pack
from pulumi.runtime import proto

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.faults import SettingsError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import Level, ResourceRule
from billing_identity.policies.framework.runtime import PackConfig, Run
from billing_identity.policies.framework.server import PackServer
from billing_identity.policies.framework.wire import UNKNOWN, secret

BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
LOGS = "aws:cloudwatch/logGroup:LogGroup"
KEY = "aws:kms/key:Key"
LISTENER = "aws:lb/listener:Listener"
OLD, FLOOR = "ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
GROUP_RULE = "okta:group/rule:Rule"
CORRECTING = [rule for rule in rules() if isinstance(rule, ResourceRule) and rule.corrects]
EXCEPTION = {
    "id": "debug-logs",
    "lifts": {"rule": "aws-log-retention-six-years", "subject": "urn:x", "environments": ["prod"]},
    "reason": "The group holds no ePHI.",
    "compensating_control": "A copy in the archive.",
    "approver": "security-officer",
    "approved": str(date.today() - timedelta(30)),
    "expires": str(date.today() + timedelta(30)),
    "ticket": "SEC-1",
}


def test_only_these_rules_correct():
    """The list is short on purpose: a rule that joins it changes what others declared."""
    assert {rule.id for rule in CORRECTING} == {
        "aws-api-gateway-domain-tls",
        "aws-ebs-snapshots-not-public",
        "aws-ec2-images-not-public",
        "aws-http-api-domain-tls",
        "aws-kms-rotation",
        "aws-load-balancer-listener-tls",
        "aws-log-retention-six-years",
        "aws-opensearch-tls",
        "aws-s3-public-access-blocked",
        "aws-transfer-security-policy",
    }


@pytest.fixture(scope="module")
def pack():
    running = Pack()
    running.configure(levels={rule.id: proto.REMEDIATE for rule in CORRECTING})
    yield running
    running.close()


@pytest.mark.parametrize("rule", CORRECTING, ids=lambda rule: rule.id)
def test_every_refused_example_is_set_right_or_stays_refused(rule, pack):
    """Over the protocol: the corrected properties, judged again, have no finding of this rule."""
    right = 0
    for example in rule.disallowed:
        changed = pack.remediate(example.type, example.props).remediations
        props = MessageToDict(changed[-1].properties) if changed else dict(example.props)
        found = pack.analyze(example.type, props).diagnostics
        left = {item.enforcementLevel for item in found if item.policyName == rule.id}
        own = [item for item in changed if item.policyName == rule.id]
        if own:
            right += 1
            assert own[0].description.startswith(rule.title)
            assert left == set(), (example.title, props)
        else:
            assert left == {proto.MANDATORY}, example.title
    assert right


@pytest.mark.parametrize("rule", CORRECTING, ids=lambda rule: rule.id)
def test_an_allowed_example_is_left_alone(rule, pack):
    for example in rule.allowed:
        assert not [
            item
            for item in pack.remediate(example.type, example.props).remediations
            if item.policyName == rule.id
        ]


@pytest.mark.parametrize(
    ("type_", "props", "expected"),
    [
        (
            BLOCK,
            {"bucket": "x", "blockPublicAcls": True, "ignorePublicAcls": False},
            {
                "bucket": "x",
                "blockPublicAcls": True,
                "blockPublicPolicy": True,
                "ignorePublicAcls": True,
                "restrictPublicBuckets": True,
            },
        ),
        (
            KEY,
            {"rotationPeriodInDays": 900, "description": "k"},
            {"enableKeyRotation": True, "rotationPeriodInDays": 365, "description": "k"},
        ),
        (
            LISTENER,
            {
                "protocol": "TLS",
                "sslPolicy": OLD,
                "__defaults": ["port", "sslPolicy"],
            },
            {
                "protocol": "TLS",
                "sslPolicy": FLOOR,
                "__defaults": ["port"],
            },
        ),
        (
            "aws:apigatewayv2/domainName:DomainName",
            {"domainNameConfiguration": [{"securityPolicy": "TLS_1_0"}]},
            {"domainNameConfiguration": [{"securityPolicy": "TLS_1_2"}]},
        ),
        (
            "aws:apigatewayv2/domainName:DomainName",
            {"domainNameConfiguration": secret({"securityPolicy": "TLS_1_0"})},
            {"domainNameConfiguration": secret({"securityPolicy": "TLS_1_2"})},
        ),
        (LOGS, {"name": "x", "retentionInDays": 30}, {"name": "x", "retentionInDays": 2192}),
    ],
    ids=[
        "public access",
        "key rotation",
        "TLS floor",
        "a list of one block",
        "a secret stays one",
        "log retention",
    ],
)
def test_what_is_set(type_, props, expected, pack):
    changed = pack.remediate(type_, props).remediations
    assert MessageToDict(changed[-1].properties) == expected


@pytest.mark.parametrize(
    ("type_", "props"),
    [
        (BLOCK, dict.fromkeys(("blockPublicAcls", "blockPublicPolicy"), UNKNOWN)),
        (LOGS, {"name": "x", "retentionInDays": UNKNOWN}),
        (LOGS, {"name": "x", "retentionInDays": "many"}),
        (LOGS, {"name": "x", "logGroupClass": "DELIVERY", "retentionInDays": 2192}),
        (KEY, {"customKeyStoreId": "cks-1"}),
        (KEY, {"customerMasterKeySpec": "RSA_4096"}),
        (LISTENER, {"protocol": "HTTP", "port": 80}),
        (GROUP_RULE, {"expressionValue": "true", "groupAssignments": ["00gX"]}),
    ],
)
def test_what_is_unknown_unreadable_or_uncertain_is_left_as_declared(type_, props, pack):
    for item in pack.remediate(type_, props).remediations:
        assert {key: value for key, value in MessageToDict(item.properties).items() if key in props} == props


def test_nothing_is_corrected_unless_the_configuration_says_so():
    running = Pack()
    try:
        running.configure()
        assert not running.remediate(BLOCK, {"bucket": "x"}).remediations
        running.configure(levels={"aws-kms-rotation": proto.REMEDIATE})
        assert not running.remediate(BLOCK, {"bucket": "x"}).remediations
        assert running.remediate(KEY, {}).remediations
        notes = "\n".join(item.message for item in running.analyze("pulumi:pulumi:Stack", {}).diagnostics)
        assert "corrected instead of refused where possible: aws-kms-rotation" in notes
        with pytest.raises(grpc.RpcError) as raised:
            running.configure(levels={"okta-no-super-admin-group": proto.REMEDIATE})
        assert "`okta-no-super-admin-group` can't remediate: no value is certainly right" in str(
            raised.value.details()
        )
    finally:
        running.close()


def test_all_remediate_leaves_the_others_mandatory():
    run = Run(rules(), PackConfig(all_level=Level.REMEDIATE))
    assert {rule.id for rule in rules() if run.level(rule) is Level.REMEDIATE} == {r.id for r in CORRECTING}
    assert {run.level(rule) for rule in rules()} == {Level.REMEDIATE, Level.MANDATORY}
    with pytest.raises(SettingsError, match="can't remediate"):
        Run(rules(), PackConfig(levels={"separation-of-duties": Level.REMEDIATE}))


def test_what_an_exception_lifts_is_not_corrected(tmp_path):
    server = PackServer("test", rules(), tmp_path)
    request = proto.ConfigureAnalyzerRequest()
    request.policyConfig["aws-log-retention-six-years"].enforcementLevel = proto.REMEDIATE
    request.policyConfig["pack-settings"].enforcementLevel = proto.MANDATORY
    request.policyConfig["pack-settings"].properties.update(
        {"environment": "prod", "exceptions": [EXCEPTION]}
    )
    server.Configure(request, None)
    for urn, corrected in (("urn:x", 0), ("urn:y", 1)):
        resource = proto.AnalyzeRequest(type=LOGS, name="x", urn=urn)
        resource.properties.update({"name": "x", "retentionInDays": 30})
        assert len(server.Remediate(resource, None).remediations) == corrected, urn


def test_offline_the_source_itself_must_be_right():
    config = PackConfig(levels={"aws-s3-public-access-blocked": Level.REMEDIATE})
    report = evaluate([ResourceRecord("urn:b", BLOCK, "b", {"bucket": "x"})], config)
    assert {item.rule for item in report.blocking} == {"aws-s3-public-access-blocked"}
