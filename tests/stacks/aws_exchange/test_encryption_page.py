"""docs/aws-encryption.md names only what is there, and leaves no key and no store out."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from aws_program import catalogue

from billing_identity.policies.framework.registry import rules
from billing_identity.roles.checks import checks

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "aws-encryption.md").read_text()
LATER = {
    *("security-pages", "siem-notices", "undelivered-events", "log-alert-failed-sign-ins", "okta-bus"),
    *("guards-workforce", "detection-data-us-east-1"),
}
"""Declared by the layers detection and logging outside of these three, under the same key."""
FIELDS = {"minimum_tls", "sftp", "client", "vendor", "Encryption", "Fips140", "prod", "/in", "/out"}


def test_one_row_for_each_sentence_and_every_name_is_there(whole: dict[tuple[str, str], Any]) -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| \d+ \|", line)]
    assert [int(row.split("|")[1]) for row in rows] == list(range(1, 22))
    names = {name for _, name in whole} | LATER
    sids = set(re.findall(r'"Sid":"(\w+)"', " ".join(str(item.inputs) for item in whole.values())))
    known = {check.id for check in checks()} | {rule.id for rule in rules()} | sids | FIELDS
    tables = [line for line in PAGE.splitlines() if line.startswith("| ")]
    for line in tables:
        for word in re.findall(r"`([^`]+)`", line):
            there = (
                word in known
                or any(fnmatchcase(name, word) for name in names)
                or (ROOT / word).exists()
                or (ROOT / "roles" / "catalogue" / word).exists()
                or any(ROOT.glob(f"components/aws/{_file(word)}.py"))
            )
            assert there, (line[:30], word)


def test_every_key_and_every_store_is_on_the_page(whole: dict[tuple[str, str], Any]) -> None:
    for type_, name in whole:
        if type_ == "aws:kms/key:Key":
            assert f"`{name}`" in PAGE, name
        if type_ in ("aws:s3/bucket:Bucket", "aws:backup/vault:Vault"):
            base = name.removesuffix("-replica").removesuffix("-riverbend-hospital").removesuffix("-results")
            assert f"`{base}`" in PAGE, name
    assert all(client.id in PAGE for client in catalogue().clients.values() if client.own_key)


def test_everything_that_takes_a_key_is_on_the_page(whole: dict[tuple[str, str], Any]) -> None:
    named = re.findall(r"`([^`]+)`", PAGE)
    missing = {
        name
        for (type_, name), item in whole.items()
        if type_.startswith("aws:") and _takes_key(item.inputs)
        if not any(fnmatchcase(base, word) for word in named for base in _bases(name))
    }
    assert missing == set()


def _takes_key(value: Any) -> bool:
    if isinstance(value, dict):
        return any(
            "kms" in field.lower() or field == "keyArn" or _takes_key(inner) for field, inner in value.items()
        )
    return isinstance(value, list) and any(_takes_key(inner) for inner in value)


def _bases(name: str) -> set[str]:
    """The name, and what it says without Region, copy and client."""
    base = re.sub(r"-(us|eu)-[a-z]+-\d$", "", name)
    for end in ("-replica", "-riverbend-hospital", "-results"):
        base = base.removesuffix(end)
    return {name, base}


def _file(component: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", component).lower()
