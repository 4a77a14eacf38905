"""The password policy of the organisation's own passwords."""

from collections.abc import Sequence
from typing import TypedDict

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


class PasswordPolicy(pulumi.ComponentResource):
    """Long passwords checked against known and breached ones; recovery by authenticator only.

    What the provider would switch on by default (character classes, recovery question) is set explicitly.
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
            password_reset_access_control="LEGACY",  # noqa: S106
            password_reset_requirement=okta.policy.RulePasswordPasswordResetRequirementArgs(
                primary_methods=["push"], step_up_enabled=True
            ),
            network_connection="ANYWHERE",
            priority=1,
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
