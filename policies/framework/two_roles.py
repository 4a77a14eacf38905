"""Two roles with one side of a separation each, and what makes them weaker; for the rules' examples."""

from __future__ import annotations

import json
from collections.abc import Mapping

from billing_identity.policies.framework.examples import SEPARATION, assignment_graph
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Missing, Weaker
from billing_identity.policies.framework.tokens import (
    ENTRA_GROUP,
    ENTRA_ROLE_ASSIGNMENT,
    OKTA_GROUP,
    OKTA_GROUP_ASSIGNMENT,
)
from billing_identity.roles.naming import app_role_id, role_group_name


def two_roles() -> tuple[ResourceRecord, ...]:
    """The catalogue's two roles in Okta, each with its side of the separation."""
    poster = assignment_graph([SEPARATION.left])
    approver = assignment_graph([SEPARATION.right], name="refund-approver")
    return (*poster, *approver)


def two_entra_roles() -> tuple[ResourceRecord, ...]:
    """The same in Entra, with dynamic groups."""
    found: list[ResourceRecord] = []
    for name, code, side in (
        ("payment-poster", "RCM-POSTER", SEPARATION.left),
        ("refund-approver", "RCM-REFUNDS", SEPARATION.right),
    ):
        membership = {"enabled": True, "rule": f'(user.extensionAttribute1 -eq "{code}")'}
        props: dict[str, object] = {"displayName": role_group_name(name), "dynamicMembership": membership}
        outputs = {**props, "objectId": f"g-{name}"}
        found += [
            ResourceRecord(
                f"urn:pulumi:prod::identity::{ENTRA_GROUP}::{name}",
                ENTRA_GROUP,
                name,
                props,
                outputs,
                id=f"g-{name}",
            ),
            ResourceRecord(
                f"urn:pulumi:prod::identity::{ENTRA_ROLE_ASSIGNMENT}::{name}",
                ENTRA_ROLE_ASSIGNMENT,
                name,
                {"appRoleId": app_role_id(side), "principalObjectId": f"g-{name}", "resourceObjectId": "sp1"},
            ),
        ]
    return tuple(found)


_OKTA_HOLDER = f"{OKTA_GROUP_ASSIGNMENT}: groupId"
_OKTA_GIVEN = f"{OKTA_GROUP_ASSIGNMENT}: profile"
_ENTRA_HOLDER = f"{ENTRA_ROLE_ASSIGNMENT}: principalObjectId"
ENTRA_GIVEN = f"{ENTRA_ROLE_ASSIGNMENT}: appRoleId"
_BOTH = [SEPARATION.left, SEPARATION.right]
TWO_ROLES_READ: Mapping[str, Missing] = {
    f"{OKTA_GROUP}: name": "safe",
    _OKTA_HOLDER: "fails",
    _OKTA_GIVEN: "fails",
    f"{_OKTA_GIVEN}#.entitlements": "fails",
    f"{ENTRA_GROUP}: displayName": "safe",
    _ENTRA_HOLDER: "fails",
    ENTRA_GIVEN: "safe",
}
"""What the rules for separation of duties read of `two_roles` and `two_entra_roles`."""
TWO_ROLES_WEAKER: Weaker = {
    _OKTA_HOLDER: ("00gpayment-poster", "00grefund-approver", ""),
    _OKTA_GIVEN: (json.dumps({"entitlements": _BOTH}), "{}", "entitlements"),
    f"{_OKTA_GIVEN}#.entitlements": (_BOTH, {}),
    _ENTRA_HOLDER: ("g-payment-poster", "g-refund-approver", ""),
    ENTRA_GIVEN: (app_role_id(SEPARATION.left), app_role_id(SEPARATION.right)),
}
