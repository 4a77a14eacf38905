"""What the report's tests share: a page with all that it says and asks for, and a large catalogue."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from playwright.sync_api import Page

from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.base import EntitlementRef
from billing_identity.roles.model.catalogue import Catalogue

DAY = date(2026, 11, 24)


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
