"""An app sign-on policy: what every sign-in to the applications of one assurance tier must prove."""

import pulumi
import pulumi_okta as okta

from billing_identity.components.okta.sign_on_rules import SignOnPolicyArgs, rules


class SignOnPolicy(pulumi.ComponentResource):
    """The policy, its ordered rules (`sign_on_rules`), and a catch-all that denies.

    Applications must depend on the component: an application attached to a policy that has only its
    catch-all is unreachable. Protected: destroying a policy moves its applications to the organisation's
    default policy. Raises ComponentInputError without a break-glass group, or for arguments that contradict
    each other.
    """

    policy_id: pulumi.Output[str]

    def __init__(self, name: str, args: SignOnPolicyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:SignOnPolicy", name, None, opts)
        ordered = rules(name, args)
        policy = okta.AppSignonPolicy(
            name,
            name=args["policy_name"],
            description=args["description"],
            catch_all=False,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.rules = okta.app.SignonPolicyRules(
            name,
            policy_id=policy.id,
            rules=ordered,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.policy_id = policy.id
        self.register_outputs({"policyId": policy.id})
