"""What a configuration may ask of the pack, and what it may not."""

from dataclasses import replace
from datetime import date

import pytest

from billing_identity.policies.evaluate import (
    PackConfig,
    ResourceRecord,
    SettingsError,
    evaluate,
    read_settings,
)
from billing_identity.policies.framework.parameters import LESS_IS_WEAKER, MORE_IS_WEAKER
from billing_identity.policies.framework.registry import find, rules
from billing_identity.policies.framework.rule import Level
from billing_identity.policies.framework.runtime import Run

UNLIFTABLE = "aws-s3-public-access-blocked"
LIFTABLE = "aws-kms-rotation"
OPEN = ResourceRecord("urn:b", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "b", {"bucket": "x"})
STILL = ResourceRecord("urn:k", "aws:kms/key:Key", "k", {"policy": "{}"})


def test_everything_disabled_does_not_silence_what_cannot_be_lifted():
    report = evaluate([OPEN, STILL], PackConfig(all_level=Level.DISABLED))
    assert {finding.rule for finding in report.blocking} == {UNLIFTABLE, "aws-kms-separate-duties"}
    kept = {item.rule for item in report.lowered if item.kept}
    assert kept == {rule.id for rule in rules() if not rule.liftable}
    kept_line, lowered_line, *_ = report.notes
    assert kept_line.startswith("stays mandatory, can't be lowered to disabled: ")
    assert UNLIFTABLE in kept_line
    assert lowered_line.startswith("mandatory lowered to disabled: ")
    assert LIFTABLE in lowered_line


def test_an_advisory_rule_reports_and_does_not_block():
    report = evaluate([STILL], PackConfig(levels={LIFTABLE: Level.ADVISORY}))
    (finding,) = [item for item in report.findings if item.rule == LIFTABLE]
    assert finding.level is Level.ADVISORY
    assert not finding.blocks
    assert [str(item) for item in report.lowered] == [f"{LIFTABLE}: mandatory lowered to advisory"]


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"levels": {"no-such-rule": Level.ADVISORY}}, "`no-such-rule` is no rule of this pack"),
        ({"levels": {UNLIFTABLE: Level.DISABLED}}, f"`{UNLIFTABLE}` can't be lowered to disabled"),
        ({"parameters": {LIFTABLE: {"days": 1}}}, f"`{LIFTABLE}` has no parameter `days`"),
        ({"parameters": {LIFTABLE: {"maximumDays": "1"}}}, "must be a whole number from 90 to 2560"),
        ({"parameters": {LIFTABLE: {"maximumDays": 100.5}}}, "must be a whole number"),
        ({"parameters": {LIFTABLE: {"maximumDays": 10_000}}}, "must be a whole number from 90 to 2560"),
        ({"parameters": {LIFTABLE: {"maximumDays": True}}}, "must be a whole number from 90 to 2560"),
        (
            {"parameters": {"entra-strength-phishing-resistant": {"alsoAllowed": "sms"}}},
            "must be a list of texts",
        ),
        ({"parameters": {"no-such-rule": {"x": 1}}}, "`no-such-rule` is no rule of this pack"),
        *(
            (
                {"parameters": {"aws-iam-no-full-administration": {"boundaries": [text]}}},
                "stands for anything",
            )
            for text in ("*", "**", "?*", "[a-z]*", "", " ")
        ),
    ],
)
def test_a_configuration_that_cannot_be_used_is_refused(config, expected):
    with pytest.raises(SettingsError) as raised:
        evaluate([], PackConfig(**config))
    assert any(expected in problem for problem in raised.value.problems)


def test_all_faults_are_named_at_once():
    with pytest.raises(SettingsError) as raised:
        Run(
            rules(), PackConfig(levels={"a": Level.ADVISORY, "b": Level.ADVISORY, UNLIFTABLE: Level.ADVISORY})
        )
    assert len(raised.value.problems) == 3


@pytest.mark.parametrize(
    ("wire", "place"),
    [
        ({"cataloge": "x"}, "unknown field `pack-settings.cataloge`; remove it"),
        ({"asOf": "yesterday"}, "`pack-settings.asOf` is not a date; write a date as YYYY-MM-DD"),
        ({"environment": "Prod!"}, "`pack-settings.environment` has not the form that it must have; it is: "),
        ({"breakGlassGroups": {"entra": "x"}}, "`pack-settings.breakGlassGroups.entra` is not a list"),
        ({"exceptions": [{"id": "x"}]}, "the field `pack-settings.exceptions.0.lifts` is missing; add it"),
        ({"declaredKeys": ["*"]}, "`pack-settings.declaredKeys.0` has not the form"),
        ({"declaredKeys": ["arn:aws:s3:::x"]}, "`pack-settings.declaredKeys.0` has not the form"),
        ({"preproduction": ["qa", "prod"]}, "`pack-settings.preproduction`: `prod` is production; remove it"),
        ({"preproduction": [""]}, "`pack-settings.preproduction.0` is not an identifier"),
    ],
)
def test_settings_that_cannot_be_used_name_the_place(wire, place):
    with pytest.raises(SettingsError) as raised:
        read_settings(wire)
    assert any(problem.startswith(place) for problem in raised.value.problems)


