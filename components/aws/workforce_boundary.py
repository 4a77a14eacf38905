"""The boundary of people's permission sets, as a managed policy of an account."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.workforce_limits import workforce_boundary

NAME = "billing-identity-workforce-boundary"


class WorkforceBoundaryArgs(TypedDict):
    """Arguments of WorkforceBoundary."""

    deployers: list[str]
    """ARNs of roles that no person may take on from here."""
    tags: dict[str, str]


class WorkforceBoundary(pulumi.ComponentResource):
    """Managed policy that bounds and is never attached. Raises ComponentInputError for bad role ARNs."""

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: WorkforceBoundaryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:WorkforceBoundary", name, {}, protected(opts))
        policy = aws.iam.Policy(
            name,
            name=NAME,
            description="The most that anybody's session can do",
            policy=workforce_boundary(args["deployers"]),
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        self.arn = policy.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: WorkforceBoundaryArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, WorkforceBoundaryArgs)
        checks.require(
            f"boundary {name}",
            [*checks.role_patterns(args["deployers"], "deployers"), *checks.tags(args["tags"])],
        )
