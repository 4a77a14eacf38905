"""With a path as home, a user may walk into the folders of other clients."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf, Set

RULE = requirement(
    title="SFTP users see their own folder only",
    severity=Severity.HIGH,
    why="With a path as home, a user may walk into the folders of other clients.",
    remedy="set `homeDirectoryType` to LOGICAL with mappings",
    types=("aws:transfer/user:User",),
    wants=(
        OneOf(path="homeDirectoryType", allowed=("LOGICAL",), refused=("PATH",), default="PATH"),
        Each(
            path="homeDirectoryMappings",
            wants=(Set(path="target", example="/bucket/client"),),
            base={"entry": "/"},
        ),
    ),
)
