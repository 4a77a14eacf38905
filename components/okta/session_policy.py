"""The global session policy: automatic logoff and a second factor before anything else is reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError
from billing_identity.components.limits import require_apart

STRICTEST_IDLE = 15
"""Minutes: DISA Okta STIG 000020, and NIST SP 800-63B-4 section 2.3.3 (AAL3)."""
STRICTEST_LIFETIME = 720
"""Minutes: NIST SP 800-63B-4 section 2.3.3 (AAL3), 12 hours."""
UNUSUAL_LIFETIME = 60
"""Minutes of a session from a new device or place, or after a journey that nobody can make."""


class SessionPolicyArgs(TypedDict):
    """Arguments of SessionPolicy."""

    policy_name: str
    description: str
    groups: Sequence[pulumi.Input[str]]
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups denied a session altogether: a policy of their own, before all others."""
    idle_minutes: int
    lifetime_minutes: int
    break_glass_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Emergency groups: a session from anywhere, whatever Okta thinks of the circumstances."""
    allowed_zones: NotRequired[Sequence[pulumi.Input[str]]]
    """Zones that a session may begin in; everywhere else is denied. Empty for anywhere."""
    unusual_behaviours: NotRequired[Sequence[pulumi.Input[str]]]
    """Ids of behaviours that shorten the session (adaptive licence)."""
    deny_high_risk: NotRequired[bool]
    """Whether Okta's risk level HIGH denies (adaptive licence)."""
    default_policy_id: NotRequired[str]
    """Okta's own `Default Policy`, whose first rule the DISA Okta STIG reads (000020, 001665, 001710)."""


@dataclass(frozen=True)
class _Limits:
    idle: int
    lifetime: int


class SessionPolicy(pulumi.ComponentResource):
    """Policies in order: contained people get no session; emergency; the groups get a short one, with MFA.

    Okta's default policy, if given, gets the same ordinary rule first, then a denial of everything else.
    Each policy waits for the one before: policies made at once collide on their priority.
    Raises ComponentInputError for limits longer than the strictest baselines allow, and for a group that is
    contained and an emergency group.
    """

    policy_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: SessionPolicyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:SessionPolicy", name, None, opts)
        if not 1 <= args["idle_minutes"] <= STRICTEST_IDLE:
            raise ComponentInputError(f"{name}: idle_minutes {args['idle_minutes']}: 1 to {STRICTEST_IDLE}")
        if not 1 <= args["lifetime_minutes"] <= STRICTEST_LIFETIME:
            raise ComponentInputError(
                f"{name}: lifetime_minutes {args['lifetime_minutes']}: 1 to {STRICTEST_LIFETIME}"
            )
        require_apart(name, args["contained_groups"], args.get("break_glass_groups", ()))
        self._previous: list[pulumi.Resource] = []
        self._priority = 0
        usual = _Limits(args["idle_minutes"], args["lifetime_minutes"])
        if args["contained_groups"]:
            policy = self._policy(
                f"{name}-contained",
                f"{args['policy_name']} - contained",
                "People contained by an incident get no session",
                args["contained_groups"],
            )
            self._deny(f"{name}-contained", policy, "deny", 1)
        if groups := args.get("break_glass_groups"):
            policy = self._policy(
                f"{name}-break-glass",
                f"{args['policy_name']} - break-glass",
                "Emergency accounts: short, from anywhere, with a second factor every time",
                groups,
            )
            limits = _Limits(usual.idle, min(usual.lifetime, UNUSUAL_LIFETIME))
            self._allow(f"{name}-break-glass", policy, "emergency", 1, limits)
        policy = self._policy(name, args["policy_name"], args["description"], args["groups"])
        self.policy_id = policy
        self._workforce(name, policy, args, usual)
        if default := args.get("default_policy_id"):
            zones = list(args.get("allowed_zones", ()))
            self._allow(f"{name}-default", default, "mfa-short-session", 1, usual, zones=zones)
            self._deny(f"{name}-default-deny", default, "nobody-else", 2)
        self.register_outputs({"policyId": policy})

    def _workforce(
        self, name: str, policy: pulumi.Input[str], args: SessionPolicyArgs, usual: _Limits
    ) -> None:
        zones = list(args.get("allowed_zones", ()))
        priority = 1
        if args.get("deny_high_risk", False):
            self._deny(f"{name}-high-risk", policy, "high-risk-deny", priority, risk="HIGH")
            priority += 1
        if behaviours := args.get("unusual_behaviours"):
            limits = _Limits(usual.idle, min(usual.lifetime, UNUSUAL_LIFETIME))
            self._allow(
                f"{name}-unusual",
                policy,
                "unusual-shorter-session",
                priority,
                limits,
                zones=zones,
                behaviours=list(behaviours),
            )
            priority += 1
        self._allow(name, policy, "mfa-short-session", priority, usual, zones=zones)
        if zones:
            self._deny(f"{name}-elsewhere", policy, "elsewhere-deny", priority + 1)

    def _options(self) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, protect=True, depends_on=list(self._previous))

    def _policy(
        self, name: str, policy_name: str, description: str, groups: Sequence[pulumi.Input[str]]
    ) -> pulumi.Output[str]:
        self._priority += 1
        policy = okta.policy.Signon(
            name,
            name=policy_name,
            description=description,
            groups_included=list(groups),
            priority=self._priority,
            status="ACTIVE",
            opts=self._options(),
        )
        self._previous = [policy]
        return policy.id

    def _deny(
        self, name: str, policy: pulumi.Input[str], rule_name: str, priority: int, *, risk: str | None = None
    ) -> None:
        rule = okta.policy.RuleSignon(
            name,
            policy_id=policy,
            name=rule_name,
            access="DENY",
            risk_level=risk,
            network_connection="ANYWHERE",
            priority=priority,
            status="ACTIVE",
            opts=self._options(),
        )
        self._previous = [rule]

    def _allow(
        self,
        name: str,
        policy: pulumi.Input[str],
        rule_name: str,
        priority: int,
        limits: _Limits,
        *,
        zones: Sequence[pulumi.Input[str]] = (),
        behaviours: Sequence[pulumi.Input[str]] = (),
    ) -> None:
        rule = okta.policy.RuleSignon(
            name,
            policy_id=policy,
            name=rule_name,
            access="ALLOW",
            primary_factor="PASSWORD_IDP_ANY_FACTOR",
            mfa_required=True,
            mfa_prompt="ALWAYS",
            mfa_remember_device=False,
            session_idle=limits.idle,
            session_lifetime=limits.lifetime,
            session_persistent=False,
            behaviors=list(behaviours) or None,
            network_connection="ZONE" if zones else "ANYWHERE",
            network_includes=list(zones) or None,
            priority=priority,
            status="ACTIVE",
            opts=self._options(),
        )
        self._previous = [rule]
