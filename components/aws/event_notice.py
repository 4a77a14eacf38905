"""Tells a topic of events on the account's own bus, in a sentence."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.event_rule import pattern_faults, rule_with_target
from billing_identity.components.aws.options import protected


class EventNoticeArgs(TypedDict):
    """Arguments of EventNotice."""

    rule: str
    """Name of the rule."""
    sentence: str
    """What happened and what to do first; `<name>` stands for what `paths` gives. No quotes."""
    region: str
    pattern: str
    """JSON of the EventBridge pattern."""
    paths: dict[str, str]
    """JSON path by name, for the sentence."""
    topic_arn: str
    tags: dict[str, str]


class EventNotice(pulumi.ComponentResource):
    """One rule and its target. Every match is told.

    Raises ComponentInputError for a pattern above 2,048 characters, a sentence with quotes or a name that no
    path gives, and missing tags.
    """

    def __init__(self, name: str, args: EventNoticeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EventNotice", name, {}, protected(opts))
        rule_with_target(
            self,
            name,
            rule=args["rule"],
            description=args["sentence"][:512],
            region=args["region"],
            pattern=args["pattern"],
            target="tell",
            arn=args["topic_arn"],
            tags=args["tags"],
            transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                input_paths=args["paths"], input_template=f'"{args["sentence"]}"'
            ),
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: EventNoticeArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventNoticeArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        found += pattern_faults(args["pattern"])
        if any(mark in args["sentence"] for mark in '"\n\\'):
            found.append("sentence: no quotes or line breaks")
        named = {part.split(">")[0] for part in args["sentence"].split("<")[1:]}
        found += [f"sentence: nothing gives <{name}>" for name in sorted(named - set(args["paths"]))]
        checks.require(f"notice {name}", found)
