"""A zone holds as many ranges as Okta takes, and not one more."""

from __future__ import annotations

import pytest
from incident_files import PHISHED
from pydantic import ValidationError

from billing_identity.roles.model.access_policy import NetworkZone
from billing_identity.roles.model.incident import Incident


def ranges(count: int) -> list[str]:
    return [f"203.0.{number // 256}.{number % 256}/32" for number in range(count)]


def zone(count: int) -> NetworkZone:
    fields = {"title": "Offices", "purpose": "Where people of the company come from.", "cidrs": ranges(count)}
    return NetworkZone.model_validate(fields)


def incident(count: int) -> Incident:
    scope = {**PHISHED["scope"], "blocked_networks": ranges(count)}
    return Incident.model_validate({**PHISHED, "scope": scope})


def test_as_many_as_okta_takes() -> None:
    assert len(zone(150).cidrs) == 150
    assert len(incident(1000).scope.blocked_networks) == 1000


def test_not_one_more() -> None:
    with pytest.raises(ValidationError, match="at most 150"):
        zone(151)
    with pytest.raises(ValidationError, match="at most 1000"):
        incident(1001)
