"""What the page holds, without a browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from billing_identity.review import previewing
from billing_identity.review.report import findings, metrics, separation, timeline
from billing_identity.review.report.against import changes_against
from billing_identity.review.report.page import render
from billing_identity.review.schedule import certifications, due
from billing_identity.roles.calendar import starts
from billing_identity.roles.citations.registry import registry
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Cadence

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'\x1b[31m\u202e{{ 7*7 }}"


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def catalogue(outcome: previewing.Outcome) -> Catalogue:
    assert outcome.catalogue is not None
    return outcome.catalogue


def test_same_input_gives_same_bytes(outcome: previewing.Outcome, catalogue: Catalogue) -> None:
    once, again = (
        render(catalogue, outcome.problems, outcome.report, as_of=DAY, environment="prod") for _ in range(2)
    )
    assert once == again


def test_nothing_comes_from_outside(html: str) -> None:
    tags = Tags(html).found
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "object", "embed", "base")]
    assert not [attrs for _, attrs in tags if "src" in attrs or "style" in attrs]
    assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
    assert {str(attrs["href"])[0] for tag, attrs in tags if tag == "a"} == {"#"}


def test_the_policy_allows_exactly_this_style_and_script(html: str) -> None:
    policy = next(attrs for tag, attrs in Tags(html).found if attrs.get("http-equiv"))["content"] or ""
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    for tag in ("style", "script"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_live_metrics_read_not_measured_until_a_scan_supplies_them(html: str) -> None:
    assert html.count('<dd class="value">not measured</dd>') == 3
    values = [item.value for item in metrics.live(metrics.Live(mfa_coverage_percent=0.0))]
    assert values == ["0 %", "not measured", "not measured"]


def test_declared_metrics_are_those_of_the_catalogue(catalogue: Catalogue) -> None:
    values = {item.title: item.value for item in metrics.declared(catalogue, DAY, "prod", ())}
    assert values["Open exceptions"] == "4"
    later = {item.title: item.value for item in metrics.declared(catalogue, date(2030, 1, 1), "prod", ())}
    assert later["Open exceptions"] == "0"


def test_every_citation_has_a_state_and_blocking_comes_first(outcome: previewing.Outcome) -> None:
    found = findings.all_findings(outcome.problems, outcome.report)
    rows = findings.by_citation(found, outcome.report)
    order = [findings.ORDER.index(row.state) for row in rows]
    assert order == sorted(order)
    states = {row.id: row.state for row in rows}
    assert len(states) == len(registry())
    assert states["164.312(d)"] == "lifted"
    for row in rows:
        assert (row.state in ("clear", "uncovered")) == (not row.found)
        assert not (row.state == "uncovered" and row.answered_by)
    blocked = dataclasses.replace(found[0], state="blocked", citations=("164.310(b)",))
    assert findings.by_citation((blocked,), None)[0].id == "164.310(b)"


def test_separation_matrix_shows_sides_and_requests(catalogue: Catalogue) -> None:
    rules = {rule["id"]: rule["cells"] for rule in separation.separation(catalogue, DAY)["rules"]}  # type: ignore[union-attr,index]
    assert rules["adjustments-and-refunds"]["RCM-POSTER"] == "L"
    assert rules["adjustments-and-refunds"]["RCM-REFUND"] == "R"
    assert not [code for cells in rules.values() for code, mark in cells.items() if mark == "C"]


def test_a_conflict_is_shown_as_one(catalogue: Catalogue) -> None:
    poster, approver = catalogue.roles["payment-poster"], catalogue.roles["refund-approver"]
    both = poster.model_copy(update={"grants": (*poster.grants, *approver.grants)})
    spoilt = dataclasses.replace(catalogue, roles={**catalogue.roles, "payment-poster": both})
    rules = {rule["id"]: rule["cells"] for rule in separation.separation(spoilt, DAY)["rules"]}  # type: ignore[union-attr,index]
    assert rules["adjustments-and-refunds"]["RCM-POSTER"] == "C"


def test_time_line_says_what_has_ended(catalogue: Catalogue) -> None:
    for day in (DAY, date(2028, 1, 1)):
        for span in timeline.timeline(catalogue, day):
            assert (span.state == "ended") == (span.ends < day)
            assert 0 <= span.start <= 1000 and span.width > 0
    kinds = {span.kind for span in timeline.timeline(catalogue, DAY)}
    assert {"Exception", "Agreement", "Assessment", "Report", "Credential"} <= kinds


def test_reviews_due_are_those_of_the_calendar(catalogue: Catalogue) -> None:
    assert starts(Cadence.QUARTERLY, 2027) == tuple(date(2027, month, 1) for month in (1, 4, 7, 10))
    assert {day for day, _ in due(catalogue, DAY)} == {date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)}
    assert all(item.reviewer in catalogue.roles for item in certifications(catalogue))
    assert all(item.subject != f"role:{item.reviewer}" for item in certifications(catalogue))


def test_hostile_names_are_inert(outcome: previewing.Outcome, catalogue: Catalogue) -> None:
    role = catalogue.roles["payment-poster"].model_copy(update={"title": HOSTILE, "purpose": HOSTILE})
    spoilt = dataclasses.replace(
        catalogue,
        roles={**catalogue.roles, "payment-poster": role},
        organisation=catalogue.organisation.model_copy(update={"company": HOSTILE}),
    )
    page = render(spoilt, outcome.problems, outcome.report, as_of=DAY, environment="prod")
    assert "<script>alert" not in page and "<img" not in page
    assert "\x1b" not in page and "\u202e" not in page and "{{ 7*7 }}" in page
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert data is not None
    assert "alert(1)" in "".join(item["title"] for item in json.loads(data[1])["roles"])


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "billing_identity.review.cli", "report", "--as-of", "2026-11-24", *arguments],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_what_the_calendar_changes_is_seen_from_the_bases_day(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, catalogue)
    vendor = catalogue / "vendors" / "athenahealth.yaml"
    vendor.write_text(re.sub(r"expires: \d{4}-\d\d-\d\d", "expires: 2026-12-01", vendor.read_text(), count=1))

    def lost(base: date) -> list[str]:
        days = (base, date(2027, 2, 1))
        section = changes_against(
            str(catalogue), root=ROOT, catalogue=catalogue, days=days, environment="prod"
        )
        return [change.text for change in section.rows if "loses athenaOne" in change.text]

    assert lost(date(2026, 11, 24))
    assert not lost(date(2027, 2, 1))


def test_the_command_writes_the_page_and_what_changed(outcome: previewing.Outcome, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    done = run("--out", str(out), "--base", str(ROOT / "roles" / "catalogue"))
    assert done.returncode == outcome.exit_code, done.stderr
    text = out.read_text(encoding="utf-8")
    assert "What changed against" in text and "No access changes." in text


@pytest.mark.parametrize(
    "arguments",
    [("--catalogue", "no/such/folder"), ("--base", "no-such-revision")],
    ids=["catalogue", "base"],
)
def test_bad_input_writes_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    out = tmp_path / "report.html"
    done = run("--out", str(out), *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and done.stderr.strip()
    assert not out.exists()
