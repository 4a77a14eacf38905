"""The rules of an app sign-on policy, in the order in which Okta tries them: the first that fits decides.

The order is computed here and nowhere typed: denials, emergency access, the stricter rules, the tier's own
rule, and last the weaker rule of those whom the rollout has not reached.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components import limits
from billing_identity.components.errors import ComponentInputError
from billing_identity.components.okta import constraints

Rule = okta.app.SignonPolicyRulesRuleArgs

NOT_ENFORCED = "not-enforced-yet"
"""Name of the rule that stands while the rollout is under way."""
EVERY_TIME = "PT0S"
MOST_MINUTES, MOST_IDLE_MINUTES = 24 * 60, 60
"""NIST SP 800-63B-4 section 2.2.3 (AAL2), the least strict of all tiers."""
MAX_RULES = 98
"""Priorities 1 to 98 are free; 99 is the catch-all rule (developer.okta.com, "Policy and rule
prioritization")."""


class SignOnPolicyArgs(TypedDict):
    """Arguments of SignOnPolicy."""

    policy_name: str
    description: str
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups that may not sign in at all: the standing deny that an incident only has to fill."""
    break_glass_groups: Sequence[pulumi.Input[str]]
    """Declared emergency groups; they still prove a phishing-resistant factor, from anywhere."""
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
    device_assurances: NotRequired[Sequence[pulumi.Input[str]]]
    """Device assurance policies, of which one must hold; only with `managed_device`."""
    enforced_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Whom the tier's rule has reached; left out or empty for everybody."""
    step_up_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """Holders of risky entitlements: a hardware key, at every sign-in."""
    unusual_behaviours: NotRequired[Sequence[str]]
    """Names of behaviours (`behaviours`) that ask for a hardware key at every sign-in."""
    text_code_groups: NotRequired[Sequence[pulumi.Input[str]]]
    """The temporary fallback to text codes; refused where the tier is phishing-resistant."""


def rules(name: str, args: SignOnPolicyArgs) -> list[Rule]:
    """The rules with their priorities. Raises ComponentInputError for arguments that contradict."""
    _refuse(name, args)
    found = [*_denials(args), *_stricter(args), *_ordinary(args)]
    for priority, rule in enumerate(found, 1):
        rule.priority = priority
        rule.status = "ACTIVE"
    return found


def _refuse(name: str, args: SignOnPolicyArgs) -> None:
    limits.require_duration(name, "reauthenticate", args["reauthenticate"], MOST_MINUTES)
    limits.require_duration(name, "idle", args["idle"], MOST_IDLE_MINUTES)
    limits.require_apart(name, args["contained_groups"], args["break_glass_groups"])
    if not args["break_glass_groups"]:
        raise ComponentInputError(f"{name}: break_glass_groups: name the declared emergency group")
    if args.get("text_code_groups") and args["phishing_resistant"]:
        raise ComponentInputError(
            f"{name}: text_code_groups: text codes can't satisfy a tier that resists phishing"
        )
    if args.get("device_assurances") and not args["managed_device"]:
        raise ComponentInputError(f"{name}: device_assurances: they need managed_device")


def _denials(args: SignOnPolicyArgs) -> list[Rule]:
    found: list[Rule] = []
    if args["contained_groups"]:
        found.append(
            Rule(
                name="contained-deny",
                access="DENY",
                groups_included=list(args["contained_groups"]),
                network_connection="ANYWHERE",
            )
        )
    found.append(
        Rule(
            name="break-glass",
            access="ALLOW",
            type="ASSURANCE",
            factor_mode="2FA",
            re_authentication_frequency=EVERY_TIME,
            groups_included=list(args["break_glass_groups"]),
            network_connection="ANYWHERE",
            constraints=[constraints.phishing_resistant(hardware_protected=True)],
        )
    )
    if args["deny_high_risk"]:
        found.append(
            Rule(name="high-risk-deny", access="DENY", risk_score="HIGH", network_connection="ANYWHERE")
        )
    return found


def _stricter(args: SignOnPolicyArgs) -> list[Rule]:
    """Unusual circumstances and risky entitlements; nothing where the tier itself is as strict."""
    if args["hardware_protected"] and args["reauthenticate"] == EVERY_TIME:
        return []
    hardware = constraints.phishing_resistant(hardware_protected=True)
    found: list[Rule] = []
    if behaviours := args.get("unusual_behaviours"):
        named = " || ".join(f'security.behaviors.contains("{behaviour}")' for behaviour in behaviours)
        unusual = _allow("unusual-step-up", args, hardware, EVERY_TIME)
        unusual.custom_expression = named
        unusual.groups_included = list(args.get("enforced_groups", ())) or None
        found.append(unusual)
    if groups := args.get("step_up_groups"):
        risky = _allow("risky-step-up", args, hardware, EVERY_TIME)
        risky.groups_included = list(groups)
        found.append(risky)
    return found


def _ordinary(args: SignOnPolicyArgs) -> list[Rule]:
    tier = (
        constraints.phishing_resistant(hardware_protected=args["hardware_protected"])
        if args["phishing_resistant"]
        else constraints.device_bound()
    )
    enforced = list(args.get("enforced_groups", ()))
    found: list[Rule] = []
    if codes := args.get("text_code_groups"):
        fallback = _allow("text-code-fallback", args, constraints.text_code(), EVERY_TIME)
        fallback.groups_included = list(codes)
        found.append(fallback)
    rule = _allow("tier", args, tier, args["reauthenticate"])
    rule.groups_included = enforced or None
    found.append(rule)
    if enforced:
        # Those whom the tier's rule has reached stay out: else whoever fails it falls through to less.
        found.append(
            Rule(
                name=NOT_ENFORCED,
                access="ALLOW",
                type="ASSURANCE",
                factor_mode="2FA",
                re_authentication_frequency=args["reauthenticate"],
                groups_excluded=[*args["break_glass_groups"], *args.get("step_up_groups", ()), *enforced],
                network_connection="ANYWHERE",
                constraints=[constraints.device_bound()],
            )
        )
    return found


def _allow(name: str, args: SignOnPolicyArgs, constraint: str, reauthenticate: str) -> Rule:
    """A rule that lets in under the tier's own conditions of device and network."""
    zones, managed = list(args["zones"]), args["managed_device"]
    return Rule(
        name=name,
        access="ALLOW",
        type="ASSURANCE",
        factor_mode="2FA",
        re_authentication_frequency=reauthenticate,
        inactivity_period=None if reauthenticate == EVERY_TIME else args["idle"],
        groups_excluded=list(args["break_glass_groups"]),
        device_is_registered=True if managed else None,
        device_is_managed=True if managed else None,
        device_assurances_included=list(args.get("device_assurances", ())) or None,
        network_connection="ZONE" if zones else "ANYWHERE",
        network_includes=zones or None,
        constraints=[constraint],
    )
