"""An address that people trust from their dashboard must be the one that it says."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins

RULE = requirement(
    title="Okta's bookmarks go to HTTPS",
    severity=Severity.MEDIUM,
    why="A plain address can be answered by whoever stands on the way.",
    remedy="write an https:// address in `url`",
    types=("okta:app/bookmark:Bookmark",),
    wants=(
        Begins(
            path="url",
            prefix="https://",
            refused=("http://portal.example.com",),
            example="https://portal.example.com",
        ),
    ),
)
