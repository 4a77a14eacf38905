"""What a configuration may ask of the pack, and what it may not."""

import pytest

from billing_identity.policies.evaluate import (
    PackConfig,
    ResourceRecord,
    SettingsError,
    evaluate,
    read_settings,
)
from billing_identity.policies.framework.registry import rules
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
    assert f"{LIFTABLE}: mandatory lowered to disabled" in report.notes
    assert f"{UNLIFTABLE}: stays mandatory, can't be lowered to disabled" in report.notes


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
        ({"parameters": {LIFTABLE: {"maximumDays": "1"}}}, "must be a number from 90 to 2560"),
        ({"parameters": {LIFTABLE: {"maximumDays": 10_000}}}, "must be a number from 90 to 2560"),
        ({"parameters": {LIFTABLE: {"maximumDays": True}}}, "must be a number from 90 to 2560"),
        (
            {"parameters": {"entra-strength-phishing-resistant": {"alsoAllowed": "sms"}}},
            "must be a list of texts",
        ),
        ({"parameters": {"no-such-rule": {"x": 1}}}, "`no-such-rule` is no rule of this pack"),
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
        ({"cataloge": "x"}, "pack-settings.cataloge"),
        ({"asOf": "yesterday"}, "pack-settings.asOf"),
        ({"environment": "Prod!"}, "pack-settings.environment"),
        ({"breakGlassGroups": {"entra": "x"}}, "pack-settings.breakGlassGroups.entra"),
        ({"exceptions": [{"id": "x"}]}, "pack-settings.exceptions.0.lifts"),
    ],
)
def test_settings_that_cannot_be_used_name_the_place(wire, place):
    with pytest.raises(SettingsError) as raised:
        read_settings(wire)
    assert any(problem.startswith(place) for problem in raised.value.problems)


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
