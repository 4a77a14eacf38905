"""AWS Regions by country, and those with FIPS endpoints. Lists of 2026-11-24; a Region that is not here is
refused until somebody adds it."""

from __future__ import annotations

from collections.abc import Iterable

from billing_identity.components.aws.arns import partition

REGIONS: dict[str, tuple[str, ...]] = {
    "US": ("us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"),
    "CA": ("ca-central-1", "ca-west-1"),
    "GB": ("eu-west-2",),
    "IE": ("eu-west-1",),
    "DE": ("eu-central-1",),
    "IN": ("ap-south-1", "ap-south-2"),
    "AU": ("ap-southeast-2", "ap-southeast-4"),
}
"""By ISO 3166-1 code, from AWS's table of Regions; countries in which medical billing is done or bought."""

FIPS_REGIONS = frozenset(
    {
        *("us-east-1", "us-east-2", "us-west-1", "us-west-2", "us-gov-east-1", "us-gov-west-1"),
        *("ca-central-1", "ca-west-1"),
    }
)
"""Regions in which AWS runs FIPS endpoints: United States, GovCloud, Canada. A test compares the list with
the endpoints that AWS's SDK carries.

Not every service has one in each of them. Where the name does not resolve, the provider takes the service's
ordinary endpoint by itself."""


def allowed_regions(countries: Iterable[str], place: str) -> tuple[str, ...]:
    """Regions in the countries and of one partition (`aws`, `aws-us-gov`), sorted; none for a country that
    is not listed."""
    return tuple(
        sorted(
            region
            for country in set(countries)
            for region in REGIONS.get(country, ())
            if partition(region) == place
        )
    )


def country_of(region: str) -> str | None:
    """ISO 3166-1 code of the country that a Region lies in; None for one that is not listed."""
    return next((country for country, regions in REGIONS.items() if region in regions), None)


def has_fips(region: str) -> bool:
    """Whether providers use FIPS endpoints in a Region."""
    return region in FIPS_REGIONS
