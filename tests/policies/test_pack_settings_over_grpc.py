"""Settings, parameters and exceptions as the engine sends them: what they weaken is told in every run."""

from datetime import date, timedelta

import pytest
from pack_client import Pack
from pulumi.runtime import proto

from billing_identity.policies.framework.record import ResourceRecord

KEY = "aws:kms/key:Key"
STACK = "pulumi:pulumi:Stack"
ROTATION = "aws-kms-rotation"
STILL = {"enableKeyRotation": False, "policy": "{}"}
TODAY = date.today()
"""The running pack has the clock's day, so the exceptions here are dated by it."""


@pytest.fixture(scope="module")
def pack():
    running = Pack()
    yield running
    running.close()


def _exception(*, approved=-30, expires=30, name="claims", **changes):
    subject = f"urn:pulumi:prod::test::{KEY}::{name}"
    return {
        "id": "by-hand",
        "lifts": {"rule": ROTATION, "subject": subject, "environments": ["prod"]},
        "reason": "The vendor rotates it by hand.",
        "compensating_control": "Each rotation is recorded.",
        "approver": "security-officer",
        "approved": str(TODAY + timedelta(approved)),
        "expires": str(TODAY + timedelta(expires)),
        "ticket": "SEC-101",
        **changes,
    }


def _rotation(pack):
    """The level at which the rule reports a key that is not rotated."""
    found = pack.analyze(KEY, STILL, "claims").diagnostics
    (item,) = [item for item in found if item.policyName == ROTATION]
    return item.enforcementLevel


def _notes(pack):
    return "\n".join(item.message for item in pack.analyze(STACK, {}, "test-prod").diagnostics)


@pytest.mark.parametrize("preview", [True, False], ids=["preview", "update"])
def test_no_day_brings_an_expired_exception_back(pack, preview):
    long_ago = str(TODAY - timedelta(60))
    expired = _exception(approved=-90, expires=-1)
    pack.configure({"environment": "prod", "exceptions": [expired], "asOf": long_ago})
    pack.begin(preview)
    assert _rotation(pack) == proto.MANDATORY
    notes = _notes(pack)
    assert "exception by-hand for aws-kms-rotation" in notes
    assert "lifts nothing" in notes
    told = "dates are judged by" if preview else "is not used: an update is judged by"
    assert told in notes
    pack.begin(True)


def test_an_exception_in_force_lifts_and_is_told(pack):
    pack.configure({"environment": "prod", "exceptions": [_exception()]})
    assert _rotation(pack) == proto.ADVISORY
    assert f"holds until {TODAY + timedelta(30)}" in _notes(pack)
    (item,) = pack.analyze_stack([]).diagnostics
    assert item.enforcementLevel == proto.ADVISORY
    assert "exception by-hand lifts something on 1 resource: claims" in item.message


def test_an_exception_for_a_resource_that_is_not_there_blocks_at_the_end(pack):
    resource = ResourceRecord(f"urn:pulumi:prod::test::{KEY}::claims", KEY, "claims", {})
    for name, blocks in (("claims", False), ("claim", True)):
        pack.configure({"environment": "prod", "exceptions": [_exception(name=name)]})
        found = pack.analyze_stack([resource]).diagnostics
        told = [item for item in found if item.policyName == "pack-settings"]
        assert [item.enforcementLevel for item in told] == [proto.MANDATORY] * blocks
        assert all("exception `by-hand` is for" in item.message for item in told)


def test_settings_and_parameters_that_weaken_are_told_in_every_run(pack):
    settings = {"environment": "prod", "preproduction": ["qa"], "breakGlassGroups": {"entra": ["g-1"]}}
    parameters = {"aws-log-retention-six-years": {"minimumDays": 1}}
    pack.configure(settings, parameters=parameters)
    notes = _notes(pack)
    assert "aws-log-retention-six-years: `minimumDays` lowered from 2192 to 1" in notes
    assert "counted as preproduction: qa" in notes
    assert "declared break-glass groups in Entra: g-1" in notes


def test_every_kind_of_fault_is_told_at_once(pack):
    settings = {
        "catalogue": "no/such",
        "preproduction": ["prod"],
        "exceptions": [_exception(expires=400), _exception(lifts={**_exception()["lifts"], "rule": "none"})],
    }
    parameters = {ROTATION: {"maximumDays": 100.5}, "no-such-rule": {"x": 1}, "all": {"x": 1}}
    told = pack.refused(settings=settings, parameters=parameters)
    for part in (
        "catalogue `no/such` can't be used",
        "`pack-settings.preproduction`: `prod` is production",
        "longer than a year",
        "which is no rule of this pack",
        "has the id of another",
        "`maximumDays` must be a whole number from 90 to 2560",
        "`no-such-rule` is no rule of this pack",
        "`all` takes a level alone",
    ):
        assert part in told
    assert "Error" not in told
