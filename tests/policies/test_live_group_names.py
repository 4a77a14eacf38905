"""A role's group under its live name is judged as the role's group; the near miss is one nobody named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from billing_identity.policies.evaluate import evaluate
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.runtime import PackConfig
from billing_identity.policies.framework.settings import read_settings
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue

LIVE = "PAYMENT POSTER"
GROUP, RULE = "okta:group/group:Group", "okta:group/rule:Rule"


def catalogue(**live: str) -> Catalogue:
    known = load(REFERENCE).catalogue
    assert known is not None
    poster = known.roles["payment-poster"].model_copy(update={"live_groups": live})
    return replace(known, roles={**known.roles, "payment-poster": poster})


def record(kind: str, name: str, props: dict[str, Any], ident: str) -> ResourceRecord:
    return ResourceRecord(f"urn:pulumi:prod::p::{kind}::{name}", kind, name, props, id=ident)


def untrained(name: str) -> list[ResourceRecord]:
    """A rule that lets people into the posters' group without training."""
    condition = 'user.employmentStatus=="ACTIVE" && user.jobCode=="RCM-POSTER"'
    return [
        record(GROUP, "payment-poster", {"name": name}, "00g1"),
        record(
            RULE,
            "payment-poster",
            {"name": "x", "expressionValue": condition, "groupAssignments": ["00g1"], "status": "ACTIVE"},
            "0pr1",
        ),
    ]


@pytest.mark.parametrize(
    ("name", "live", "found"),
    [
        ("role-payment-poster", {}, True),
        (LIVE, {"okta": LIVE}, True),
        (LIVE, {}, False),
        ("Football", {"okta": LIVE}, False),
    ],
)
def test_training_is_asked_of_the_group_under_whatever_name(
    name: str, live: dict[str, str], found: bool
) -> None:
    settings = read_settings({"catalogue": "c", "environment": "prod", "asOf": "2026-11-24"})
    wanted = [rule for rule in rules() if rule.id == "training-before-ephi"]
    assert wanted
    config = PackConfig(settings=settings, catalogue=catalogue(**live))
    report = evaluate(untrained(name), config, wanted)
    assert bool(report.blocking) is found
