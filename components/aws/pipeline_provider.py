"""The identity provider of the pipeline: OpenID Connect, no stored secret."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.document import TRUST_LIMIT, allow, document


class PipelineProviderArgs(TypedDict):
    """Arguments of PipelineProvider."""

    issuer: str
    """Host and path of the issuer, without `https://`."""
    audience: str
    """Audience of the tokens, such as `sts.amazonaws.com`."""
    tags: dict[str, str]


class PipelineProvider(pulumi.ComponentResource):
    """Provider for one issuer and one audience. Raises ComponentInputError for an issuer with a scheme."""

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: PipelineProviderArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:PipelineProvider", name, {}, protected(opts))
        provider = aws.iam.OpenIdConnectProvider(
            name,
            url=f"https://{args['issuer']}",
            client_id_lists=[args["audience"]],
            tags=args["tags"],
            opts=child(self),
        )
        self.arn = provider.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: PipelineProviderArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, PipelineProviderArgs)
        found = list(checks.tags(args["tags"]))
        if "://" in args["issuer"]:
            found.append(f"issuer {args['issuer']!r}: write it without https://")
        checks.require(f"pipeline provider {name}", found)


def pipeline_trust(account: str, partition: str, issuer: str, audience: str, subjects: list[str]) -> str:
    """Trust in exactly these subjects of the issuer, for exactly this audience."""
    return document(
        "trust in the pipeline",
        [
            allow(
                "OnlyTheseSubjects",
                ("sts:AssumeRoleWithWebIdentity",),
                principals={"Federated": [f"arn:{partition}:iam::{account}:oidc-provider/{issuer}"]},
                conditions={"StringEquals": {f"{issuer}:aud": audience, f"{issuer}:sub": subjects}},
            )
        ],
        TRUST_LIMIT,
    )
