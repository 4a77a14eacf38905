"""An exception lifts one rule for one subject, in its environments, until its last day; never in silence."""

import re
from dataclasses import replace
from datetime import date

import pytest

from billing_identity.policies.evaluate import SettingsError, evaluate
from billing_identity.policies.framework.examples import (
    SEPARATION,
    assignment_graph,
    example_catalogue,
    example_config,
    group_rule,
)
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import find
from billing_identity.policies.framework.rule import Verdict

LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
URN = f"urn:pulumi:prod::app::{LOG_GROUP}::lambda"
DAY = date(2026, 11, 24)
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


def _report(exception, resource=SHORT, today=DAY, **settings):
    wire = {"environment": "prod", "asOf": str(DAY), "exceptions": [exception], **settings}
    return evaluate([resource], replace(example_config(wire), today=today), RULES)


def test_a_lifted_finding_no_longer_blocks_and_is_reported():
    report = _report(_exception())
    (finding,) = report.findings
    assert finding.verdict is Verdict.FAIL
    assert finding.lifted_by == "short-debug-logs"
    assert finding.message.startswith("lifted by exception short-debug-logs: ")
    assert report.blocking == ()
    assert report.lifted == (finding,)
    assert report.counts["aws-log-retention-six-years"].lifted == 1
    assert report.notes[-1] == "exception short-debug-logs lifts something on 1 resource: lambda"


@pytest.mark.parametrize(
    "exception",
    [
        _exception(expires="2026-11-23"),
        _exception(approved="2026-11-25"),
        _exception(environments=["staging"]),
        _exception(rule="aws-kms-rotation"),
        _exception(subject=URN.replace("::app::", "::other::")),
    ],
    ids=[
        "past its last day",
        "not yet approved",
        "another environment",
        "another rule",
        "another program's URN",
    ],
)
def test_anything_else_lifts_nothing(exception):
    assert len(_report(exception).blocking) == 1


def test_the_last_day_still_lifts():
    assert _report(_exception(expires="2026-11-24")).blocking == ()


def test_no_environment_means_no_exception():
    assert len(_report(_exception(), environment="").blocking) == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"rule": "aws-s3-public-access-blocked"},
            "is to lift `aws-s3-public-access-blocked`, which nothing",
        ),
        ({"rule": "no-such-rule"}, "is to lift `no-such-rule`, which is no rule of this pack"),
        ({"expires": "2027-10-05"}, "runs from 2026-10-01 to 2027-10-05, longer than a year"),
        ({"expires": "2099-12-31"}, "longer than a year"),
        ({"expires": "2026-09-30"}, "ends on 2026-09-30, before its approval"),
        ({"subject": "role:security-officer"}, "is approved by the role that it favours"),
        (
            {"subject": "system:athenaone"},
            "is for `system:athenaone`, which there is not; without a catalogue",
        ),
        ({"subject": URN + "-other"}, "which the stack does not have"),
    ],
)
def test_an_exception_that_may_not_be_fails_the_run(changes, expected):
    with pytest.raises(SettingsError, match=re.escape(expected)) as raised:
        _report(_exception(**changes))
    assert all(problem.startswith("exception `short-debug-logs` ") for problem in raised.value.problems)


def test_every_fault_of_every_exception_is_told_at_once():
    exceptions = [_exception(expires="2099-12-31"), _exception(rule="no-such-rule", environments=["dev"])]
    with pytest.raises(SettingsError) as raised:
        _report(exceptions[0], exceptions=exceptions)
    assert len(raised.value.problems) == 3, "a term, an id that another has, a rule that nobody has"


def test_with_a_catalogue_its_own_checks_judge_approver_and_subject():
    catalogue = SEPARATION.settings["catalogue"]
    with pytest.raises(SettingsError, match="is approved by `payment-poster`, who may not approve"):
        _report(_exception(approver="payment-poster"), catalogue=catalogue)
    with pytest.raises(SettingsError, match="is for `system:nope`, which there is not"):
        _report(_exception(subject="system:nope"), catalogue=catalogue)


@pytest.mark.parametrize(
    ("today", "as_of", "lifted"),
    [
        ("2026-11-24", "2026-11-24", True),
        ("2027-01-01", "2026-11-24", False),
        ("2026-11-24", "2027-01-01", False),
        ("2026-09-01", "2026-11-24", False),
        ("2026-11-24", "2026-09-01", False),
    ],
    ids=[
        "both within",
        "expired today",
        "expired on the day",
        "not approved today",
        "not approved on the day",
    ],
)
def test_an_exception_holds_today_and_on_the_day_judged_by(today, as_of, lifted):
    report = _report(_exception(), today=date.fromisoformat(today), asOf=as_of)
    assert bool(report.lifted) is lifted
    (said,) = [note for note in report.notes if note.startswith("exception short-debug-logs for ")]
    assert said.endswith("holds until 2026-12-31" if lifted else "lifts nothing")


def test_a_tag_tells_the_catalogue_id():
    system = next(iter(example_catalogue().systems))
    tags = {"CatalogueId": f"system:{system}"}
    tagged = ResourceRecord(URN, LOG_GROUP, "lambda", {"retentionInDays": 30.0, "tags": tags})
    catalogue = SEPARATION.settings["catalogue"]
    assert _report(_exception(subject=f"system:{system}"), tagged, catalogue=catalogue).blocking == ()


def test_how_many_resources_an_exception_lifts_is_told():
    system = next(iter(example_catalogue().systems))
    tagged = [
        ResourceRecord(
            URN.replace("lambda", name),
            LOG_GROUP,
            name,
            {"retentionInDays": 30.0, "tags": {"CatalogueId": f"system:{system}"}},
        )
        for name in ("lambda", "portal", "batch")
    ]
    wire = {"environment": "prod", "catalogue": SEPARATION.settings["catalogue"]}
    wire["exceptions"] = [_exception(subject=f"system:{system}")]
    report = evaluate(tagged, replace(example_config(wire), today=DAY), RULES)
    assert len(report.lifted) == 3
    told = "exception short-debug-logs lifts something on 3 resources: lambda, portal, batch"
    assert told in report.notes


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
        return evaluate(
            graph, replace(example_config(settings), today=DAY), [find("separation-of-duties")]
        ).blocking

    assert blocking(rule="adjustments-and-refunds", subject="job-code:RCM-POSTER") == ()
    assert len(blocking(rule="adjustments-and-refunds", subject="job-code:RCM-REFUNDS")) == 1
    with pytest.raises(SettingsError, match="`payments-and-refunds`, which is no rule"):
        blocking(rule="payments-and-refunds", subject="job-code:RCM-POSTER")


@pytest.mark.parametrize(
    "rule", ["separation-of-duties", "separation-of-duties-by-group", "separation-of-duties-at-assignment"]
)
def test_an_exception_for_a_role_lifts_its_conflict_in_all_three_forms(rule):
    graph = (*assignment_graph([SEPARATION.left, SEPARATION.right]), group_rule("RCM-POSTER"))

    def report(subject):
        exception = _exception(rule="adjustments-and-refunds", subject=subject)
        settings = {**SEPARATION.settings, "exceptions": [exception]}
        return evaluate(graph, replace(example_config(settings), today=DAY), [find(rule)])

    assert len(report("role:refund-approver").blocking) == 1
    lifted = report("role:payment-poster")
    assert lifted.blocking == ()
    assert [finding.lifted_by for finding in lifted.findings] == ["short-debug-logs"]
