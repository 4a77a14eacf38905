"""Settings that fold two duties into one are found at their line before anything is registered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.aws_in_catalogue import catalogue_faults
from billing_identity.stacks.cron import cron_fault
from billing_identity.stacks.settings import load_settings, settings_places

ROOT = Path(__file__).parents[3]
FILE = "stacks/config/settings.prod.yaml"
CI = "aws.workforce.ci."
ROLE = "arn:aws:iam::{}:role/{}"
WITH_DUTIES_FOLDED: list[tuple[str, dict[str, Any], str]] = [
    (
        "pull requests deploy",
        {CI + "deploy_subjects": ["repo:meridian-revenue/identity:pull_request"]},
        "is every pull request",
    ),
    (
        "a branch deploys",
        {CI + "deploy_subjects": ["repo:meridian-revenue/identity:ref:refs/heads/feature-x"]},
        "is no environment",
    ),
    (
        "one subject for both",
        {
            CI + "deploy_subjects": ["repo:x/y:environment:a"],
            CI + "preview_subjects": ["repo:x/y:environment:a"],
        },
        "may preview and deploy",
    ),
    ("keys in the management account", {"aws.accounts.keys": "100000000001"}, "no control policy binds"),
    (
        "the pipeline destroys keys",
        {"aws.key_custodian_role": "billing-identity-deploy"},
        "is also `deploy_role`",
    ),
    ("the pipeline manages keys", {"aws.key_administrator_role": "billing-identity-deploy"}, "is also"),
    ("the reader deploys", {"readers.aws_role": "billing-identity-deploy"}, "is also `deploy_role`"),
    ("administrators are custodians", {"aws.key_custodian_role": "kms-administrator"}, "is also"),
    ("deploys by the emergency role", {"aws.deploy_role": "billing-identity-break-glass"}, "emergency role"),
    ("the SIEM among data", {"aws.siem.account": "100000000004"}, "the outside SIEM is in the data account"),
    ("copies among keys", {"aws.backup.account": "100000000002"}, "the copies' account is the keys account"),
    ("the SIEM among copies", {"aws.siem.account": "100000000006"}, "is in the backup account"),
    (
        "a network abroad",
        {"aws.networks": [{"account": "data", "region": "eu-west-3", "vpc_id": "vpc-0a1b2c3d4e5f60718"}]},
        "Region `eu-west-3` is not in the allowed countries",
    ),
    (
        "a network where nobody works",
        {"aws.networks": [{"account": "data", "region": "us-east-2", "vpc_id": "vpc-0a1b2c3d4e5f60718"}]},
        "which the control policy on Regions refuses",
    ),
    ("people abroad", {"aws.workforce.home_region": "eu-north-1"}, "`eu-north-1` is not in the allowed"),
    (
        "an emergency from outside",
        {"aws.workforce.break_glass_entry": [ROLE.format("999999999999", "x")]},
        "is none of ours",
    ),
    (
        "an emergency from the pipeline",
        {"aws.workforce.break_glass_entry": [ROLE.format("100000000005", "meridian-prod-ci-deploy")]},
        "it could enter every account",
    ),
    ("a time that is none", {"aws.backup.schedule": "cron(99 99 ? * * *)"}, "`99` is no minutes"),
    ("a backup a year", {"aws.backup.schedule": "cron(0 6 1 1 ? *)"}, "does not run every day"),
    ("a test in the past", {"aws.backup.restore_schedule": "cron(0 9 1 1 ? 2020)"}, "ends with the year"),
    (
        "a day that is none",
        {
            "aws.single_account": {
                "reason": "small",
                "approver": "security-officer",
                "approved": "2026-99-99",
                "review": "2027-01-01",
            }
        },
        "approved",
    ),
]


def written(folder: Path, changes: dict[str, Any]) -> Path:
    content = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
    for path, value in changes.items():
        *steps, last = path.split(".")
        place = content
        for step in steps:
            place = place.setdefault(step, {})
        place[last] = value
    file = folder / FILE
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "message"),
    [row[1:] for row in WITH_DUTIES_FOLDED],
    ids=[row[0] for row in WITH_DUTIES_FOLDED],
)
def test_it_is_found_at_its_line(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    settings, problems = load_settings(written(tmp_path, changes), "prod")
    assert settings is None
    (found, *_) = [problem for problem in problems if message in f"{problem.subject} {problem.message}"] or [
        None
    ]
    assert found is not None, [problem.message for problem in problems]
    assert found.location.line is not None


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    found = load(REFERENCE).catalogue
    assert found is not None
    return found


DECISION = {
    "reason": "small",
    "approver": "security-officer",
    "approved": "2026-01-05",
    "review": "2027-01-05",
}
ONE = {"aws.accounts": dict.fromkeys(("keys", "logs", "data", "workforce"), "100000000004")}
ABROAD = {
    "aws.region": "eu-west-2",
    "aws.replica_region": "eu-west-1",
    "aws.workforce.home_region": "eu-west-2",
    "aws.networks": [],
    "aws.allowed_countries": ["GB", "IE"],
}
BANNING = "riverbend-hospital"
IN_CANADA = {"aws.replica_region": "ca-central-1", "aws.allowed_countries": ["US", "CA"]}
GROUP = "5351137c-0a95-5872-93e6-1123f81c2b58"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({**ONE, "aws.single_account": {**DECISION, "approver": "nobody-role"}}, "may not approve it"),
        ({**ONE, "aws.single_account": {**DECISION, "approved": "2026-12-05"}}, "which is to come"),
        ({**ONE, "aws.single_account": {**DECISION, "review": "2026-10-05"}}, "weighed again by 2026-10-05"),
        ({"aws.workforce.groups": {"key-custodiann": GROUP}}, "`key-custodiann` is no role"),
        ({"aws.workforce.groups": {"medical-coder": GROUP}}, "is granted nothing in AWS"),
        ({"okta.scim_connected": ["awss"]}, "`awss` is no system"),
        ({"okta.approval_sequences": {"no-such-role": "6710a1b2c3d4e5f607182930"}}, "is no role"),
        (
            {
                "okta.approval_sequences": dict.fromkeys(
                    ("break-glass-responder", "key-custodian"), "6710a1b2c3d4e5f607182930"
                )
            },
            "have one sequence of approvals",
        ),
        ({"aws.alerting": {}}, "0 of at least 2 sealed accounts in okta"),
        ({"aws.alerting.break_glass_okta_users": ["00uBREAKGLASSONE00x7"]}, "1 of at least 2 sealed"),
        (ABROAD, "`eu-west-2` is in GB, where clearwater-laboratory, harbor-family-practice, lakeside"),
        (ABROAD, "`eu-west-1` is in IE, where clearwater-laboratory, harbor-family-practice, lakeside"),
        ({"aws.exchange.quarantine_reviewers": ["KeyAdministrator"]}, "is no permission set that uses keys"),
        (ABROAD, "`eu-west-2` is in GB; system `aws` is hosted in US"),
        (IN_CANADA, "`ca-central-1` is in CA, where harbor-family-practice, lakeside-orthopedics"),
    ],
)
def test_names_are_those_of_the_catalogue(
    tmp_path: Path, catalogue: Catalogue, changes: dict[str, Any], message: str
) -> None:
    settings, problems = load_settings(written(tmp_path, changes), "prod")
    assert settings is not None, problems
    places = settings_places(tmp_path, "prod")
    found = catalogue_faults(settings, catalogue, date(2026, 11, 24), places)
    (fault,) = [problem for problem in found if message in problem.message]
    assert fault.location.line is not None


def test_a_ban_on_work_abroad_holds_whatever_the_countries_say(tmp_path: Path, catalogue: Catalogue) -> None:
    settings, problems = load_settings(written(tmp_path, IN_CANADA), "prod")
    assert settings is not None, problems
    everywhere = {
        name: client.model_copy(update={"allowed_countries": ("US", "CA"), "offshore_ban": name == BANNING})
        for name, client in catalogue.clients.items()
    }
    elsewhere = replace(catalogue, clients=everywhere)
    found = catalogue_faults(settings, elsewhere, date(2026, 11, 24), settings_places(tmp_path, "prod"))
    assert [problem.message for problem in found if "no data lie" in problem.message] == [
        f"`ca-central-1` is in CA, where {BANNING} lets no data lie"
    ]


def test_the_reference_has_no_fault(catalogue: Catalogue) -> None:
    settings, problems = load_settings(ROOT, "prod")
    assert settings is not None, problems
    assert not catalogue_faults(settings, catalogue, date(2026, 11, 24), settings_places(ROOT, "prod"))


@pytest.mark.parametrize(
    ("schedule", "days", "right"),
    [
        ("cron(0 6 ? * * *)", 1, True),
        ("cron(0 6 * * ? *)", 1, True),
        ("cron(0 6 ? * MON-FRI *)", 1, False),
        ("cron(0 6 * * * *)", 1, False),
        ("cron(0 24 ? * * *)", 1, False),
        ("cron(0 6 ? * * * *)", 1, False),
        ("cron(0 9 ? * 1#1 *)", 92, True),
        ("cron(0 9 L * ? *)", 92, True),
        ("cron(0 9 1 1/3 ? *)", 92, True),
        ("cron(0 9 1 JAN,APR,JUL,OCT ? *)", 92, True),
        ("cron(0 9 1 JAN,JUL ? *)", 92, False),
        ("cron(0 9 32 * ? *)", 92, False),
    ],
)
def test_schedules(schedule: str, days: int, right: bool) -> None:
    assert (cron_fault(schedule, days) is None) is right
