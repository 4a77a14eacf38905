"""Every alert of the access policy: a real-shaped event matches its rule, a near miss does not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from alert_events import CASES, MORE, okta, trail
from event_pattern import matches
from filter_pattern import holds
from monitoring_program import AS_OF, company, with_aws

from billing_identity.components.aws.event_rule import PATTERN_LIMIT
from billing_identity.roles.checks.alert_coverage import NEEDED
from billing_identity.stacks.bind.aws.alerts import compact, parts, patterns
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.bind.aws.watch_okta import okta_patterns

RULE = "aws:cloudwatch/eventRule:EventRule"
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"


def pattern(monitored: Any, alert: str, sender: str) -> dict[str, Any]:
    return json.loads(monitored[(RULE, f"alert-{alert}-{sender}")].inputs["eventPattern"])


@pytest.mark.parametrize(
    ("alert", "sender"), list(CASES), ids=[f"{alert}-{sender}" for alert, sender in CASES]
)
def test_an_alert_tells_its_event_from_a_near_miss(monitored: Any, alert: str, sender: str) -> None:
    hit, miss = CASES[(alert, sender)]
    found = pattern(monitored, alert, sender)
    assert matches(found, hit)
    assert not matches(found, miss)


@pytest.mark.parametrize(("alert", "sender", "event"), MORE)
def test_what_else_an_alert_is_about(monitored: Any, alert: str, sender: str, event: dict[str, Any]) -> None:
    assert matches(pattern(monitored, alert, sender), event)


def test_every_declared_rule_has_its_case_and_every_needed_alert_its_rule(monitored: Any) -> None:
    declared = {
        name.removeprefix("alert-")
        for type_, name in monitored
        if type_ == RULE and name.startswith("alert-")
    }
    assert declared == {f"{alert}-{sender}" for alert, sender in CASES}
    thresholds = set(company()[0].access_policy.alerts)
    watched = {alert for alert, _ in CASES} | {"large-download"}
    assert set(NEEDED) <= watched
    assert thresholds == watched


def test_no_event_of_another_case_sets_off_break_glass_or_root(monitored: Any) -> None:
    for alert in ("break-glass-used", "root-used"):
        found = pattern(monitored, alert, "aws")
        for (other, _), (hit, miss) in CASES.items():
            if other != alert:
                assert not matches(found, hit), other
                assert not matches(found, miss), other


def test_patterns_fit_and_read_the_right_bus(monitored: Any) -> None:
    for (type_, name), item in monitored.items():
        if type_ != RULE:
            continue
        assert len(item.inputs["eventPattern"]) <= PATTERN_LIMIT, name
        if name.startswith("alert-"):
            wanted = (
                "aws.partner/okta.com/meridian/okta_meridian_prod"
                if name.endswith("-okta")
                else "meridian-prod-security"
            )
            assert item.inputs["eventBusName"] == wanted, name


@pytest.mark.parametrize("alert", ["break-glass-used", "root-used", "admin-granted", "logging-changed"])
def test_critical_alerts_page_and_open_a_ticket(monitored: Any, alert: str) -> None:
    told = [monitored[(TARGET, f"alert-{alert}-aws-{number}")].inputs for number in (0, 1)]
    assert [target["arn"].rsplit(":", 1)[-1] for target in told] == [
        "meridian-prod-security-pages",
        "meridian-prod-security-alarms",
    ]
    for target in told:
        assert target["deadLetterConfig"]["arn"].endswith("undelivered-events")
        assert "<who>" in target["inputTransformer"]["inputTemplate"]


@pytest.mark.parametrize(
    ("alert", "count", "minutes"),
    [("failed-sign-ins", 10, 10), ("unusual-hours", 5, 60), ("large-download", 200, 60)],
)
def test_counted_alerts_count_one_person_within_the_catalogues_window(
    monitored: Any, alert: str, count: int, minutes: int
) -> None:
    alarm = monitored[(ALARM, f"alert-{alert}")].inputs
    assert alarm["threshold"] == count
    query = alarm["metricQueries"][0]
    assert query["period"] == minutes * 60
    assert "GROUP BY Person" in query["expression"]
    assert f'"meridian-prod-{alert}"' in query["expression"]
    filters = [
        item.inputs
        for (type_, name), item in monitored.items()
        if type_ == FILTER and name.startswith(f"alert-{alert}")
    ]
    assert filters
    for item in filters:
        assert item["metricTransformation"]["name"] == f"meridian-prod-{alert}"
        assert "Person" in item["metricTransformation"]["dimensions"]
        assert "defaultValue" not in item["metricTransformation"]


def test_large_downloads_are_reads_of_stores_that_succeed(monitored: Any) -> None:
    found = monitored[(FILTER, "alert-large-download")].inputs["pattern"]
    read = trail("s3", "GetObject", requestParameters={"bucketName": "meridian-prod-ephi-edi", "key": "a"})[
        "detail"
    ]
    assert holds(found, read)
    assert not holds(found, {**read, "eventName": "PutObject"})
    assert not holds(found, {**read, "errorCode": "AccessDenied"})
    assert not holds(found, {**read, "requestParameters": {"bucketName": "meridian-prod-log-archive"}})
    replicated = {**read, "userIdentity": {**read["userIdentity"], "invokedBy": "s3.amazonaws.com"}}
    assert not holds(found, replicated)


@pytest.mark.parametrize("key", [key for key in CASES if key[1] == "aws"], ids=lambda key: key[0])
def test_what_an_alert_needs_is_forwarded_from_every_account(monitored: Any, key: tuple[str, str]) -> None:
    for purpose in ("keys", "logs", "data", "workforce"):
        for region in ("us-east-1", "us-west-2"):
            rule = monitored[(RULE, f"forward-{purpose}-{region}")].inputs
            assert rule["state"] == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
            assert matches(json.loads(rule["eventPattern"]), CASES[key][0]), (purpose, region)


def test_ordinary_reading_is_not_forwarded(monitored: Any) -> None:
    rule = json.loads(monitored[(RULE, "forward-data-us-east-1")].inputs["eventPattern"])
    assert not matches(rule, trail("ec2", "DescribeInstances", readOnly=True))
    assert not matches(
        rule,
        trail(
            "sts",
            "AssumeRole",
            readOnly=True,
            requestParameters={"roleArn": "arn:aws:iam::100000000004:role/other"},
        ),
    )
    assert not matches(rule, okta("user.session.start"))


def test_without_sealed_accounts_only_aws_can_tell_of_break_glass() -> None:
    catalogue, settings, names = company()
    bare = with_aws(alerting=type(settings.aws.alerting)())
    found = patterns(catalogue, Names(names.short, bare), AS_OF)
    assert set(found["break-glass-used"]) == {"aws"}


def test_a_company_with_many_systems_has_several_patterns_that_fit() -> None:
    apps = [f"Billing system number {number:04}" for number in range(500)]
    whole = okta_patterns(
        deployer="d", break_glass_users=(), export_groups=(), quiet_hours=(4, 5), ephi_apps=apps
    )["unusual-hours"]
    found = parts(whole)
    assert all(len(compact(part)) <= PATTERN_LIMIT for part in found)
    assert [app for part in found for app in part["detail"]["target"]["displayName"]] == apps
    assert {str(part["time"]) + str(part["detail"]["outcome"]) for part in found} == {
        str(whole["time"]) + str(whole["detail"]["outcome"])
    }
    assert parts(found[0]) == [found[0]]
