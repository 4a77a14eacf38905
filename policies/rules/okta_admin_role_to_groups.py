"""A role held by a person is nobody's review and survives every change of job."""

from __future__ import annotations

import re

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

_PERSON = re.compile(r"[/:]users[/:]", re.IGNORECASE)
"""Okta names a member by URL or by resource name (ORN)."""

RULE = requirement(
    title="Custom Okta roles are given to groups",
    severity=Severity.HIGH,
    why="A role held by a person is nobody's review and survives every change of job.",
    remedy="name groups in `members`",
    types=("okta:index/adminRoleCustomAssignments:AdminRoleCustomAssignments",),
    wants=(
        HoldsNone(
            path="members",
            refuses=lambda text: _PERSON.search(text) is not None,
            instead=("https://meridian.okta.com/api/v1/groups/00g1",),
            examples_refused=(
                "https://meridian.okta.com/api/v1/users/00u1",
                "https://meridian.okta.com/api/v1/Users/00u1",
                "orn:okta:directory:00o1:users:00u1",
            ),
        ),
    ),
)
