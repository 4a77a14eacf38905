"""Members in a list are outside HR's joiners and leavers."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Empty
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Entra groups list no members",
    severity=Severity.HIGH,
    why="Members in a list are outside HR's joiners and leavers.",
    remedy="use a dynamic rule, or an access package with an end; leave `members` out",
    types=("azuread:index/group:Group",),
    wants=(Empty(path="members"),),
)
