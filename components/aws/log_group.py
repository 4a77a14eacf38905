"""An encrypted log group that keeps what it gets for six years."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class LogGroupArgs(TypedDict):
    """Arguments of LogGroup."""

    log_group: str
    """Name in CloudWatch Logs, for example `/aws/cloudtrail/prod`."""
    region: str
    retention_days: int
    """One of checks.LOG_RETENTION_DAYS, 2,192 at least."""
    key_arn: pulumi.Input[str]
    """Key whose policy already allows CloudWatch Logs for this group."""
    tags: dict[str, str]


class LogGroup(pulumi.ComponentResource):
    """Log group with a customer managed key; it outlives the stack.

    Raises ComponentInputError for a retention that CloudWatch Logs refuses or that is below 2,192 days.
    """

    log_group_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: LogGroupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:LogGroup", name, {}, protected(opts))
        group = aws.cloudwatch.LogGroup(
            name,
            name=args["log_group"],
            region=args["region"],
            retention_in_days=args["retention_days"],
            kms_key_id=args["key_arn"],
            log_group_class="STANDARD",
            skip_destroy=True,
            deletion_protection_enabled=True,
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        self.log_group_name = group.name
        self.arn = group.arn
        self.register_outputs(
            {
                "log_group_name": self.log_group_name,
                "arn": self.arn,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: LogGroupArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, LogGroupArgs)
        checks.require(
            f"log group {name}",
            [
                *checks.log_retention(args["retention_days"]),
                *checks.region(args["region"]),
                *checks.key_arn(args["key_arn"], args["region"]),
                *checks.tags(args["tags"]),
            ],
        )
