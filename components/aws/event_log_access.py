"""Lets EventBridge rules write to log groups."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.log_roles import logs_from_events


class EventLogAccessArgs(TypedDict):
    """Arguments of EventLogAccess."""

    policy: str
    """Name of the resource policy; a Region takes ten."""
    region: str
    log_groups: list[str]
    """ARNs or patterns of log groups, without `:*`."""
    catalogue_id: str


class EventLogAccess(pulumi.ComponentResource):
    """One resource policy. Raises ComponentInputError when it is for no log group."""

    def __init__(
        self, name: str, args: EventLogAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EventLogAccess", name, {}, protected(opts))
        aws.cloudwatch.LogResourcePolicy(
            name,
            policy_name=args["policy"],
            region=args["region"],
            policy_document=logs_from_events(args["log_groups"]),
            opts=child(self),
        )
        self.register_outputs({"catalogue_id": args["catalogue_id"]})

    @staticmethod
    def check(name: str, args: EventLogAccessArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventLogAccessArgs)
        found = [*checks.region(args["region"])]
        if not args["log_groups"]:
            found.append("log_groups: empty; name those that rules write to")
        checks.require(f"log access {name}", found)
