"""The page in a browser: search, filter, keyboard, print; no console message, request or axe violation."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from report_bench import DAY, Watched, large

from billing_identity.review.report.page import render


@pytest.fixture
def page(watched: Watched, report_file: Path) -> Page:
    return watched.open(report_file)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_violation(browser: Browser, report_file: Path, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(report_file.as_uri())
    page.locator("details summary").click()
    page.locator("#q").fill("post")
    results = Axe().run(page)
    context.close()
    assert results.violations_count == 0, results.generate_report()


def test_no_console_message_and_no_request(watched: Watched, report_file: Path) -> None:
    page = watched.open(report_file)
    page.locator("#q").fill("waystar")
    page.keyboard.press("Enter")
    page.locator("#theme").click()
    page.wait_for_timeout(200)
    assert watched.said == []
    assert watched.asked == [report_file.as_uri()]


def test_search_leads_to_what_was_found(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("payment post")
    expect(page.locator("#hits [role=option]").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".node.focus")).to_have_attribute("aria-label", "Payment Poster")
    expect(page.locator("#hits")).to_be_hidden()
    page.locator("#q").fill("nothing like this")
    expect(page.locator("#hits")).to_contain_text("Nothing found")
    page.keyboard.press("Escape")
    expect(page.locator("#hits")).to_be_hidden()


def test_filters_of_the_matrix(page: Page) -> None:
    before = page.locator("#f-count").inner_text()
    page.locator("#f-role").fill("payment")
    expect(page.locator("#f-count")).to_have_text("1 roles, 26 systems")
    expect(page.locator("#matrix [role=rowheader]")).to_have_text(["Payment Poster"])
    page.locator("#matrix-filters button").click()
    expect(page.locator("#f-count")).to_have_text(before)
    page.locator("#f-ephi").check()
    assert page.locator("#matrix b.plainc").count() == 0
    assert page.locator("#matrix b.ephi").count() > 0


def test_the_matrix_by_keyboard(page: Page) -> None:
    page.locator("#f-role").fill("payment")
    page.locator("#f-system").fill("athena")
    page.locator("#matrix-filters button").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#matrix [role=gridcell]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#matrix-detail")).to_contain_text("athenaone/payment-posting")
    page.locator("#f-role").fill("")
    page.locator("#f-system").fill("")
    page.locator("#matrix [role=gridcell][tabindex='0']").focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowUp")
    cell = page.locator("#matrix [role=gridcell]:focus")
    assert (cell.get_attribute("data-r"), cell.get_attribute("data-c")) == ("30", "25")
    assert page.locator("#matrix [role=gridcell][tabindex='0']").count() == 1


def test_the_graph_by_keyboard(page: Page) -> None:
    page.locator("#g-node").select_option(label="Waystar")
    expect(page.locator(".node.focus")).to_have_attribute("aria-label", "Waystar")
    node = page.locator(".node[aria-label='Payment Poster']").last
    node.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".node.focus")).to_be_focused()
    expect(page.locator("#g-note")).to_contain_text("around Payment Poster")


def test_duties_by_keyboard(page: Page) -> None:
    page.locator("#sod [role=gridcell][tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#sod-detail")).to_contain_text("RCM-CHARGE")


def test_tables_are_filtered_by_text_and_state(page: Page) -> None:
    rows = page.locator("#t-cited tbody tr:visible")
    page.locator("[data-filter=t-cited]").fill("164.312(d)")
    page.locator("select[data-state=t-cited]").select_option("lifted")
    assert rows.count() >= 1 and {row.get_attribute("data-state") for row in rows.all()} == {"lifted"}
    page.locator("[data-filter=t-cited]").fill("no such paragraph")
    expect(rows).to_have_count(0)


def test_theme_can_be_chosen(page: Page) -> None:
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_never_scrolls_sideways(browser: Browser, report_file: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(report_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_print_holds_everything(page: Page) -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("nav").is_hidden() and page.locator("#matrix").is_hidden()
    assert page.locator("table.paper.matrix").is_visible()
    assert page.locator(".rolecard").first.is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_four_hundred_roles_and_three_hundred_systems(watched: Watched, tmp_path: Path) -> None:
    catalogue = large(400, 300)
    start = time.perf_counter()
    path = tmp_path / "large.html"
    path.write_text(render(catalogue, (), None, as_of=DAY, environment="prod"), encoding="utf-8")
    made = time.perf_counter() - start
    page = watched.open(path)
    expect(page.locator("#f-count")).to_have_text("400 roles, 300 systems")
    drawn = page.evaluate(
        """() => { const b = document.getElementById('matrix'), t = []; return new Promise((done) => {
        let n = 0; const step = () => { const s = performance.now();
        b.scrollTop = n * 180; b.scrollLeft = n * 150;
        requestAnimationFrame(() => requestAnimationFrame(() => { t.push(performance.now() - s);
        ++n < 40 ? step() : done(t.sort((x, y) => x - y)); })); }; step(); }); }"""
    )
    assert page.locator("#matrix [role=gridcell]").count() < 1500, "only what is in view is drawn"
    start = time.perf_counter()
    page.locator("#q").fill("role 399")
    page.keyboard.press("Enter")
    expect(page.locator(".node.focus")).to_have_attribute("aria-label", "Role 399")
    found = time.perf_counter() - start
    size = path.stat().st_size / 1e6
    print(f"made {made:.2f} s, {size:.1f} MB; scrolling, median of two frames {drawn[20]:.0f} ms")
    assert made < 20 and found < 5
    assert drawn[20] < 150, f"median of two frames while scrolling: {drawn[20]:.0f} ms"
    assert watched.said == []
