"""docs/aws-monitoring.md names only what is there."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import Any

from monitoring_program import ROOT, company

from billing_identity.stacks.bind.aws.log_tables import tables
from billing_identity.stacks.bind.aws.saved_queries import QUERIES

ELSEWHERE = {
    *("exports-in-bulk", "review", "retention.logs_days", "billing-identity report", "logging", "detection"),
    *("identity", "billing-identity check-state"),
}
"""Risk tag, fields, commands, layers and a log group that the page names too."""


def test_every_name_on_the_page_is_declared(monitored: Any) -> None:
    page = (ROOT / "docs" / "aws-monitoring.md").read_text()
    rows = [line for line in page.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == 23
    names = {name for _, name in monitored}
    known = {*QUERIES, *tables(company()[2])}
    for row in rows:
        for word in re.findall(r"`([^`]+)`", row):
            declared = any(fnmatchcase(name, word) for name in names)
            assert declared or word in known or word in ELSEWHERE, (row[:20], word)


def test_every_saved_query_and_alert_is_on_the_page() -> None:
    page = (ROOT / "docs" / "aws-monitoring.md").read_text()
    alerts = {f"alert-{alert}" for alert in company()[0].access_policy.alerts}
    assert not [name for name in {*QUERIES, *alerts} if f"`{name}`" not in page]
