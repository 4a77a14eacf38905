"""Who reads a topic: HTTPS endpoints of a pager or a ticket system."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class TopicReadersArgs(TypedDict):
    """Arguments of TopicReaders."""

    topic_arn: str
    region: str
    urls: list[str]
    """HTTPS endpoints that confirm their subscription themselves."""
    catalogue_id: str


class TopicReaders(pulumi.ComponentResource):
    """Subscriptions. Raises ComponentInputError for no address and for one that is not HTTPS."""

    def __init__(self, name: str, args: TopicReadersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:TopicReaders", name, {}, protected(opts))
        for number, url in enumerate(args["urls"], 1):
            aws.sns.TopicSubscription(
                f"{name}-{number}",
                topic=args["topic_arn"],
                protocol="https",
                endpoint=url,
                endpoint_auto_confirms=True,
                region=args["region"],
                opts=child(self, loose=True),
            )
        self.register_outputs({"catalogue_id": args["catalogue_id"]})

    @staticmethod
    def check(name: str, args: TopicReadersArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, TopicReadersArgs)
        found = [*checks.region(args["region"])]
        if not args["urls"]:
            found.append("urls: empty; nobody would hear")
        found += [
            f"address {url!r}: write an https:// address"
            for url in args["urls"]
            if not url.startswith("https://")
        ]
        checks.require(f"readers {name}", found)
