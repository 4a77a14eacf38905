"""The Regions of the settings and those of the pack's rules are one list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from billing_identity.policies.evaluate import PackConfig, ResourceRecord, evaluate
from billing_identity.review.pack_settings import REGION_RULES, pack_config_file, pack_parameters
from billing_identity.stacks.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
PROVIDER, TABLE = "pulumi:providers:aws", "aws:dynamodb/table:Table"


def moved(region: str, replica: str, *countries: str) -> Settings:
    settings, problems = load_settings(ROOT, "prod")
    assert settings is not None, problems
    place = {"region": region, "replica_region": replica, "allowed_countries": countries}
    return settings.model_copy(update={"aws": settings.aws.model_copy(update=place)})


def refused(settings: Settings | None, region: str) -> set[str]:
    """Rules on Regions that refuse a provider and a resource there."""
    config = PackConfig(parameters=pack_parameters(settings)) if settings is not None else PackConfig()
    records = [
        ResourceRecord("urn:p", PROVIDER, "p", {"region": region}),
        ResourceRecord("urn:t", TABLE, "t", {"region": region}),
    ]
    return {finding.rule for finding in evaluate(records, config).blocking} & {*REGION_RULES}


@pytest.mark.parametrize(
    ("region", "replica", "countries", "outside"),
    [
        ("us-east-1", "us-west-2", ("US",), ("us-gov-west-1", "ca-central-1", "eu-west-2")),
        ("us-gov-west-1", "us-gov-east-1", ("US",), ("us-east-1", "us-west-2")),
        ("ca-central-1", "ca-west-1", ("CA",), ("us-west-2", "eu-west-1")),
        ("eu-west-2", "eu-west-1", ("GB", "IE"), ("us-west-2", "eu-central-1")),
    ],
)
def test_the_rules_take_the_countries_of_the_settings(
    region: str, replica: str, countries: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    settings = moved(region, replica, *countries)
    assert {place: refused(settings, place) for place in (region, replica)} == {region: set(), replica: set()}
    assert {place: refused(settings, place) for place in outside} == {
        place: {*REGION_RULES} for place in outside
    }


def test_events_of_global_services_are_let_through_where_they_arise() -> None:
    assert not refused(moved("eu-west-2", "eu-west-1", "GB", "IE"), "us-east-1")


def test_a_program_that_is_not_ours_keeps_the_default() -> None:
    assert not refused(None, "us-west-1")
    assert refused(None, "eu-west-2") == {*REGION_RULES}


def test_the_file_for_the_engine_says_the_same() -> None:
    settings = moved("us-east-1", "us-west-2", "US")
    written = json.loads((ROOT / "stacks/config/policy-pack.prod.json").read_text(encoding="utf-8"))
    assert written == json.loads(json.dumps(pack_config_file(settings)))
    assert {rule: written[rule] for rule in REGION_RULES} == pack_parameters(settings)
