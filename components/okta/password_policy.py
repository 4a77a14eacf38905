"""The password policy of the organisation's own passwords."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError


class PasswordPolicyArgs(TypedDict):
    """Arguments of PasswordPolicy."""

    policy_name: str
    groups: Sequence[pulumi.Input[str]]
    minimum_length: int
    """Characters; 15 satisfies NIST SP 800-63B-4 section 3.1.1.2 and the DISA Okta STIG (000650)."""
    history: int
    lockout_attempts: int
    maximum_age_days: int
    """0 for no periodic change, as NIST wants it."""
    composition: bool
    """Whether upper and lower case, digit and symbol are demanded (DISA Okta STIG), against NIST's advice."""
    minimum_age_minutes: NotRequired[int]
    """Minutes before a new password may be changed; 1,440 for the DISA Okta STIG (000740), else 0."""
    recovery_by_policy: NotRequired[bool]
    """Whether the account management policy governs recovery (`account_management`)."""


class PasswordPolicy(pulumi.ComponentResource):
    """Long passwords checked against known and breached ones; recovery by authenticator only.

    What the provider would switch on by default (character classes, recovery question) is set explicitly, and
    Okta's default policy says the same: every password policy counts (DISA Okta STIG).
    Raises ComponentInputError for a length under 15.
    """

    policy_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: PasswordPolicyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:PasswordPolicy", name, None, opts)
        if args["minimum_length"] < 15:
            raise ComponentInputError(f"{name}: minimum_length {args['minimum_length']}: at least 15")
        classes = 1 if args["composition"] else 0
        by_policy = args.get("recovery_by_policy", False)
        policy = okta.policy.Password(
            name,
            name=args["policy_name"],
            description="Organisation passwords",
            auth_provider="OKTA",
            groups_included=list(args["groups"]),
            priority=1,
            status="ACTIVE",
            password_min_length=args["minimum_length"],
            password_min_lowercase=classes,
            password_min_uppercase=classes,
            password_min_number=classes,
            password_min_symbol=classes,
            password_exclude_username=True,
            password_exclude_first_name=True,
            password_exclude_last_name=True,
            password_dictionary_lookup=True,
            password_history_count=args["history"],
            password_max_age_days=args["maximum_age_days"],
            password_min_age_minutes=args.get("minimum_age_minutes", 0),
            password_max_lockout_attempts=args["lockout_attempts"],
            password_auto_unlock_minutes=0,
            password_show_lockout_failures=False,
            password_lockout_notification_channels=["EMAIL"],
            question_recovery="INACTIVE",
            sms_recovery="INACTIVE",
            call_recovery="INACTIVE",
            email_recovery="INACTIVE",
            skip_unlock=False,
            breached_password_logout_enabled=True,
            breached_password_expire_after_days=0,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        okta.policy.RulePassword(
            name,
            policy_id=policy.id,
            name="self-service-by-authenticator",
            password_change="ALLOW",  # noqa: S106
            password_reset="ALLOW",  # noqa: S106
            password_unlock="DENY",  # noqa: S106
            password_reset_access_control="AUTH_POLICY" if by_policy else "LEGACY",
            password_reset_requirement=None
            if by_policy
            else okta.policy.RulePasswordPasswordResetRequirementArgs(
                primary_methods=["push"], step_up_enabled=True
            ),
            network_connection="ANYWHERE",
            priority=1,
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        okta.PolicyPasswordDefault(
            f"{name}-default",
            password_min_length=args["minimum_length"],
            password_min_lowercase=classes,
            password_min_uppercase=classes,
            password_min_number=classes,
            password_min_symbol=classes,
            password_exclude_username=True,
            password_exclude_first_name=True,
            password_exclude_last_name=True,
            password_dictionary_lookup=True,
            password_history_count=args["history"],
            password_max_age_days=args["maximum_age_days"],
            password_min_age_minutes=args.get("minimum_age_minutes", 0),
            password_max_lockout_attempts=args["lockout_attempts"],
            password_auto_unlock_minutes=0,
            password_show_lockout_failures=False,
            password_lockout_notification_channels=["EMAIL"],
            question_recovery="INACTIVE",
            sms_recovery="INACTIVE",
            call_recovery="INACTIVE",
            email_recovery="INACTIVE",
            skip_unlock=False,
            breached_password_logout_enabled=True,
            breached_password_expire_after_days=0,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
