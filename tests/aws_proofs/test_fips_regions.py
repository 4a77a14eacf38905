"""The list of Regions with FIPS endpoints against what AWS's own SDK says of its endpoints."""

from __future__ import annotations

import json
from pathlib import Path

import botocore
import pytest

from billing_identity.stacks.regions import FIPS_REGIONS, REGIONS

USED = (
    *("config", "events", "guardduty", "kms", "logs", "monitoring", "s3", "securityhub", "sns", "sqs", "sts"),
    *("cloudtrail", "transfer"),
)
"""Services that the program calls everywhere, by their endpoints' prefixes."""
FEW = 10
"""Where AWS runs FIPS endpoints of a Region at all, it has dozens; elsewhere KMS and a few more."""


@pytest.fixture(scope="module")
def services() -> dict[str, set[str]]:
    """Services with a FIPS endpoint by Region."""
    content = json.loads(
        (Path(botocore.__file__).parent / "data" / "endpoints.json").read_text(encoding="utf-8")
    )
    found: dict[str, set[str]] = {}
    for partition in content["partitions"]:
        for service, held in partition["services"].items():
            for region, endpoint in held.get("endpoints", {}).items():
                if any("fips" in variant["tags"] for variant in endpoint.get("variants", ())):
                    found.setdefault(region, set()).add(service)
    return found


def test_the_list_is_that_of_the_sdk(services: dict[str, set[str]]) -> None:
    ours = {region for regions in REGIONS.values() for region in regions}
    assert {region for region in ours if len(services.get(region, ())) > FEW} == FIPS_REGIONS


@pytest.mark.parametrize("region", [region for region in sorted(FIPS_REGIONS) if region.startswith("us-")])
def test_every_service_in_use_has_one_in_the_united_states(
    services: dict[str, set[str]], region: str
) -> None:
    assert not set(USED) - services[region]


@pytest.mark.parametrize("region", [region for region in sorted(FIPS_REGIONS) if region.startswith("ca-")])
def test_in_canada_the_stores_and_their_keys_have_one(services: dict[str, set[str]], region: str) -> None:
    assert {"kms", "s3", "logs", "transfer"} <= services[region]
    assert set(USED) - services[region], "AWS has more now: say so in docs/aws-encryption.md"


def test_keys_have_one_in_every_region(services: dict[str, set[str]]) -> None:
    for regions in REGIONS.values():
        assert all("kms" in services[region] for region in regions)
