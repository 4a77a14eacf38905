"""Offline answers of the data sources that the program uses: what a directory would say once it is filled."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, cast

_SPACE = uuid.UUID("5b1e8f0a-7c54-5c0e-9f0b-6a0f4d0c2b11")  # arbitrary constant, for stable ids


def identity_store_group(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """A group of IAM Identity Center's store by its display name: a stable made-up id."""
    wanted = cast("Mapping[str, Any]", arguments.get("alternateIdentifier") or {})
    attribute = cast("Mapping[str, Any]", wanted.get("uniqueAttribute") or {})
    store, name = str(arguments.get("identityStoreId", "")), str(attribute.get("attributeValue", ""))
    group = str(arguments.get("groupId") or uuid.uuid5(_SPACE, f"{store}/{name}"))
    return {"id": group, "groupId": group, "displayName": name, "identityStoreId": store}


LOOKUPS: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "aws:identitystore/getGroup:getGroup": identity_store_group
}
"""Answers by token, for `run_program(invokes=...)`."""
