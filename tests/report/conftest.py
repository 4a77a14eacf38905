"""The reference organisation's report, and a browser to open it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from installed_browser import CHROMIUM
from playwright.sync_api import Browser, sync_playwright
from report_bench import DAY, Watched

from billing_identity.review import previewing
from billing_identity.review.report.changes import Change, ChangeSection
from billing_identity.review.report.page import render

ROOT = Path(__file__).resolve().parents[2]
CHANGES = ChangeSection("main", (Change("gained", "access", "Payment Poster gains <b>refunds</b>"),))


@pytest.fixture(scope="session")
def outcome() -> previewing.Outcome:
    found = previewing.run(previewing.Request(root=ROOT, stacks=["all-prod"], as_of=DAY))
    assert found.catalogue is not None and found.report is not None
    return found


@pytest.fixture(scope="session")
def html(outcome: previewing.Outcome) -> str:
    assert outcome.catalogue is not None
    return render(
        outcome.catalogue,
        outcome.problems,
        outcome.report,
        as_of=DAY,
        environment="prod",
        preview=outcome.preview,
        changes=CHANGES,
    )


@pytest.fixture(scope="session")
def report_file(html: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Watched(context.new_page())
    context.close()
