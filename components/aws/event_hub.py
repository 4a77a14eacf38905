"""An event bus with everything around it: who may put events, where they are kept, what could not be sent."""

import json
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.document import TOPIC_LIMIT, Conditions, allow, document


class EventHubArgs(TypedDict):
    """Arguments of EventHub."""

    bus: str
    """Name of the bus; of a partner's bus the name of its event source."""
    partner: bool
    """Whether a partner (Okta's log stream) sends the events; its source must be pending already."""
    region: str
    account_id: str
    organization_id: NotRequired[str]
    """Whose accounts may put events; without one, `senders` alone."""
    senders: list[str]
    """Accounts that may put events; unused for a partner's bus."""
    archive: str
    """Name of the archive, at most 48 characters."""
    retention_days: int
    """2,192 at least."""
    stream_arn: pulumi.Input[str]
    """Delivery stream that takes every event."""
    stream_role_arn: str
    """Role with which EventBridge writes to the stream."""
    log_group_arn: NotRequired[str]
    """Log group that takes every event too, for searches within minutes."""
    silence_minutes: NotRequired[int]
    """Minutes without any event that raise an alarm; 5 to 1440. None: no alarm."""
    topic_arn: pulumi.Input[str]
    dead_letters_arn: str
    """Queue for what could not be delivered."""
    key_arn: pulumi.Input[str]
    tags: dict[str, str]


class EventHub(pulumi.ComponentResource):
    """Bus, its policy, an archive for replays, a rule that delivers every event, and an alarm on silence.

    Raises ComponentInputError for a retention below 2,192 days, an archive name that EventBridge refuses and
    missing tags.
    """

    bus_name: pulumi.Output[str]
    arn: pulumi.Output[str]

    def __init__(self, name: str, args: EventHubArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        policy = None if args["partner"] else _bus_policy(args)
        super().__init__("billing-identity:aws:EventHub", name, {}, protected(opts))
        place = args["region"]
        bus = aws.cloudwatch.EventBus(
            name,
            name=args["bus"],
            event_source_name=args["bus"] if args["partner"] else None,
            region=place,
            kms_key_identifier=args["key_arn"],
            dead_letter_config=aws.cloudwatch.EventBusDeadLetterConfigArgs(arn=args["dead_letters_arn"]),
            tags=args["tags"],
            opts=child(self),
        )
        if policy is not None:
            aws.cloudwatch.EventBusPolicy(
                name, event_bus_name=bus.name, region=place, policy=policy, opts=child(self)
            )
        aws.cloudwatch.EventArchive(
            name,
            name=args["archive"],
            event_source_arn=bus.arn,
            region=place,
            retention_days=args["retention_days"],
            kms_key_identifier=args["key_arn"],
            opts=child(self),
        )
        rule = aws.cloudwatch.EventRule(
            name,
            name=f"{args['archive']}-all",
            description="Every event, into the log archive",
            event_bus_name=bus.name,
            region=place,
            event_pattern=json.dumps({"version": [{"exists": True}]}, separators=(",", ":")),
            state="ENABLED",
            tags=args["tags"],
            opts=child(self),
        )
        targets: dict[str, tuple[pulumi.Input[str], str | None]] = {
            "stream": (args["stream_arn"], args["stream_role_arn"])
        }
        if "log_group_arn" in args:
            targets["log"] = (args["log_group_arn"], None)
        for target, (arn, role) in targets.items():
            aws.cloudwatch.EventTarget(
                f"{name}-{target}",
                rule=rule.name,
                event_bus_name=bus.name,
                region=place,
                target_id=target,
                arn=arn,
                role_arn=role,
                dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(
                    arn=args["dead_letters_arn"]
                ),
                opts=child(self),
            )
        minutes = args.get("silence_minutes")
        if minutes is not None:
            aws.cloudwatch.MetricAlarm(
                f"{name}-silent",
                name=f"{args['archive']}-silent",
                alarm_description=f"No event for {minutes} minutes: the sender stopped, or was stopped. "
                "Look at its log stream or collector, and fetch what is missing.",
                region=place,
                namespace="AWS/Events",
                metric_name="MatchedEvents",
                dimensions={"EventBusName": bus.name, "RuleName": rule.name},
                statistic="Sum",
                comparison_operator="LessThanThreshold",
                threshold=1,
                period=300,
                evaluation_periods=minutes // 5,
                treat_missing_data="breaching",
                alarm_actions=[args["topic_arn"]],
                tags=args["tags"],
                opts=child(self),
            )
        self.bus_name = bus.name
        self.arn = bus.arn
        self.register_outputs(
            {"bus_name": self.bus_name, "arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: EventHubArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventHubArgs)
        found = [
            *checks.region(args["region"]),
            *checks.account(args["account_id"]),
            *(fault for account in args["senders"] for fault in checks.account(account, "senders")),
            *checks.tags(args["tags"]),
        ]
        if args["retention_days"] < checks.SIX_YEARS:
            found.append(f"retention_days {args['retention_days']}: write {checks.SIX_YEARS} or more")
        if not 1 <= len(args["archive"]) <= 44:
            found.append(f"archive {args['archive']!r}: 1 to 44 characters")
        if args["partner"] != args["bus"].startswith("aws.partner/"):
            found.append(f"bus {args['bus']!r}: a partner's bus, and no other, is named aws.partner/...")
        minutes = args.get("silence_minutes", 60)
        if not 5 <= minutes <= 1440 or minutes % 5:
            found.append(f"silence_minutes {minutes}: write 5 to 1440, a multiple of 5")
        checks.require(f"event hub {name}", found)


def _bus_policy(args: EventHubArgs) -> str:
    """Accounts of the organisation, or the named ones, put events; nobody else."""
    arn = arns.event_bus(args["account_id"], args["region"], args["bus"])
    partition = arns.partition(args["region"])
    conditions: Conditions = (
        {"StringEquals": {"aws:PrincipalOrgID": args["organization_id"]}} if "organization_id" in args else {}
    )
    return document(
        f"policy of bus {args['bus']}",
        [
            allow(
                "OwnAccountsPutEvents",
                ("events:PutEvents",),
                resources=(arn,),
                principals={"AWS": [arns.account_root(sender, partition) for sender in args["senders"]]},
                conditions=conditions,
            )
        ],
        TOPIC_LIMIT,
    )
