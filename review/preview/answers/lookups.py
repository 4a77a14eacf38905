"""Offline answers of the data sources that the program uses: what a directory would say once it is filled."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from billing_identity.review.preview.record import Preview

_SPACE = uuid.UUID("5b1e8f0a-7c54-5c0e-9f0b-6a0f4d0c2b11")  # arbitrary constant, for stable ids

_GROUPS = (
    "okta:group/group:Group",
    "azuread:index/group:Group",
    "azuread:index/groupWithoutMembers:GroupWithoutMembers",
)


def identity_store_group(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """A group of IAM Identity Center's store by its display name: a stable made-up id."""
    wanted = cast("Mapping[str, Any]", arguments.get("alternateIdentifier") or {})
    attribute = cast("Mapping[str, Any]", wanted.get("uniqueAttribute") or {})
    store, name = str(arguments.get("identityStoreId", "")), str(attribute.get("attributeValue", ""))
    group = str(arguments.get("groupId") or uuid.uuid5(_SPACE, f"{store}/{name}"))
    return {"id": group, "groupId": group, "displayName": name, "identityStoreId": store}


Lookups = Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]
"""Answers by token, for `run_program(invokes=...)`."""

LOOKUPS: Lookups = {"aws:identitystore/getGroup:getGroup": identity_store_group}


def directory_groups(previews: Iterable[Preview], others: Mapping[str, str] | None = None) -> Lookups:
    """Answers for a group by its id: the directories hold the groups that these previews declare, and the
    `others`, {id: name}.

    A group that is not there has no name.
    """
    known: dict[Any, Any] = {
        item.outputs.get("objectId") or item.id: item.inputs.get("displayName") or item.inputs.get("name")
        for preview in previews
        for item in preview.resources()
        if item.type in _GROUPS
    } | dict(others or {})

    def in_okta(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        group = str(arguments.get("id"))
        return {"id": group, "name": known.get(group)}

    def in_entra(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        group = str(arguments.get("objectId"))
        return {"id": group, "objectId": group, "displayName": known.get(group)}

    return {"okta:group/getGroup:getGroup": in_okta, "azuread:index/getGroup:getGroup": in_entra}
