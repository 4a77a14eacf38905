"""An app sign-on policy: what every sign-in to the applications of one assurance tier must prove."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError
from billing_identity.components.okta import constraints


class SignOnPolicyArgs(TypedDict):
    """Arguments of SignOnPolicy."""

    policy_name: str
    description: str
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups that may not sign in at all: the standing deny that an incident only has to fill."""
    break_glass_groups: Sequence[pulumi.Input[str]]
    """Declared emergency groups; they still prove a phishing-resistant factor, from anywhere."""
    allowed_groups: Sequence[pulumi.Input[str]]
    """Who may sign in. Empty means everybody assigned to the application."""
    phishing_resistant: bool
    """True: security key, FastPass or certificate; false: also push with number matching."""
    hardware_protected: bool
    reauthenticate: str
    """ISO 8601 duration after which the factor is asked for again; `PT0S` for every sign-in."""
    idle: str
    """ISO 8601 duration without activity after which the factor is asked for again; not sent for `PT0S`."""
    managed_device: bool
    """Whether a device under management is needed (device trust and adaptive licence)."""
    deny_high_risk: bool
    """Whether Okta's risk score HIGH denies (adaptive licence)."""
    zones: Sequence[pulumi.Input[str]]
    """Network zones from which it may be used; empty for anywhere."""


class SignOnPolicy(pulumi.ComponentResource):
    """The policy, its ordered rules, and a catch-all that denies.

    Rules in order: contained people are denied; break-glass is let in with a phishing-resistant factor; high
    risk is denied; everybody else proves the tier's factor. Applications must depend on the component: an
    application attached to a policy that has only its catch-all is unreachable. Protected: destroying a
    policy moves its applications to the organisation's default policy.
    Raises ComponentInputError without a break-glass group.
    """

    policy_id: pulumi.Output[str]

    def __init__(self, name: str, args: SignOnPolicyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:SignOnPolicy", name, None, opts)
        if not args["break_glass_groups"]:
            raise ComponentInputError(f"{name}: break_glass_groups: name the declared emergency group")
        policy = okta.AppSignonPolicy(
            name,
            name=args["policy_name"],
            description=args["description"],
            catch_all=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        rules = okta.app.SignonPolicyRules(
            name,
            policy_id=policy.id,
            rules=_rules(args),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.policy_id = policy.id
        self.rules = rules
        self.register_outputs({"policyId": policy.id})


def _rules(args: SignOnPolicyArgs) -> list[okta.app.SignonPolicyRulesRuleArgs]:
    tier = (
        constraints.phishing_resistant(hardware_protected=args["hardware_protected"])
        if args["phishing_resistant"]
        else constraints.device_bound()
    )
    zones = list(args["zones"])
    ordered: list[okta.app.SignonPolicyRulesRuleArgs] = []

    def add(rule: okta.app.SignonPolicyRulesRuleArgs) -> None:
        rule.priority = len(ordered) + 1
        rule.status = "ACTIVE"
        ordered.append(rule)

    if args["contained_groups"]:
        add(
            okta.app.SignonPolicyRulesRuleArgs(
                name="contained-deny",
                access="DENY",
                groups_included=list(args["contained_groups"]),
                network_connection="ANYWHERE",
            )
        )
    add(
        okta.app.SignonPolicyRulesRuleArgs(
            name="break-glass",
            access="ALLOW",
            type="ASSURANCE",
            factor_mode="2FA",
            re_authentication_frequency="PT0S",
            groups_included=list(args["break_glass_groups"]),
            network_connection="ANYWHERE",
            constraints=[constraints.phishing_resistant(hardware_protected=True)],
        )
    )
    if args["deny_high_risk"]:
        add(
            okta.app.SignonPolicyRulesRuleArgs(
                name="high-risk-deny", access="DENY", risk_score="HIGH", network_connection="ANYWHERE"
            )
        )
    add(
        okta.app.SignonPolicyRulesRuleArgs(
            name="tier",
            access="ALLOW",
            type="ASSURANCE",
            factor_mode="2FA",
            re_authentication_frequency=args["reauthenticate"],
            inactivity_period=None if args["reauthenticate"] == "PT0S" else args["idle"],
            groups_included=list(args["allowed_groups"]) or None,
            groups_excluded=list(args["break_glass_groups"]),
            device_is_registered=True if args["managed_device"] else None,
            device_is_managed=True if args["managed_device"] else None,
            network_connection="ZONE" if zones else "ANYWHERE",
            network_includes=zones or None,
            constraints=[tier],
        )
    )
    return ordered
