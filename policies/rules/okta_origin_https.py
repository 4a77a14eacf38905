"""A page in clear can be changed on the way, and calls Okta with the person's session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins


@dataclass(frozen=True, kw_only=True)
class _Whole(Begins):
    """A beginning, and no wildcard after it."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        yield from super().faults(view, context)
        value = view.text(self.path, "")
        if "*" in value:
            yield self.said(f"is {value}: it stands for pages that nobody named")


RULE = requirement(
    title="Trusted origins are HTTPS and written out",
    severity=Severity.HIGH,
    why="A page in clear can be changed on the way, and calls Okta with the person's session.",
    remedy="write an https:// address without wildcards in `origin`",
    types=("okta:trustedorigin/origin:Origin",),
    wants=(
        _Whole(
            path="origin",
            prefix="https://",
            refused=("http://portal.example.com", "https://*", "https://*.example.com"),
            example="https://portal.example.com",
        ),
    ),
)
