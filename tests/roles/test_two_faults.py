"""Two faults at once: each is told as if it were alone, and nothing that is a mere consequence of one."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing_identity.roles.checks import run_checks
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.problems import Problem

DAY = date(2026, 11, 24)
POLICY = "access-policy.yaml"


class Fault(NamedTuple):
    """One change of one file, and what is said of it: the code of each problem."""

    file: str
    old: str
    new: str
    codes: tuple[str, ...]


FAULTS: dict[str, Fault] = {
    "a field misspelt": Fault(
        "roles/payment-poster.yaml", "\nrisk: high", "\nrsik: high", ("schema", "schema")
    ),
    "a field that there is not": Fault(
        "service-accounts/claims-sender.yaml", "\nzone:", "\nclient_secret: none\nzone:", ("schema",)
    ),
    "a value that there is not": Fault("roles/controller.yaml", "\nrisk: high", "\nrisk: huge", ("schema",)),
    "a number for a list": Fault(
        "systems/snowflake.yaml", "\ndata_classes: [", "\ndata_classes: 3 # [", ("schema",)
    ),
    "no YAML": Fault("roles/denial-management.yaml", "\ntitle:", "\n[title:", ("yaml-syntax",)),
    "a system that is no YAML": Fault("systems/athenaone.yaml", "\ntitle:", "\n[title:", ("yaml-syntax",)),
    "an exception that is no YAML": Fault(
        "exceptions/medicare-authenticator-app.yaml", "approver:", "[approver:", ("yaml-syntax",)
    ),
    "an exception misspelt": Fault(
        "exceptions/uhc-authenticator-app.yaml", "\nexpires:", "\nexpries:", ("schema", "schema")
    ),
    "a factor that there is not": Fault(
        POLICY, "factors: [fido2, device-bound, push]", "factors: [fido3, push]", ("schema",)
    ),
    "a ring that there is not": Fault(
        POLICY, "everyone: 2026-09-14", "evryone: 2026-09-14", ("dangling-reference",)
    ),
    "a zone that there is not": Fault(
        "service-accounts/warehouse-loader.yaml",
        "zone: aws-workloads",
        "zone: nowhere",
        ("dangling-reference",),
    ),
    "an entitlement that there is not": Fault(
        "roles/refund-approver.yaml",
        "entitlement: athenaone/",
        "entitlement: athenaone/no-",
        ("dangling-reference",),
    ),
    "a vendor that there is not": Fault(
        "systems/tebra.yaml", "\nvendor: tebra", "\nvendor: terba", ("dangling-reference",)
    ),
    "reviews once a year": Fault(
        POLICY, "high_risk_roles: quarterly", "high_risk_roles: yearly", ("review-cadence",)
    ),
    "text codes for years": Fault(POLICY, 'ends: "2027-04-30"', 'ends: "2099-04-30"', ("sms-fallback",)),
    "an alert that waits": Fault(POLICY, "role used, count: 1", "role used, count: 9", ("alert-at-once",)),
    "a range that nobody comes from": Fault(
        POLICY, "cidrs: [192.0.2.16/28]", "cidrs: [10.0.0.0/8]", ("zones-and-rings",)
    ),
    "unmanaged devices": Fault(
        POLICY,
        "reauthenticate_hours: 8\n    managed_device: true",
        "reauthenticate_hours: 8\n    managed_device: false",
        ("device-assurance",),
    ),
    "a term that is not agreed": Fault(
        "vendors/waystar.yaml", "audit_rights: true", "audit_rights: false", ("baa-terms",)
    ),
    "a person's address": Fault(
        "vendors/okta.yaml", "\nservice: ", "\nservice: jane.doe@meridian.example ", ("no-persons",)
    ),
    "a key that is old": Fault(
        "service-accounts/warehouse-loader.yaml", "\nrotated: 2026", "\nrotated: 2024", ("rotation-overdue",)
    ),
    "a grant twice": Fault(
        "roles/medical-coder.yaml",
        "\nrisk:",
        "\n  - entitlement: athenaone/coding\n    rationale: Again.\n    since: 2024-03-04\nrisk:",
        ("duplicate-grant",),
    ),
    "no organisation": Fault("organisation.yaml", "", "", ("file-missing",)),
}
DEPENDENT = {
    ("a number for a list", "unmanaged devices"),
    ("a system that is no YAML", "unmanaged devices"),
    ("a system that is no YAML", "an entitlement that there is not"),
}
"""The first leaves unknown what the second is about: which systems a tier's devices reach, and a system's
entitlements."""

Told = frozenset[tuple[str, str, str]]


def told(*names: str) -> Told:
    """File, code and message of each problem that blocks, with these faults in the reference organisation."""
    with TemporaryDirectory() as scratch:
        root = Path(scratch) / "c"
        shutil.copytree(REFERENCE, root)
        for name in names:
            fault = FAULTS[name]
            file = root / fault.file
            if not fault.old:
                file.unlink()
                continue
            text = file.read_text(encoding="utf-8")
            assert fault.old in text, name
            file.write_text(text.replace(fault.old, fault.new, 1), encoding="utf-8")
        loaded = load(root)
        assert loaded.known is not None
        problems: list[Problem] = [*loaded.problems, *run_checks(loaded.known, DAY)]
        return frozenset((item.location.file, item.code, item.message) for item in problems if item.blocks)


alone = cache(told)


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_told_and_nothing_else(name: str) -> None:
    fault = FAULTS[name]
    assert sorted((file, code) for file, code, _ in alone(name)) == [
        (fault.file, code) for code in fault.codes
    ]


@settings(max_examples=12)
@given(st.sampled_from(sorted(combinations(FAULTS, 2))))
def test_two_faults_are_told_together_and_nothing_else(pair: tuple[str, str]) -> None:
    first, second = pair
    expected = alone(first) if pair in DEPENDENT else alone(first) | alone(second)
    assert told(first, second) == expected
