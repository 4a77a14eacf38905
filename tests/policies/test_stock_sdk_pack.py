"""The same policy objects under the SDK's own server: nothing undecided passes there either."""

from datetime import date, timedelta

import pytest
from pulumi.runtime import proto
from pulumi_policy import EnforcementLevel
from pulumi_policy.policy import _PolicyAnalyzerServicer

from billing_identity.policies.framework.policy import build_policies
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.runtime import PackConfig, Run
from billing_identity.policies.framework.settings import read_settings
from billing_identity.policies.framework.wire import UNKNOWN

BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"


def _analyze(type_, props, preview=True, **settings):
    run = Run(rules(), PackConfig(settings=read_settings(settings)))
    run.preview = preview
    servicer = _PolicyAnalyzerServicer(
        "stock", "0.0.1", build_policies(rules(), run), EnforcementLevel.MANDATORY
    )
    request = proto.AnalyzeRequest(type=type_, name="x", urn="urn:x")
    request.properties.update(props)
    return servicer.Analyze(request, None)


def _levels(response):
    return {(item.policyName, item.enforcementLevel) for item in response.diagnostics}


def test_a_violation_is_mandatory():
    assert _levels(_analyze(BLOCK, {})) == {("aws-s3-public-access-blocked", proto.MANDATORY)}


def test_undecided_is_advisory_in_a_preview_and_keeps_our_words():
    response = _analyze(BLOCK, dict.fromkeys(("blockPublicAcls", "blockPublicPolicy"), UNKNOWN))
    assert _levels(response) == {
        ("aws-s3-public-access-blocked", proto.MANDATORY),
        ("aws-s3-public-access-blocked", proto.ADVISORY),
    }
    notes = [item.message for item in response.diagnostics if item.enforcementLevel == proto.ADVISORY]
    assert any("undecided: `blockPublicAcls` is not known yet" in note for note in notes)


def test_undecided_is_mandatory_in_an_update():
    response = _analyze(BLOCK, {"blockPublicAcls": UNKNOWN}, preview=False)
    assert _levels(response) == {("aws-s3-public-access-blocked", proto.MANDATORY)}
    assert len(response.diagnostics) == 4


def test_not_applicable_is_said():
    response = _analyze("okta:policy/ruleSignon:RuleSignon", {"access": "DENY"})
    assert response.diagnostics == []
    assert {item.policy_name for item in response.not_applicable} == {"okta-session-limits"}


@pytest.mark.parametrize("lifted", [True, False], ids=["in force", "expired"])
def test_a_lifted_finding_is_an_advisory_note(lifted):
    today = date.today()
    exception = {
        "id": "debug-logs",
        "lifts": {"rule": "aws-log-retention-six-years", "subject": "urn:x", "environments": ["prod"]},
        "reason": "The group holds no ePHI.",
        "compensating_control": "A copy in the archive.",
        "approver": "security-officer",
        "approved": str(today - timedelta(30)),
        "expires": str(today + timedelta(30 if lifted else -1)),
        "ticket": "SEC-1",
    }
    response = _analyze(
        "aws:cloudwatch/logGroup:LogGroup",
        {"name": "x", "retentionInDays": 30, "kmsKeyId": "arn:aws:kms:us-east-1:1:key/k"},
        environment="prod",
        exceptions=[exception],
    )
    (item,) = response.diagnostics
    assert item.enforcementLevel == (proto.ADVISORY if lifted else proto.MANDATORY)
    assert ("lifted by exception debug-logs" in item.message) is lifted
