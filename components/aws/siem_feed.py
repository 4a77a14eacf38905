"""Tells an outside SIEM of each new log file, through a queue."""

import json
from typing import TypedDict

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.event_rule import rule_with_target
from billing_identity.components.aws.options import protected


class SiemFeedArgs(TypedDict):
    """Arguments of SiemFeed."""

    rule: str
    """Name of the rule."""
    region: str
    buckets: list[str]
    """Buckets that send their events to EventBridge."""
    queue_arn: str
    """ARN of the queue that the outside SIEM reads."""
    tags: dict[str, str]


class SiemFeed(pulumi.ComponentResource):
    """Rule from new objects of the buckets to the queue. Raises ComponentInputError for bad names."""

    def __init__(self, name: str, args: SiemFeedArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:SiemFeed", name, {}, protected(opts))
        pattern = {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": sorted(args["buckets"])}},
        }
        rule_with_target(
            self,
            name,
            rule=args["rule"],
            description="New log files, for the outside SIEM",
            region=args["region"],
            pattern=json.dumps(pattern, sort_keys=True, separators=(",", ":")),
            target="siem",
            arn=args["queue_arn"],
            tags=args["tags"],
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: SiemFeedArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, SiemFeedArgs)
        found = [
            *checks.region(args["region"]),
            *checks.tags(args["tags"]),
            *(fault for bucket in args["buckets"] for fault in checks.bucket_name(bucket)),
        ]
        if not args["buckets"]:
            found.append("buckets: empty; name those whose files the SIEM takes")
        checks.require(f"feed {name}", found)
