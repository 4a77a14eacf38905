"""Control policies of the organisation, attached to accounts."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks, given_documents
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.document import SCP_LIMIT

PER_TARGET = 5
"""Service control policies of a target by older quotas, FullAWSAccess and an incident's own included."""


class GuardrailsArgs(TypedDict):
    """Arguments of Guardrails."""

    service_policies: dict[str, str]
    """JSON by name; three at most."""
    resource_policies: dict[str, str]
    """JSON by name."""
    accounts: list[str]
    """Accounts that they bind; never the management account, which none binds."""
    tags: dict[str, str]


class Guardrails(pulumi.ComponentResource):
    """Service and resource control policies. Their types must be enabled on the organisation's root.

    Raises ComponentInputError for no account, more policies than a target takes, missing tags, and a policy
    that is none, is too long, or denies everything to everybody.
    """

    def __init__(self, name: str, args: GuardrailsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:Guardrails", name, {}, protected(opts))
        for kind, policies in (
            ("SERVICE_CONTROL_POLICY", args["service_policies"]),
            ("RESOURCE_CONTROL_POLICY", args["resource_policies"]),
        ):
            for key, content in policies.items():
                policy = aws.organizations.Policy(
                    f"{name}-{key}",
                    name=f"guardrail-{key}",
                    description=f"What nobody can do: {key}",
                    type=kind,
                    content=content,
                    tags=args["tags"],
                    opts=child(self),
                )
                for account in sorted(set(args["accounts"])):
                    aws.organizations.PolicyAttachment(
                        f"{name}-{key}-{account}", policy_id=policy.id, target_id=account, opts=child(self)
                    )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: GuardrailsArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, GuardrailsArgs)
        found = [
            *checks.tags(args["tags"]),
            *(fault for account in args["accounts"] for fault in checks.account(account, "accounts")),
        ]
        for field in ("service_policies", "resource_policies"):
            for key, content in args[field].items():
                found += given_documents.control_faults(content, f"{field} {key}", SCP_LIMIT)
        if not args["accounts"]:
            found.append("accounts: empty; name those that the policies bind")
        if len(args["service_policies"]) > PER_TARGET - 2:
            found.append(f"service_policies: {len(args['service_policies'])}; {PER_TARGET - 2} at most")
        checks.require(f"guardrails {name}", found)
