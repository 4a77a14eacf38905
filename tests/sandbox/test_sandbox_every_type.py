"""Every resource type of the three packages lives, or is refused in the service's words."""

import json
from typing import Any

import pytest
from sandbox_client import Client, Refused

from billing_identity.sandbox.schema.extract import registry
from billing_identity.sandbox.schema.generate import AWS_MODULES, DATA
from billing_identity.sandbox.schema.load import ResourceType, resource_type

TOKENS = {
    "okta": sorted(registry("okta")),
    "azuread": sorted(registry("azuread")),
    "aws": sorted(
        t for m in AWS_MODULES for t in json.loads((DATA / f"aws-{m}.json").read_text())["resources"]
    ),
}
DUMMIES: dict[str, Any] = {"s": "sandbox-x", "b": True, "i": 30, "n": 30, "?": "x"}


def dummy(schema: ResourceType, kind: str) -> Any:
    if kind[0] == "[":
        return [dummy(schema, kind[1:])]
    if kind[0] == "{":
        return {"k": dummy(schema, kind[1:])}
    if kind[0] == "&":
        nested = schema.objects[kind[1:]]
        return {name: dummy(schema, nested.inputs[name]) for name in nested.required}
    return DUMMIES[kind]


def life(client: Client, token: str) -> str:
    """Make, read and delete one object of a type; "" or the refusal."""
    schema = resource_type(token)
    assert schema is not None
    inputs = {name: dummy(schema, schema.inputs[name]) for name in schema.required}
    checked, failures = client.check(token, inputs)
    if failures:
        return failures[0][1]
    made = client.create(token, **inputs)
    assert made["id"]
    assert client.read(token, made["id"], made, checked) == (made, checked), token
    client.update(token, made, **inputs)
    client.delete(token, made)
    return ""


@pytest.mark.parametrize("package", ["okta", "azuread", "aws"])
def test_every_type_lives(package: str, okta: Any, entra: Any, aws: Any) -> None:
    client = {"okta": okta, "azuread": entra, "aws": aws}[package]
    refusals: dict[str, str] = {}
    for token in TOKENS[package]:
        try:
            refusals[token] = life(client, token)
        except Refused as refusal:
            refusals[token] = str(refusal)
    assert [t for t, said in refusals.items() if "fault of the sandbox" in said] == []
    made = [t for t, said in refusals.items() if not said]
    assert len(made) > len(refusals) // 3, refusals
