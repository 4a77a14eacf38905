"""A code sent to a plain or wildcard address can be taken on the way."""

from __future__ import annotations

import re

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

_LOCAL = re.compile(r"http://(localhost|127\.0\.0\.1)(:\d+)?(/|$)")
"""What a program on the person's own machine listens to."""

RULE = requirement(
    title="Entra redirects declared apart go to HTTPS, to whole addresses",
    severity=Severity.HIGH,
    why="A code sent to a plain or wildcard address can be taken on the way.",
    remedy="write whole https:// addresses",
    types=("azuread:index/applicationRedirectUris:ApplicationRedirectUris",),
    wants=(
        HoldsNone(
            path="redirectUris",
            refuses=lambda text: (not text.startswith("https://") and not _LOCAL.match(text)) or "*" in text,
            instead=("https://app.example.com/callback",),
            examples_refused=(
                "http://app.example.com/",
                "https://*.example.com/",
                "http://localhost.example.com/",
            ),
        ),
    ),
)
