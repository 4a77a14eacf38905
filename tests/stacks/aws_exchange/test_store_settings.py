"""Bad settings of Regions, exchange and backups: each is found at its line before anything is registered."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).parents[3]
FILE = "stacks/config/settings.prod.yaml"
GOOD = (ROOT / FILE).read_text()

BAD = [
    (
        "security_policy: TransferSecurityPolicy-FIPS-2025-03",
        "security_policy: TransferSecurityPolicy-2018-11",
        "security_policy",
    ),
    ("security_policy: TransferSecurityPolicy-FIPS-2025-03", "security_policy: FIPS", "FIPS-2025-03"),
    ("replica_region: us-west-2", "replica_region: us-east-1", "the replica Region is the Region itself"),
    (
        "replica_region: us-west-2",
        "replica_region: eu-west-2",
        "`eu-west-2` is not in the allowed countries US",
    ),
    (
        "replica_region: us-west-2",
        "replica_region: us-east-9",
        "`us-east-9` is not in the allowed countries US",
    ),
    ("replica_region: us-west-2", "replica_region: us-gov-west-1", "different partitions"),
    ("replica_region: us-west-2", "replica_region: mars", "replica_region"),
    (", subnet-0c1d2e3f405162738]", "]", "2 addresses for 1 subnets"),
    ("[arn:aws:iam::100000000004:role/client-portal]", "[arn:aws:iam::9:role/x]", "upload_signers"),
    ("100000000004:role/client-portal", "100000000009:role/client-portal", "not a role of the data account"),
    ('account: "100000000006"', 'account: "100000000004"', "is the data account"),
    ('account: "100000000006"', 'account: "6"', "account"),
    ('account: "100000000006"', 'account: "100000000006", schedule: daily', "schedule"),
    ('account: "100000000006"', 'account: "100000000006", vault_lock: soft', "vault_lock"),
]


@pytest.mark.parametrize(("old", "new", "says"), BAD, ids=[new for _, new, _ in BAD])
def test_each_fault_is_found_at_its_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert GOOD.count(old) == 1, old
    text = GOOD.replace(old, new)
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(text)
    settings, problems = load_settings(tmp_path, "prod")
    assert settings is None
    line = GOOD[: GOOD.index(old)].count("\n") + 1
    near = [problem for problem in problems if abs(problem.location.line - line) <= 1]
    assert near, [str(problem.location) for problem in problems]
    assert all(problem.location.file == FILE for problem in problems)
    assert any(says in f"{problem.message} {problem.remedy}" for problem in near), problems


def test_a_country_more_is_a_region_more(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    text = GOOD.replace(
        "replica_region: us-west-2", "replica_region: ca-central-1\n  allowed_countries: [US, CA]"
    )
    (tmp_path / FILE).write_text(text)
    settings, problems = load_settings(tmp_path, "prod")
    assert not problems
    assert settings is not None
