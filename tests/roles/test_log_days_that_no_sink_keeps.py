"""A retention that CloudWatch Logs can't express is found in the catalogue, at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

from billing_identity.components.aws.checks import LOG_RETENTION_DAYS
from billing_identity.roles.loader import REFERENCE, load


def _loaded(folder: Path, days: int):
    copy = folder / str(days)
    shutil.copytree(REFERENCE, copy)
    policy = copy / "access-policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "logs_days: 2192" in text
    policy.write_text(text.replace("logs_days: 2192", f"logs_days: {days}"), encoding="utf-8")
    return load(copy)


def test_the_longest_is_what_the_sink_keeps(tmp_path: Path) -> None:
    longest = max(LOG_RETENTION_DAYS)
    assert _loaded(tmp_path, longest).catalogue is not None
    (problem,) = _loaded(tmp_path, longest + 1).problems
    assert "retention.logs_days" in problem.message
    assert problem.location.line is not None
