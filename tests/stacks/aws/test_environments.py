"""Which environments are production, and that two of them share nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from billing_identity.review.pack_settings import pack_settings
from billing_identity.roles.problems import Problem
from billing_identity.stacks.bind.aws.accounts import lock_mode
from billing_identity.stacks.bind.aws.backup import vault_lock
from billing_identity.stacks.settings import Settings, load_settings

CONFIG = Path(__file__).parents[3] / "stacks" / "config"


def read(
    folder: Path, environment: str, others: tuple[str, ...] = (), **changes: Any
) -> tuple[Settings | None, tuple[Problem, ...]]:
    place = folder / "stacks" / "config"
    place.mkdir(parents=True)
    content = {**yaml.safe_load((CONFIG / "settings.prod.yaml").read_text(encoding="utf-8")), **changes}
    (place / f"settings.{environment}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    for other in others:
        shutil.copy(CONFIG / "settings.prod.yaml", place / f"settings.{other}.yaml")
    return load_settings(folder, environment)


@pytest.mark.parametrize(
    ("environment", "said", "production"),
    [
        ("prod", {}, True),
        ("live", {}, True),
        ("prd", {}, True),
        ("staging", {}, False),
        ("prodtest", {"production": False}, False),
        ("prod-eu", {"production": True}, True),
        ("staging", {"production": True}, True),
    ],
)
def test_program_and_pack_mean_the_same_by_production(
    tmp_path: Path, environment: str, said: dict[str, Any], production: bool
) -> None:
    settings, problems = read(tmp_path, environment, **said)
    assert not problems
    assert settings is not None
    assert settings.is_production is production
    assert lock_mode(settings) == ("COMPLIANCE" if production else "GOVERNANCE")
    assert vault_lock(settings) == ("compliance" if production else "governance")
    assert pack_settings(settings).production is production


@pytest.mark.parametrize(
    ("environment", "said", "message"),
    [
        ("prodtest", {}, "`prodtest` does not say whether it is production"),
        ("qa", {}, "`qa` does not say whether it is production"),
        ("prod", {"production": False}, "`prod` is production by its name"),
    ],
)
def test_nobody_guesses_whether_locks_are_final(
    tmp_path: Path, environment: str, said: dict[str, Any], message: str
) -> None:
    settings, problems = read(tmp_path, environment, **said)
    assert settings is None
    assert len(problems) == 1
    assert problems[0].message.startswith(message)


def test_two_environments_share_no_organisation_tenant_or_account(tmp_path: Path) -> None:
    settings, problems = read(tmp_path, "staging", ("prod",))
    assert settings is None
    assert {problem.message.split(" `")[0] for problem in problems} == {
        "Okta organisation",
        "Entra tenant",
        "account",
    }
    assert len(problems) == 8
    assert all("of the environment `prod` too" in problem.message for problem in problems)
    assert all(problem.location.line for problem in problems)
