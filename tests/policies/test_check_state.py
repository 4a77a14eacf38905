"""`check-state` over exports of stacks: good, bad, sealed, and files that are none."""

import json
import re
from datetime import date, timedelta

import pytest
import typer
from typer.testing import CliRunner

from billing_identity.review.commands.check_state import register

app = typer.Typer()
app.callback()(lambda: None)
register(app)

URN = "urn:pulumi:prod::other::{type}::{name}"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
SETTINGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:xyz"}


def _resource(type_, name, **inputs):
    urn = URN.format(type=type_, name=name)
    return {"urn": urn, "type": type_, "custom": True, "id": name, "inputs": inputs, "outputs": inputs}


def _export(tmp_path, *resources, version=3):
    path = tmp_path / "state.json"
    stack = {"urn": URN.format(type="pulumi:pulumi:Stack", name="other-prod"), "type": "pulumi:pulumi:Stack"}
    document = {"version": version, "deployment": {"resources": [{**stack, "custom": False}, *resources]}}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def squeezed(text):
    """Text without spaces and line breaks, which fall elsewhere for every length of a path."""
    return "".join(text.split())


def _run(*arguments):
    return CliRunner().invoke(app, ["check-state", *map(str, arguments)])


def _found(result):
    return {(item["rule"], item["verdict"]) for item in json.loads(result.stdout)["findings"]}


def test_a_state_in_order(tmp_path):
    path = _export(tmp_path, _resource(BLOCK, "b", bucket="x", **dict.fromkeys(SETTINGS, True)))
    result = _run(path)
    assert result.exit_code == 0
    assert "Nothing blocks." in result.stdout


def test_a_violation_blocks_and_is_named(tmp_path):
    path = _export(tmp_path, _resource(BLOCK, "b", bucket="x"))
    result = _run(path)
    assert result.exit_code == 1
    assert "aws-s3-public-access-blocked" in result.stdout
    assert "set all four settings to true" in result.stdout
    assert _found(_run(path, "--format", "json")) == {("aws-s3-public-access-blocked", "fail")}


def test_a_sealed_value_is_undecided_and_no_pass(tmp_path):
    path = _export(tmp_path, _resource("aws:sqs/queuePolicy:QueuePolicy", "p", policy=SECRET))
    result = _run(path, "--format", "json")
    assert result.exit_code == 1
    assert _found(result) == {
        ("aws-sqs-not-public", "undecided"),
        ("aws-shared-with-declared-accounts", "undecided"),
    }


def test_a_password_that_is_sealed_is_in_order_and_one_in_clear_is_not(tmp_path):
    secret = "aws:secretsmanager/secretVersion:SecretVersion"
    assert _run(_export(tmp_path, _resource(secret, "s", secretString=SECRET))).exit_code == 0
    result = _run(_export(tmp_path, _resource(secret, "s", secretString="hunter-two")), "--format", "json")
    assert _found(result) == {("aws-secret-value-sealed", "fail")}
    assert "hunter-two" not in result.stdout


def test_the_packs_configuration_holds(tmp_path):
    path = _export(
        tmp_path, _resource("aws:kms/key:Key", "k", enableKeyRotation=True, deletionWindowInDays=7)
    )
    config = tmp_path / "config.json"
    config.write_text('{"all": "disabled"}', encoding="utf-8")
    result = _run(path, "--config", config, "--format", "json")
    assert _found(result) == {("aws-kms-separate-duties", "fail")}
    assert "aws-kms-rotation: mandatory lowered to disabled" in json.loads(result.stdout)["lowered"]


def test_without_resources_it_says_that_nothing_was_judged(tmp_path):
    path = tmp_path / "state.json"
    path.write_text('{"version": 3, "deployment": {"manifest": {"magic": "x"}}}', encoding="utf-8")
    result = _run(path)
    assert result.exit_code == 0
    assert "No resources: nothing was judged." in result.stdout
    assert "Nothing blocks" not in result.stdout


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"version": 3, "deployment": {"resources": [', "truncated"),
        ('{"version": 2, "deployment": {}}', "deployment version 2"),
        ('{"version": 99, "deployment": {}}', "deployment version 99"),
        ("[]", "must be an object"),
        ('{"version": 3}', "no `deployment`"),
        ('{"version": 3, "deployment": {}}', "`deployment.resources` must be a list"),
        ('{"version": 3, "deployment": {"resources": [{"urn": "x"}]}}', "resource 0"),
    ],
)
def test_a_file_that_is_no_state_is_refused(tmp_path, text, expected):
    path = tmp_path / "state.json"
    path.write_text(text, encoding="utf-8")
    result = _run(path)
    assert result.exit_code == 2
    assert squeezed(expected) in squeezed(result.stderr)
    assert result.stdout == ""


def test_a_file_of_500_mb_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "state.json"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    result = _run(path)
    assert result.exit_code == 2
    assert "500 MB" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "config.json:1:2: ends in the middle"),
        ('{"all": NaN}', "NaN is no number of JSON"),
        ("{'all': 1}", "config.json:1:2: not JSON"),
        ("[]", "must be an object"),
        ('{"aws-kms-rotation": "sometimes"}', "level must be"),
        ('{"no-such-rule": "advisory"}', "is no rule of this pack"),
        ('{"aws-s3-public-access-blocked": "disabled"}', "can't be lowered"),
        ('{"pack-settings": {"catalogue": "no/such"}}', "can't be used"),
        ('{"pack-settings": {"cataloge": "x"}}', "config.json:1:20: unknown field `pack-settings.cataloge`"),
        ('{"aws-kms-rotation": null}', "must be an object, or a level"),
        ('{"pack-settings": null}', "config.json:1:2: `pack-settings`: must be an object"),
        ('{"all": {"enforcementLevel": "mandatory", "x": 1}}', "config.json:1:43: `all` takes a level alone"),
        (
            '{"aws-kms-rotation": "mandatory",\n\t"aws-kms-rotation": "disabled"}',
            "config.json:2:2: the key `aws-kms-rotation` stands twice",
        ),
    ],
)
def test_a_configuration_that_cannot_be_used_is_refused(tmp_path, text, expected):
    config = tmp_path / "config.json"
    config.write_text(text, encoding="utf-8")
    result = _run(_export(tmp_path), "--config", config)
    assert result.exit_code == 2
    assert squeezed(expected) in squeezed(result.stderr)


