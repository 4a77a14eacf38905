"""Puts one of Okta's own applications under a sign-on policy."""

from typing import TypedDict

import pulumi
import pulumi_okta as okta


class FirstPartyPolicyArgs(TypedDict):
    """Arguments of FirstPartyPolicy."""

    app_id: str
    """Id of the Admin Console (`saasure`) or the Dashboard (`okta_enduser`); neither can be declared."""
    policy_id: pulumi.Input[str]


class FirstPartyPolicy(pulumi.ComponentResource):
    """Depend on the policy's component: an application under a policy without rules is unreachable."""

    def __init__(
        self, name: str, args: FirstPartyPolicyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:FirstPartyPolicy", name, None, opts)
        okta.app.AccessPolicyAssignment(
            name,
            app_id=args["app_id"],
            policy_id=args["policy_id"],
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.register_outputs({})
