"""An alert on events of a bus: told at once, or counted by person until a threshold is reached."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.event_rule import pattern_faults
from billing_identity.components.aws.options import child, protected


class EventMatchArgs(TypedDict):
    """One kind of event that the alert is about."""

    bus: pulumi.Input[str]
    """Name of the bus."""
    kind: str
    """Short name of the sender, unique within the alert: `okta`, `entra`, `aws`."""
    pattern: str
    """JSON of the EventBridge pattern."""
    person: str
    """Path of the person's or program's id in the event: `$.detail.actor.id`."""
    what: str
    """Path of what happened: `$.detail.eventType`."""


class EventAlertArgs(TypedDict):
    """Arguments of EventAlert."""

    alert: str
    """Name of rules, metric and alarm; at most 48 characters."""
    title: str
    """What it means, in words; no quotes or line breaks."""
    severity: str
    """How urgent it is: `critical`, `high`, `medium` or `low`."""
    region: str
    matches: list[EventMatchArgs]
    """Events that it is about, by provider."""
    count: int
    """Events of one person within the window that raise the alarm; 1 tells of each event at once."""
    window_minutes: int
    """1 to 180: Metrics Insights looks back three hours."""
    namespace: str
    log_group: NotRequired[str]
    """Name of the log group in which events are counted; needed for a count above 1."""
    log_group_arn: NotRequired[str]
    topics: list[str]
    """ARNs of the topics that are told."""
    dead_letters_arn: str
    """ARN of the queue that keeps what could not be delivered."""
    tags: dict[str, str]


class EventAlert(pulumi.ComponentResource):
    """Rules on buses; with a count of 1 they tell the topics in a sentence, else an alarm counts by person.

    The count is the highest of any one person in the window (a Metrics Insights query), so many people with
    one failure each raise nothing. Raises ComponentInputError for no match, a pattern above 2,048 characters,
    a count above 1 without a log group, and missing tags.
    """

    def __init__(self, name: str, args: EventAlertArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EventAlert", name, {}, protected(opts))
        for match in args["matches"]:
            self._rule(f"{name}-{match['kind']}", args, match)
        if args["count"] > 1:
            self._alarm(name, args)
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    def _rule(self, name: str, args: EventAlertArgs, match: EventMatchArgs) -> None:
        region = args["region"]
        rule = aws.cloudwatch.EventRule(
            name,
            name=f"{args['alert']}-{match['kind']}",
            description=args["title"],
            event_bus_name=match["bus"],
            region=region,
            event_pattern=match["pattern"],
            # CloudTrail's read-only calls, taking on a role among them, reach no rule that is merely enabled,
            # on a custom bus as little as on the default one (EventBridge User Guide, "Receiving read-only
            # management events from AWS services").
            state=_ALL_CALLS if match["kind"] == "aws" else "ENABLED",
            tags=args["tags"],
            opts=child(self),
        )
        counted = args["count"] > 1
        destinations = [args.get("log_group_arn", "")] if counted else args["topics"]
        for index, arn in enumerate(destinations):
            aws.cloudwatch.EventTarget(
                f"{name}-{index}",
                rule=rule.name,
                event_bus_name=match["bus"],
                region=region,
                target_id=f"tell-{index}",
                arn=arn,
                input_transformer=None if counted else _sentence(args, match),
                dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(
                    arn=args["dead_letters_arn"]
                ),
                opts=child(self),
            )
        if counted:
            aws.cloudwatch.LogMetricFilter(
                name,
                name=f"{args['alert']}-{match['kind']}",
                region=region,
                log_group_name=args.get("log_group", ""),
                pattern=f"{{ {match['person']} = * }}",
                metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                    name=args["alert"],
                    namespace=args["namespace"],
                    value="1",
                    dimensions={"Person": match["person"]},
                ),
                opts=child(self),
            )

    def _alarm(self, name: str, args: EventAlertArgs) -> None:
        query = person_query(args["namespace"], args["alert"])
        aws.cloudwatch.MetricAlarm(
            name,
            name=args["alert"],
            region=args["region"],
            alarm_description=f"{args['severity']}: {args['title']} ({args['count']} within "
            f"{args['window_minutes']} minutes). The metric {args['alert']} names the person by id.",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=args["count"],
            evaluation_periods=1,
            treat_missing_data="notBreaching",
            metric_queries=[
                aws.cloudwatch.MetricAlarmMetricQueryArgs(
                    id="worst", expression=query, period=args["window_minutes"] * 60, return_data=True
                )
            ],
            alarm_actions=args["topics"],
            tags=args["tags"],
            opts=child(self),
        )

    @staticmethod
    def check(name: str, args: EventAlertArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventAlertArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        if not args["matches"]:
            found.append("matches: empty; say which events the alert is about")
        for match in args["matches"]:
            found += pattern_faults(match["pattern"], f"pattern of {match['kind']}")
        if not 1 <= len(args["alert"]) <= 48:
            found.append(f"alert {args['alert']!r}: 1 to 48 characters")
        if any(mark in args["title"] for mark in '"<>\n\\'):
            found.append(f"title {args['title']!r}: no quotes, brackets or line breaks")
        if not 1 <= args["window_minutes"] <= 180:
            found.append(f"window_minutes {args['window_minutes']}: write 1 to 180")
        if args["count"] < 1:
            found.append(f"count {args['count']}: write 1 or more")
        if args["count"] > 1 and not (args.get("log_group") and args.get("log_group_arn")):
            found.append("log_group: name the group in which events are counted")
        if not args["topics"]:
            found.append("topics: empty; an alert that nobody hears")
        checks.require(f"alert {name}", found)


_ALL_CALLS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def person_query(namespace: str, metric: str) -> str:
    """Metrics Insights query for the person with the most events; one series, as an alarm needs."""
    series = f'SELECT SUM("{metric}") FROM SCHEMA("{namespace}", Person)'  # noqa: S608 - no database
    return f"{series} GROUP BY Person ORDER BY SUM() DESC LIMIT 1"


def _sentence(args: EventAlertArgs, match: EventMatchArgs) -> aws.cloudwatch.EventTargetInputTransformerArgs:
    return aws.cloudwatch.EventTargetInputTransformerArgs(
        input_paths={
            "what": match["what"],
            "who": match["person"],
            "when": "$.time",
            "account": "$.account",
            "id": "$.id",
        },
        input_template=(
            f'"{args["severity"]}: {args["title"]} ({args["alert"]}). <what> by <who> at <when>, '
            'account <account>, event <id>."'
        ),
    )