def test_all_faults_of_a_configuration_are_told_at_once_in_the_order_of_the_file(tmp_path):
    config = tmp_path / "config.json"
    config.write_text(
        """{
  "aws-sns-encryptd": "mandatory",
  "aws-kms-rotation": "sometimes",
  "aws-rds-backed-up": {"minimunDays": 14, "minimumDays": 14.5},
  "pack-settings": {"catalogue": "../nope", "environment": "Prod!", "asOf": "soon"}
}""",
        encoding="utf-8",
    )
    result = _run(_export(tmp_path), "--config", config)
    assert result.exit_code == 2
    places = re.findall(r"config\.json:(\d+):\d+", "".join(result.stderr.split()))
    assert [int(line) for line in places] == [2, 3, 4, 4, 5, 5, 5, 5]
    for word in ("nput", "attern", "rror", "alue_"):
        assert word not in result.stderr, "no words of a library"


URN_OF_KEY = URN.format(type="aws:kms/key:Key", name="k")


def _excepting(tmp_path, subject, **settings):
    today = date.today()
    exception = {
        "id": "by-hand",
        "lifts": {"rule": "aws-kms-rotation", "subject": subject, "environments": ["prod"]},
        "reason": "The vendor rotates it by hand.",
        "compensating_control": "Each rotation is recorded.",
        "approver": "security-officer",
        "approved": str(today - timedelta(30)),
        "expires": str(today + timedelta(30)),
        "ticket": "SEC-101",
    }
    config = tmp_path / "config.json"
    wire = {"environment": "prod", "exceptions": [exception], **settings}
    config.write_text(json.dumps({"pack-settings": wire}, indent=1), encoding="utf-8")
    return config


def test_an_exception_for_a_resource_that_the_stack_does_not_have_is_refused(tmp_path):
    path = _export(tmp_path, _resource("aws:kms/key:Key", "k"))
    known = _run(path, "--config", _excepting(tmp_path, URN_OF_KEY), "--format", "json")
    assert [item["liftedBy"] for item in json.loads(known.stdout)["findings"]].count("by-hand") == 1
    result = _run(path, "--config", _excepting(tmp_path, URN_OF_KEY + "-2"))
    assert result.exit_code == 2
    assert squeezed("config.json:9:6: exception `by-hand` is for") in squeezed(result.stderr)
    elsewhere = _excepting(tmp_path, URN_OF_KEY.replace(":prod::", ":dev::"))
    assert _run(path, "--config", elsewhere).exit_code == 1


def test_the_day_comes_from_one_place(tmp_path):
    path = _export(tmp_path, _resource("aws:kms/key:Key", "k"))
    config = _excepting(tmp_path, URN_OF_KEY, asOf="2020-01-01")
    result = _run(path, "--config", config, "--format", "json")
    data = json.loads(result.stdout)
    assert data["asOf"] == "2020-01-01"
    assert any(note.startswith("dates are judged by 2020-01-01") for note in data["notes"])
    assert all(item["liftedBy"] is None for item in data["findings"]), "not approved yet on that day"
    both = _run(path, "--config", config, "--as-of", "2021-01-01")
    assert both.exit_code == 2
    assert "leave one out" in " ".join(both.stderr.split())


def test_what_is_lowered_is_told_once_and_what_stays_first(tmp_path):
    config = tmp_path / "config.json"
    config.write_text('{"all": "disabled", "aws-rds-backed-up": {"minimumDays": 1}}', encoding="utf-8")
    result = _run(_export(tmp_path), "--config", config)
    notes = [line for line in result.stdout.splitlines() if line.startswith("note")]
    assert notes[0].startswith("note  stays mandatory, can't be lowered to disabled: aws-kms-separate-duties")
    assert notes[1].startswith("note  mandatory lowered to disabled: ")
    assert "note  aws-rds-backed-up: `minimumDays` lowered from 7 to 1" in notes
    assert result.stdout.count("aws-kms-rotation") == 1
    data = json.loads(_run(_export(tmp_path), "--config", config, "--format", "json").stdout)
    assert "aws-rds-backed-up: `minimumDays` lowered from 7 to 1" in data["lowered"]


def test_resources_that_no_rule_is_about_are_told(tmp_path):
    bucket, command = "aws-native:s3:Bucket", "command:local:Command"
    resources = [
        _resource(bucket, "a"),
        _resource(bucket, "b"),
        _resource(command, "c"),
        _resource(BLOCK, "d"),
    ]
    path = _export(tmp_path, *resources, _resource("pulumi:providers:aws", "e", region="us-east-1"))
    told = " ".join(_run(path).stdout.split())
    assert f"note no rule is about 3 of the resources: {bucket} (2), {command} (1)" in told
    data = json.loads(_run(path, "--format", "json").stdout)
    assert data["unseen"] == {bucket: 2, command: 1}


def test_a_file_that_is_not_there(tmp_path):
    assert _run(tmp_path / "none.json").exit_code == 2
