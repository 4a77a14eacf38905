"""Containment in Okta: members of the contained group, blocked addresses, withdrawn applications."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components import limits


class WithdrawnApplication(TypedDict):
    """An application that an incident withdraws, or withdrew."""

    app_id: pulumi.Input[str]
    usual_policy: pulumi.Input[str]
    """Sign-on policy that it has when nothing is wrong."""
    withdrawn: bool
    """True while an incident lasts; false afterwards, which puts the usual policy back."""


class OktaContainmentArgs(TypedDict):
    """Arguments of OktaContainment."""

    contained_group: pulumi.Input[str]
    """Group that every sign-in policy denies; it belongs to the identity layer."""
    users: Sequence[str]
    """Okta user ids of the contained people; nobody when empty."""
    blocked_networks: Sequence[str]
    """CIDR ranges that reach no endpoint of the organisation; none when empty."""
    applications: Mapping[str, WithdrawnApplication]
    """Applications of open and past incidents, by name."""


class OktaContainment(pulumi.ComponentResource):
    """A standing policy that denies everybody, and what incidents change: one membership, one zone, and the
    policy that withdrawn applications are held to.

    An application can't be left without a policy, so its entry stays after the incident and names the usual
    policy again. Members that somebody added by hand are left alone. Raises ComponentInputError for a blocked
    range that is too wide: a block comes before every policy, and the responders are behind it too.
    """

    def __init__(
        self, name: str, args: OktaContainmentArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:containment:OktaContainment", name, None, opts)
        limits.require_networks(name, "blocked_networks", args["blocked_networks"], limits.BLOCKED_NETWORK)
        child = pulumi.ResourceOptions(parent=self)
        denied = okta.AppSignonPolicy(
            f"{name}-withdrawn",
            name="withdrawn-by-incident",
            description="Denies everybody; applications are attached while an incident withdraws them",
            catch_all=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        rules = okta.app.SignonPolicyRules(
            f"{name}-withdrawn",
            policy_id=denied.id,
            rules=[
                okta.app.SignonPolicyRulesRuleArgs(
                    name="withdrawn-deny",
                    access="DENY",
                    priority=1,
                    status="ACTIVE",
                    network_connection="ANYWHERE",
                )
            ],
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        if args["users"]:
            okta.GroupMemberships(
                f"{name}-members",
                group_id=args["contained_group"],
                users=sorted(args["users"]),
                track_all_users=False,
                opts=child,
            )
        if args["blocked_networks"]:
            okta.network.Zone(
                f"{name}-blocked",
                name="blocked-by-incident",
                type="IP",
                usage="BLOCKLIST",
                gateways=sorted(args["blocked_networks"]),
                status="ACTIVE",
                opts=child,
            )
        for app, held in sorted(args["applications"].items()):
            okta.app.AccessPolicyAssignment(
                f"{name}-{app}",
                app_id=held["app_id"],
                policy_id=denied.id if held["withdrawn"] else held["usual_policy"],
                opts=pulumi.ResourceOptions(parent=self, depends_on=[rules]),
            )
        self.register_outputs({"withdrawnPolicyId": denied.id})