@pytest.mark.parametrize(
    ("rule", "parameters", "expected"),
    [
        ("aws-kms-rotation", {"maximumDays": 400.0}, "`maximumDays` lowered from 365 to 400"),
        ("aws-kms-rotation", {"maximumDays": 180}, "`maximumDays` set from 365 to 180"),
        ("aws-kms-rotation", {"maximumDays": 365.0}, None),
        ("aws-log-retention-six-years", {"minimumDays": 1}, "`minimumDays` lowered from 2192 to 1"),
        ("aws-log-retention-six-years", {"minimumDays": 3653}, "`minimumDays` set from 2192 to 3653"),
        (
            "aws-provider-region-allowed",
            {"regions": ["us-east-1", "eu-west-1"]},
            "lowered: also takes eu-west-1",
        ),
        (
            "aws-provider-region-allowed",
            {"regions": ["us-east-1"]},
            "set: no longer takes us-east-2, us-west-1",
        ),
        ("entra-strength-phishing-resistant", {"alsoAllowed": []}, None),
        (
            "entra-strength-phishing-resistant",
            {"alsoAllowed": ["password,sms"]},
            "lowered: also takes password",
        ),
    ],
)
def test_a_parameter_that_is_not_the_default_is_told(rule, parameters, expected):
    report = evaluate([], PackConfig(parameters={rule: parameters}))
    told = [note for note in report.notes if note.startswith(f"{rule}: ")]
    assert [str(item) for item in report.changed] == told
    assert len(told) == (expected is not None)
    assert all(expected in note for note in told)


def test_of_every_number_it_is_known_which_way_is_weaker():
    known = (*LESS_IS_WEAKER, *MORE_IS_WEAKER)
    numbers = {name for rule in rules() for name, it in rule.parameters.items() if it["type"] == "number"}
    assert {name for name in numbers if not name.startswith(known)} == set()


def test_a_rule_that_cannot_be_lowered_takes_no_weaker_parameter():
    strict = replace(find("aws-kms-rotation"), liftable=False)
    Run([strict], PackConfig(parameters={strict.id: {"maximumDays": 100}}))
    with pytest.raises(SettingsError, match="`maximumDays` can't be lowered: leave it out"):
        Run([strict], PackConfig(parameters={strict.id: {"maximumDays": 400}}))


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ({"breakGlassGroups": {"okta": ["00g1"]}}, "declared break-glass groups in Okta: 00g1"),
        (
            {"administratorGroups": {"entra": ["a", "b"]}},
            "declared administrators' groups in Entra: a, b (2)",
        ),
        ({"preproduction": ["dev", "qa"]}, "counted as preproduction: qa"),
        ({"environment": "dev"}, "environment dev is preproduction: policies may be report-only"),
        ({"declaredKeys": ["arn:aws:kms:*:1:key/*"]}, "declared keys: arn:aws:kms:*:1:key/*"),
        ({"asOf": "2026-10-01"}, "dates are judged by 2026-10-01 (`asOf`), exceptions by that day and by "),
    ],
)
def test_a_setting_that_lets_more_pass_is_told(wire, expected):
    notes = evaluate([], PackConfig(settings=read_settings(wire))).notes
    assert any(note.startswith(expected) for note in notes)
    assert not any(note.startswith(expected) for note in evaluate([], PackConfig()).notes)


def test_an_update_is_judged_by_today_whatever_the_settings_say():
    run = Run(rules())
    config = PackConfig(settings=read_settings({"asOf": "2026-10-01"}), today=date(2026, 11, 24))
    run.configure(config)
    assert run.settings.day == date(2026, 10, 1)
    run.preview = False
    run.configure(config)
    assert run.settings.day == date(2026, 11, 24)
    assert "`asOf` 2026-10-01 is not used: an update is judged by 2026-11-24" in run.notes()


def test_a_parameter_changes_the_verdict():
    key = ResourceRecord("urn:k", "aws:kms/key:Key", "k", {"deletionWindowInDays": 14.0, "policy": "{}"})

    def failing(parameters):
        report = evaluate([key], PackConfig(parameters=parameters))
        return "aws-kms-deletion-window" in {finding.rule for finding in report.blocking}

    assert failing({})
    assert not failing({"aws-kms-deletion-window": {"minimumDays": 14}})


def test_rules_that_wait_for_a_catalogue_are_named():
    assert any("separation-of-duties" in note for note in evaluate([], PackConfig()).notes)


def test_the_report_is_sorted_and_the_same_each_time():
    forward = evaluate([OPEN, STILL], PackConfig())
    again = evaluate([OPEN, STILL], PackConfig())
    assert forward == again
    ranks = [finding.rank for finding in forward.findings]
    assert ranks == sorted(ranks)
    assert forward.findings[0].severity == "critical"


@pytest.mark.parametrize("form", ["sdk", "wire"])
def test_a_secret_never_stands_in_a_message(form):
    from pulumi_policy.secret import Secret

    from billing_identity.policies.framework.wire import SIGNATURE

    def secret(value):
        if form == "sdk":
            return Secret(value)
        return {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": value}

    statement = '{"Sid":"Hush-1","Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}'
    policy = f'{{"Statement":[{statement}]}}'
    resources = [
        ResourceRecord(
            "urn:k", "aws:kms/key:Key", "k", {"enableKeyRotation": True, "policy": secret(policy)}
        ),
        ResourceRecord(
            "urn:s", "aws:ssoadmin/permissionSet:PermissionSet", "s", {"sessionDuration": secret("PT11H")}
        ),
    ]
    report = evaluate(resources, PackConfig())
    assert {finding.rule for finding in report.blocking} == {
        "aws-kms-separate-duties",
        "aws-permission-set-session-limit",
        "aws-store-classified",
    }
    text = "\n".join(finding.message for finding in report.findings)
    assert "Hush-1" not in text
    assert "PT11H" not in text
    assert "[secret]" in text
