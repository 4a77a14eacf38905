"""A sandbox on real ports, and clients of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox_client import Client

from billing_identity.sandbox.server import Sandbox


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def sandbox(state: Path) -> Iterator[Sandbox]:
    with Sandbox(state) as running:
        yield running


@pytest.fixture
def clients(sandbox: Sandbox) -> Iterator[Any]:
    """Makes clients: `clients("aws", region=...)`."""
    made: list[Client] = []

    def make(package: str, **config: Any) -> Client:
        made.append(Client(sandbox.ports[package], config))
        return made[-1]

    yield make
    for client in made:
        client.channel.close()


@pytest.fixture
def okta(clients: Any) -> Client:
    return clients("okta", orgName="acme", baseUrl="okta.com")


@pytest.fixture
def entra(clients: Any) -> Client:
    return clients("azuread", tenantId="11111111-2222-3333-4444-555555555555")


@pytest.fixture
def aws(clients: Any) -> Client:
    return clients("aws", region="us-east-1", allowedAccountIds='["111111111111"]')


@pytest.fixture
def data_account(clients: Any) -> Client:
    return clients("aws", region="us-east-1", allowedAccountIds='["222222222222"]')
