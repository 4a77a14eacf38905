"""Okta's account management policy: enrolling, removing and recovering a factor is itself protected."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError
from billing_identity.components.okta import constraints

OPERATIONS = ("enroll", "unenroll", "recover", "unlockAccount")
"""What is done to a person's own factors (developer.okta.com, "Configure an Okta account management
policy")."""
CONDITION = " || ".join(f"accessRequest.operation == '{operation}'" for operation in OPERATIONS)


class AccountManagementArgs(TypedDict):
    """Arguments of AccountManagement."""

    policy_id: str
    """Id of Okta's own policy, `rst...`. The policy can't be made or changed; its rules can."""
    contained_groups: Sequence[pulumi.Input[str]]
    recovery_groups: Sequence[pulumi.Input[str]]
    """People whom the help desk has identified after a loss; they enrol from anywhere while in the group."""
    company_zones: Sequence[pulumi.Input[str]]
    """Where a first factor may be enrolled: the company's own networks. At least one."""


class AccountManagement(pulumi.ComponentResource):
    """Two rules above Okta's catch-all.

    Contained people can change nothing. Away from the company's networks a factor is changed only with a
    phishing-resistant one: whoever has none yet, or lost it, enrols on the company's network or, identified
    by the help desk, in the recovery group. What the catch-all then asks is Okta's own and stays.
    Raises ComponentInputError without a company zone: a newcomer could never enrol.
    """

    def __init__(
        self, name: str, args: AccountManagementArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:AccountManagement", name, None, opts)
        if not args["company_zones"]:
            raise ComponentInputError(
                f"{name}: company_zones: name the network where a first factor is enrolled"
            )
        contained = okta.AppSignonPolicyRule(
            f"{name}-contained",
            policy_id=args["policy_id"],
            name="contained-deny",
            priority=1,
            access="DENY",
            status="ACTIVE",
            groups_included=list(args["contained_groups"]),
            network_connection="ANYWHERE",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        okta.AppSignonPolicyRule(
            f"{name}-factors",
            policy_id=args["policy_id"],
            name="factor-change-phishing-resistant",
            priority=2,
            access="ALLOW",
            status="ACTIVE",
            type="ASSURANCE",
            factor_mode="2FA",
            re_authentication_frequency="PT0S",
            custom_expression=CONDITION,
            groups_excluded=list(args["recovery_groups"]),
            network_connection="ZONE",
            network_excludes=list(args["company_zones"]),
            constraints=[constraints.phishing_resistant(hardware_protected=False)],
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[contained]),
        )
        self.register_outputs({})
