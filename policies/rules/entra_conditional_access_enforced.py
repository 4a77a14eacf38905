"""A conditional access policy in report-only mode looks like protection and protects nothing."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ENTRA_CONDITIONAL_ACCESS

REPORT_ONLY = "enabledForReportingButNotEnforced"


def _state(policy: ResourceView, context: RuleContext) -> Iterator[Finding]:
    state = policy.text("state", "")
    if state == "enabled" or (state == REPORT_ONLY and not context.settings.production):
        return
    where = "" if context.settings.production else f" in {context.settings.environment}"
    yield Finding(f"`state` is {state or 'missing'}{where}: the policy is not enforced")


_POLICY: dict[str, object] = {"displayName": "CA200", "state": "enabled", "__defaults": []}
_REPORT: dict[str, object] = {"displayName": "CA200", "state": REPORT_ONLY, "__defaults": []}

RULE = ResourceRule(
    title="Entra conditional access policies are enforced in production",
    severity=Severity.HIGH,
    why="Report-only is meant for a rollout; left in production, every sign-in goes through.",
    remedy="set `state` to enabled; report-only belongs to the pack's `preproduction` environments",
    types=(ENTRA_CONDITIONAL_ACCESS,),
    checks=(_state,),
    reads={"state": "fails"},
    weaker={"state": ("disabled", "Enabled", "")},
    allowed=(
        Example("enforced", ENTRA_CONDITIONAL_ACCESS, _POLICY, {"environment": "prod"}),
        Example(
            "report-only before production", ENTRA_CONDITIONAL_ACCESS, _REPORT, {"environment": "staging"}
        ),
    ),
    disallowed=(
        Example("report-only in production", ENTRA_CONDITIONAL_ACCESS, _REPORT, {"environment": "prod"}),
        Example("report-only where the environment is not said", ENTRA_CONDITIONAL_ACCESS, _REPORT),
        Example("disabled", ENTRA_CONDITIONAL_ACCESS, {"displayName": "CA200", "state": "disabled"}),
        Example(
            "disabled before production",
            ENTRA_CONDITIONAL_ACCESS,
            {"displayName": "CA200", "state": "disabled"},
            {"environment": "staging"},
        ),
    ),
)
