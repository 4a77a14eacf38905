"""A code sent to a plain or wildcard address can be taken on the way."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="OAuth redirects go to HTTPS, to whole addresses",
    severity=Severity.HIGH,
    why="A code sent to a plain or wildcard address can be taken on the way.",
    remedy="write whole https:// addresses in `redirectUris`",
    types=("okta:app/oAuth:OAuth",),
    wants=(
        HoldsNone(
            path="redirectUris",
            refuses=lambda text: not text.startswith("https://") or "*" in text,
            instead=("https://app.example.com/callback",),
            examples_refused=("http://app.example.com", "https://*.example.com"),
        ),
    ),
)
