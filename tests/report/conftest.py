"""The reference organisation's report, and a browser to open it in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from billing_identity.review import previewing
from billing_identity.review.report.changes import Change, ChangeSection
from billing_identity.review.report.page import render
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.base import EntitlementRef
from billing_identity.roles.model.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 24)
CHROMIUM = Path("/usr/bin/chromium")
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
        outcome.catalogue, outcome.problems, outcome.report, as_of=DAY, environment="prod", changes=CHANGES
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


class Watched:
    """A page with everything that it says and asks for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.said: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, path: Path) -> Page:
        self.page.goto(path.as_uri())
        return self.page


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield Watched(context.new_page())
    context.close()


def large(roles: int, systems: int) -> Catalogue:
    """The reference organisation multiplied: so many roles, so many systems, ten systems a role."""
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    system, client = catalogue.systems["athenaone"], next(iter(catalogue.clients.values()))
    many = {
        f"system-{n:03}": system.model_copy(update={"id": f"system-{n:03}", "title": f"System {n:03}"})
        for n in range(systems)
    }
    base = catalogue.roles["payment-poster"]
    grant = base.grants[0]
    held = {
        f"role-{n:03}": base.model_copy(
            update={
                "id": f"role-{n:03}",
                "title": f"Role {n:03}",
                "inherits": (),
                "grants": tuple(
                    grant.model_copy(
                        update={
                            "entitlement": EntitlementRef(f"system-{(n * 7 + k * 13) % systems:03}/coding")
                        }
                    )
                    for k in range(10)
                ),
            }
        )
        for n in range(roles)
    }
    clients = {
        f"client-{n}": client.model_copy(update={"id": f"client-{n}", "systems": tuple(list(many)[n::20])})
        for n in range(20)
    }
    kept = {name: catalogue.roles[name] for name in catalogue.roles if name not in held}
    owners = {name: role.model_copy(update={"abstract": True, "grants": ()}) for name, role in kept.items()}
    return dataclasses.replace(
        catalogue, roles={**held, **owners}, systems=many, clients=clients, exceptions={}
    )
