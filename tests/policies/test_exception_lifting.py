"""An exception lifts one rule for one subject, in its environments, until its last day; never in silence."""

import pytest

from billing_identity.policies.evaluate import SettingsError, evaluate
from billing_identity.policies.framework.examples import (
    SEPARATION,
    assignment_graph,
    example_config,
    group_rule,
)
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.rule import Verdict

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
URN = f"urn:pulumi:prod::app::{LOG_GROUP}::lambda"
SHORT = ResourceRecord(URN, LOG_GROUP, "lambda", {"name": "/aws/lambda/x", "retentionInDays": 30.0})


RULES = [
    find(rule) for rule in ("aws-log-retention-six-years", "aws-kms-rotation", "aws-s3-public-access-blocked")
]


def _exception(**changes):
    lifts = {
        "rule": changes.pop("rule", "aws-log-retention-six-years"),
        "subject": changes.pop("subject", URN),
        "environments": changes.pop("environments", ["prod"]),
    }
    return {
        "id": "short-debug-logs",
        "lifts": lifts,
        "reason": "The group holds no ePHI and no access records.",
        "compensating_control": "A subscription copies it to the archive.",
        "approver": "security-officer",
        "approved": "2026-10-01",
        "expires": "2026-12-31",
        "ticket": "SEC-101",
        **changes,
    }


def _report(exception, resource=SHORT, **settings):
    wire = {"environment": "prod", "asOf": "2026-11-24", "exceptions": [exception], **settings}
    return evaluate([resource], example_config(wire), RULES)


def test_a_lifted_finding_no_longer_blocks_and_is_reported():
    report = _report(_exception())
    (finding,) = report.findings
    assert finding.verdict is Verdict.FAIL
    assert finding.lifted_by == "short-debug-logs"
    assert finding.message.startswith("lifted by exception short-debug-logs: ")
    assert report.blocking == ()
    assert report.lifted == (finding,)
    assert report.counts["aws-log-retention-six-years"].lifted == 1


@pytest.mark.parametrize(
    "exception",
    [
        _exception(expires="2026-11-23"),
        _exception(approved="2026-11-25"),
        _exception(environments=["staging"]),
        _exception(rule="aws-kms-rotation"),
        _exception(subject=URN + "-other"),
        _exception(subject="system:athenaone"),
    ],
    ids=[
        "past its last day",
        "not yet approved",
        "another environment",
        "another rule",
        "another URN",
        "a system",
    ],
)
def test_anything_else_lifts_nothing(exception):
    assert len(_report(exception).blocking) == 1


def test_the_last_day_still_lifts():
    assert _report(_exception(expires="2026-11-24")).blocking == ()


def test_no_environment_means_no_exception():
    assert len(_report(_exception(), environment="").blocking) == 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("aws-s3-public-access-blocked", "exception `short-debug-logs`: no exception lifts"),
        ("no-such-rule", "exception `short-debug-logs`: `no-such-rule` is no rule of this pack"),
    ],
)
def test_an_exception_that_may_not_be_fails_the_run(rule, expected):
    with pytest.raises(SettingsError, match=expected):
        _report(_exception(rule=rule))


def test_a_tag_tells_the_catalogue_id():
    tagged = ResourceRecord(
        URN, LOG_GROUP, "lambda", {"retentionInDays": 30.0, "tags": {"CatalogueId": "system:warehouse"}}
    )
    assert _report(_exception(subject="system:warehouse"), tagged).blocking == ()


def test_an_undecided_finding_is_not_lifted():
    from billing_identity.policies.framework.wire import UNKNOWN

    unknown = ResourceRecord(URN, LOG_GROUP, "lambda", {"retentionInDays": UNKNOWN})
    report = _report(_exception(), unknown)
    assert report.lifted == ()
    assert len(report.undecided) == 1


def test_a_separation_of_duties_rule_is_lifted_by_its_own_id_for_one_job_code():
    graph = (
        *assignment_graph([SEPARATION.left]),
        *assignment_graph([SEPARATION.right], name="extra"),
        group_rule("RCM-POSTER", "payment-poster", "extra"),
    )

    def blocking(**changes):
        settings = {**SEPARATION.settings, "exceptions": [_exception(**changes)]}
        return evaluate(graph, example_config(settings), [find("separation-of-duties")]).blocking

    assert blocking(rule="adjustments-and-refunds", subject="job-code:RCM-POSTER") == ()
    assert len(blocking(rule="adjustments-and-refunds", subject="job-code:RCM-REFUNDS")) == 1
    with pytest.raises(SettingsError, match="`payments-and-refunds` is no rule"):
        blocking(rule="payments-and-refunds", subject="job-code:RCM-POSTER")


@pytest.mark.parametrize(
    "rule", ["separation-of-duties", "separation-of-duties-by-group", "separation-of-duties-at-assignment"]
)
def test_an_exception_for_a_role_lifts_its_conflict_in_all_three_forms(rule):
    graph = (*assignment_graph([SEPARATION.left, SEPARATION.right]), group_rule("RCM-POSTER"))

    def report(subject):
        exception = _exception(rule="adjustments-and-refunds", subject=subject)
        settings = {**SEPARATION.settings, "exceptions": [exception]}
        return evaluate(graph, example_config(settings), [find(rule)])

    assert len(report("role:refund-approver").blocking) == 1
    lifted = report("role:payment-poster")
    assert lifted.blocking == ()
    assert [finding.lifted_by for finding in lifted.findings] == ["short-debug-logs"]
