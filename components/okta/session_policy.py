"""The global session policy: automatic logoff and a second factor before anything else is reached."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

STRICTEST_IDLE = 15
"""Minutes: DISA Okta STIG 000020, and NIST SP 800-63B-4 section 2.3.3 (AAL3)."""
STRICTEST_LIFETIME = 720
"""Minutes: NIST SP 800-63B-4 section 2.3.3 (AAL3), 12 hours."""


class SessionPolicyArgs(TypedDict):
    """Arguments of SessionPolicy."""

    policy_name: str
    description: str
    groups: Sequence[pulumi.Input[str]]
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups denied a session altogether: a policy of their own, before the other."""
    idle_minutes: int
    lifetime_minutes: int


class SessionPolicy(pulumi.ComponentResource):
    """Two policies in order: contained people get no session; the groups get a short one, with MFA.

    Raises ComponentInputError for limits longer than the strictest baselines allow.
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
        previous: list[pulumi.Resource] = []
        priority = 1
        if args["contained_groups"]:
            contained = okta.policy.Signon(
                f"{name}-contained",
                name=f"{args['policy_name']} - contained",
                description="People contained by an incident get no session",
                groups_included=list(args["contained_groups"]),
                priority=priority,
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, protect=True),
            )
            deny = okta.policy.RuleSignon(
                f"{name}-contained",
                policy_id=contained.id,
                name="deny",
                access="DENY",
                network_connection="ANYWHERE",
                priority=1,
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, protect=True),
            )
            previous = [contained, deny]
            priority += 1
        policy = okta.policy.Signon(
            name,
            name=args["policy_name"],
            description=args["description"],
            groups_included=list(args["groups"]),
            priority=priority,
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=previous),
        )
        okta.policy.RuleSignon(
            name,
            policy_id=policy.id,
            name="mfa-short-session",
            access="ALLOW",
            primary_factor="PASSWORD_IDP_ANY_FACTOR",
            mfa_required=True,
            mfa_prompt="ALWAYS",
            mfa_remember_device=False,
            session_idle=args["idle_minutes"],
            session_lifetime=args["lifetime_minutes"],
            session_persistent=False,
            network_connection="ANYWHERE",
            priority=1,
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
