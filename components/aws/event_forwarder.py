"""Forwards an account's security events of one Region to the bus of the log account."""

from typing import TypedDict

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.event_rule import pattern_faults, rule_with_target
from billing_identity.components.aws.options import protected


class EventForwarderArgs(TypedDict):
    """Arguments of EventForwarder."""

    rule: str
    """Name of the rule."""
    region: str
    pattern: str
    """JSON of the EventBridge pattern."""
    bus_arn: str
    """Bus that takes the events."""
    role_arn: str
    """Role of this account that may put events on that bus."""
    tags: dict[str, str]


class EventForwarder(pulumi.ComponentResource):
    """Rule on the default bus, read-only calls included where the pattern names them (taking on a role is
    one).

    Raises ComponentInputError for a pattern above 2,048 characters and for missing tags.
    """

    def __init__(
        self, name: str, args: EventForwarderArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EventForwarder", name, {}, protected(opts))
        rule_with_target(
            self,
            name,
            rule=args["rule"],
            description="Security events, to the log account",
            region=args["region"],
            pattern=args["pattern"],
            target="security-bus",
            arn=args["bus_arn"],
            tags=args["tags"],
            state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
            role_arn=args["role_arn"],
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: EventForwarderArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventForwarderArgs)
        found = [
            *checks.region(args["region"]),
            *checks.role_patterns([args["role_arn"]], "role_arn"),
            *checks.tags(args["tags"]),
        ]
        found += pattern_faults(args["pattern"])
        checks.require(f"forwarder {name}", found)
