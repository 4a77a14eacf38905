"""Every policy document of a deployment, found wherever it stands in a resource's inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

KINDS = {
    "aws:kms/key:Key": "key",
    "aws:kms/replicaKey:ReplicaKey": "key",
    "aws:s3/bucketPolicy:BucketPolicy": "bucket",
    "aws:iam/rolePolicy:RolePolicy": "role",
    "aws:iam/policy:Policy": "boundary",
    "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "set",
    "aws:iam/role:Role": "trust",
    "aws:organizations/policy:Policy": "control",
    "aws:backup/vaultPolicy:VaultPolicy": "vault",
}
"""Every other kind is a policy of a resource (queue, topic, bus, log group, SFTP session ...)."""


@dataclass(frozen=True)
class Document:
    """One document: `kind:name`, e.g. `key:key-logs`, its text, and the account that holds it."""

    label: str
    text: str
    account: str

    @property
    def kind(self) -> str:
        return self.label.split(":", 1)[0]

    def statements(self) -> list[dict[str, Any]]:
        return json.loads(self.text)["Statement"]

    def without(self, index: int) -> str:
        """Its text without one statement."""
        content = json.loads(self.text)
        del content["Statement"][index]
        return json.dumps(content)


def documents(resources: list[dict[str, Any]]) -> dict[str, Document]:
    """Every document of the AWS resources, by label."""
    accounts = {
        item["urn"]: (item["inputs"].get("allowedAccountIds") or [""])
        for item in resources
        if item["type"].startswith("pulumi:providers:aws")
    }
    found: dict[str, Document] = {}
    for item in resources:
        if not item["type"].startswith("aws:"):
            continue
        held = accounts.get(item.get("provider", "").rsplit("::", 1)[0], "")
        account = json.loads(held)[0] if isinstance(held, str) and held else held[0] if held else ""
        for text in _texts(item.get("inputs", {})):
            label = f"{KINDS.get(item['type'], 'resource')}:{item['urn'].rsplit('::', 1)[1]}"
            assert label not in found, label
            found[label] = Document(label, text, account)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str) and '"Statement"' in value:
        yield value
