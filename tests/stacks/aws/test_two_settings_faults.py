"""Two faults of the settings at once: each is told as if it were alone, and no mere consequence of one."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from billing_identity.stacks.mailboxes import public_service
from billing_identity.stacks.settings import load_settings, settings_file

ROOT = Path(__file__).parents[3]
FILE = settings_file("prod")
REFERENCE = (ROOT / FILE).read_text(encoding="utf-8")

FAULTS: dict[str, tuple[str, str]] = {
    "a security policy that there is not": ("TransferSecurityPolicy-FIPS-2025-03", "nonsense"),
    "a field that there is not": ("  org_name:", "  orgname: meridian\n  org_name:"),
    "a mailbox that anybody may have": ("security-alerts@meridian-revenue.example", "jane.doe@gmail.com"),
    "a field of Entra left out": ("  federated_domain: meridian-revenue.example\n", ""),
    "a subject list that is none": ("preview_subjects: [", "preview_subjects: no # ["),
    "an account of three digits": ('logs: "100000000003"', 'logs: "103"'),
    "copies in the data account": ('backup: { account: "100000000006"', 'backup: { account: "100000000004"'),
    "a Region of another partition": ("replica_region: us-west-2", "replica_region: us-gov-west-1"),
    "everyone's group for administrators": (
        "administrators_group: 00gADMINISTRATORS0x7",
        "administrators_group: 00gEVERYONE0000000x7",
    ),
    "a role for two duties": ("  region: us-east-1\n", "  region: us-east-1\n  deploy_role: kms-custodian\n"),
    "a branch that deploys": ('identity:environment:prod"', 'identity:ref:refs/heads/main"'),
    "a signer of another account": (
        "arn:aws:iam::100000000004:role/client-portal",
        "arn:aws:iam::100000000003:role/x",
    ),
}
DEPENDENT = ("an account of three digits", "copies in the data account")
"""Which accounts are ours is not known while one of them is not."""


@cache
def told(*names: str) -> frozenset[tuple[str, str]]:
    """Path of the text and message of each problem, with these faults in the reference settings."""
    text = REFERENCE
    for name in names:
        old, new = FAULTS[name]
        assert text.count(old) == 1, name
        text = text.replace(old, new)
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / FILE
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
        settings, problems = load_settings(Path(scratch), "prod")
    assert (settings is None) == bool(problems)
    lines = text.splitlines()
    return frozenset((lines[item.location.line - 1].strip(), item.message) for item in problems)


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("jane.doe@gmail.com", True),
        ("security@outlook.de", True),
        ("it@yahoo.co.uk", True),
        ("pager@proton.me", True),
        ("alerts@outlook.meridian-revenue.example", False),
        ("alerts@mygmail.com", False),
        ("alerts@meridian-revenue.example", False),
    ],
)
def test_a_mailbox_at_a_public_service_is_nobody_s_shared_one(address: str, refused: bool) -> None:
    assert (public_service(address) is not None) == refused


def test_the_reference_has_no_fault() -> None:
    assert told() == frozenset()


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_told_once(name: str) -> None:
    assert len(told(name)) == 1


@pytest.mark.parametrize("pair", [*combinations(FAULTS, 2)], ids=" and ".join)
def test_two_faults_are_told_together_and_nothing_else(pair: tuple[str, str]) -> None:
    first, second = pair
    expected = told(first) if pair == DEPENDENT else told(first) | told(second)
    assert told(first, second) == expected
