"""A deployment in a fresh emulator; the modules `make_*` say by which calls each type is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import make_exchange
import make_identity
import make_messages
import make_monitoring
import make_stores
from making import Emulator, Making

MAKE: Making = {
    **make_stores.MAKE,
    **make_identity.MAKE,
    **make_messages.MAKE,
    **make_exchange.MAKE,
    **make_monitoring.MAKE,
}


def accounts(resources: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Each AWS resource with its account and its provider's Region."""
    providers = {
        item["urn"]: item["inputs"] for item in resources if item["type"].startswith("pulumi:providers:aws")
    }
    for item in resources:
        if item["type"].startswith("aws:"):
            provider = providers[item["provider"].rsplit("::", 1)[0]]
            yield item, json.loads(provider["allowedAccountIds"])[0], provider["region"]


def build(endpoint: str, resources: list[dict[str, Any]], management: str) -> Emulator:
    """Everything of a deployment in a fresh emulator, in the deployment's order, over an organisation."""
    emulator = Emulator(endpoint, MAKE)
    client = emulator.client("organizations", management, "us-east-1")
    client.create_organization(FeatureSet="ALL")
    root = client.list_roots()["Roots"][0]["Id"]
    client.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    client.enable_policy_type(RootId=root, PolicyType="RESOURCE_CONTROL_POLICY")
    everything = list(accounts(resources))
    for account in sorted({account for _, account, _ in everything} - {management}):
        made = client.create_account(Email=f"{account}@example.com", AccountName=account)
        emulator.ids[f"account {account}"] = made["CreateAccountStatus"]["AccountId"]
    for resource, account, region in everything:
        emulator.make(resource, account, region)
    return emulator
