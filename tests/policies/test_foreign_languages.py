"""Programs in other languages: the same wire, without our components, catalogue or types.

No language host but Python's is here: the requests are shaped as the engine sends what Node, Go and YAML
programs declare.
"""

import re
from pathlib import Path

import pulumi_aws
import pulumi_azuread
import pulumi_okta
import pytest
from pack_client import Pack
from pulumi.runtime import proto

from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule, StackRule
from billing_identity.policies.framework.tokens import OLD_NAMES, current
from billing_identity.policies.framework.wire import SIGNATURE

TOKEN = re.compile(r'^@pulumi\.type_token\("([^"]+)"\)\nclass \w+\(pulumi\.Custom', re.MULTILINE)
OUTPUT, ASSET = "d0e6a833031e9bbcd3f4e8bde6ca49a4", "c44067f5952c0a294b673a41bacd8c17"
BUCKET, BLOCK = "aws:s3/bucket:Bucket", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
FOUR = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
ASSIGNMENT = "okta:app/groupAssignment:GroupAssignment"


@pytest.fixture(scope="module")
def pack():
    running = Pack()
    running.configure({"catalogue": "none", "breakGlassGroups": {"okta": [], "entra": ["g-1"]}})
    yield running
    running.close()


def _mandatory(response):
    return {item.policyName for item in response.diagnostics if item.enforcementLevel == proto.MANDATORY}


def test_old_names_of_our_types_are_judged_too():
    """An older SDK registers an alias of today's name: each alias in today's SDKs is known."""
    ours = {type_ for rule in rules() if isinstance(rule, (ResourceRule, StackRule)) for type_ in rule.types}
    unknown = set()
    for sdk in (pulumi_aws, pulumi_azuread, pulumi_okta):
        for file in Path(str(sdk.__file__)).parent.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            named = TOKEN.search(text)
            if named is None or current(named[1]) not in ours:
                continue
            aliases = set(re.findall(r'pulumi\.Alias\(type_="([^"]+)"\)', text))
            unknown |= {alias for alias in aliases if alias not in ours and current(alias) not in ours}
    assert unknown == set()
    assert len(OLD_NAMES) >= 14


@pytest.mark.parametrize(
    ("type_", "props", "rule"),
    [
        (
            "aws:elasticloadbalancingv2/listener:Listener",
            {"protocol": "HTTPS"},
            "aws-load-balancer-listener-tls",
        ),
        ("aws:applicationloadbalancing/loadBalancer:LoadBalancer", {}, "aws-load-balancer-logged"),
        (
            "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            {"rules": [{"id": "x", "status": "Enabled", "expiration": {"days": 30}}]},
            "aws-s3-lifecycle-long-enough",
        ),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", {"bucket": "x"}, "aws-s3-versioned"),
    ],
)
def test_a_program_for_an_older_sdk_is_refused(type_, props, rule, pack):
    assert rule in _mandatory(pack.analyze(type_, props))


@pytest.mark.parametrize(
    ("value", "refused"),
    [
        (True, False),
        ({SIGNATURE: OUTPUT, "value": True, "dependencies": ["urn:x"]}, False),
        ({SIGNATURE: OUTPUT, "value": False}, True),
        ("true", False),
        ("yes", True),
        (1, True),
        (None, True),
        ([True], True),
    ],
    ids=[
        "boolean",
        "output",
        "output of false",
        "YAML's quoted true",
        "another text",
        "number",
        "null",
        "list",
    ],
)
def test_a_value_is_taken_for_what_it_is_and_never_for_more(value, refused, pack):
    props = {**dict.fromkeys(FOUR, True), "bucket": "x", "blockPublicPolicy": value}
    assert ("aws-s3-public-access-blocked" in _mandatory(pack.analyze(BLOCK, props))) is refused


def test_assets_nulls_and_other_providers_do_not_disturb(pack):
    code = {SIGNATURE: ASSET, "text": "exports.handler = () => 1", "hash": "00"}
    assert (
        _mandatory(pack.analyze("aws:lambda/function:Function", {"code": code, "environment": None})) == set()
    )
    assert _mandatory(pack.analyze("kubernetes:core/v1:Secret", {"data": {"a": code}})) == set()
    assert _mandatory(pack.analyze("my:component:Network", {"cidr": None})) == set()


def test_the_default_provider_of_a_program_without_one_is_judged(pack):
    found = pack.analyze(
        "pulumi:providers:aws", {"region": "eu-west-3", "version": "6.83.0"}, "default_6_83_0"
    )
    assert "aws-provider-region-allowed" in _mandatory(found)


def test_a_whole_stack_without_a_catalogue_is_not_applicable_and_not_passed(pack):
    needing = {rule.id for rule in rules() if rule.needs_catalogue}
    props = {"appId": "0oaX", "groupId": "00gX", "profile": '{"entitlements": ["x/y"]}'}
    record = ResourceRecord("urn:a", ASSIGNMENT, "a", props)
    said = {item.policy_name for item in pack.analyze(ASSIGNMENT, props).not_applicable}
    said |= {item.policy_name for item in pack.analyze("okta:app/saml:Saml", {"label": "x"}).not_applicable}
    said |= {item.policy_name for item in pack.analyze_stack([record]).not_applicable}
    assert needing <= said
    notes = "\n".join(item.message for item in pack.analyze("pulumi:pulumi:Stack", {}).diagnostics)
    assert all(rule in notes for rule in needing)


def test_a_bucket_of_another_sdk_is_completed_by_its_companions_of_that_sdk(pack):
    def of(kind, **props):
        return ResourceRecord(
            f"urn:{kind}", f"aws:s3/bucket{kind}V2:Bucket{kind}V2", kind, {"bucket": "logs", **props}
        )

    bucket = of("", bucket="logs")
    rules_ = [{"id": "x", "status": "Enabled", "expiration": {"days": 3000}}]
    companions = [
        of("Logging", targetBucket="other", targetPrefix="x/"),
        of("LifecycleConfiguration", rules=rules_),
    ]
    alone, together = (
        _mandatory(pack.analyze_stack([bucket])),
        _mandatory(pack.analyze_stack([bucket, *companions])),
    )
    assert alone - together == {"aws-s3-access-logged", "aws-s3-lifecycle-declared"}
