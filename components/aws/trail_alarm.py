"""An alarm on events of the audit trail: a metric filter on its log group, and an alarm that tells a
topic."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class TrailAlarmArgs(TypedDict):
    """Arguments of TrailAlarm."""

    alarm: str
    """Name of the alarm and of its metric."""
    description: str
    """What happened and what to do first; people read it in the middle of the night."""
    namespace: str
    """Namespace of the metric."""
    region: str
    log_group: pulumi.Input[str]
    pattern: str
    """CloudWatch Logs filter pattern over CloudTrail's JSON."""
    count: int
    """Events within the window that raise the alarm; 1 at least."""
    window_minutes: int
    """1 to 1440."""
    topic_arn: pulumi.Input[str]
    tags: dict[str, str]


class TrailAlarm(pulumi.ComponentResource):
    """Metric filter and alarm that share their names, so that neither watches for what the other does not
    write.

    Raises ComponentInputError for an empty pattern, a count below 1, a window outside a day and missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: TrailAlarmArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        pattern = args["pattern"].strip()

        super().__init__("billing-identity:aws:TrailAlarm", name, {}, protected(opts))
        counted = aws.cloudwatch.LogMetricFilter(
            name,
            name=args["alarm"],
            region=args["region"],
            log_group_name=args["log_group"],
            pattern=pattern,
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                name=args["alarm"], namespace=args["namespace"], value="1", default_value="0"
            ),
            opts=child(self),
        )
        alarm = aws.cloudwatch.MetricAlarm(
            name,
            name=args["alarm"],
            region=args["region"],
            alarm_description=args["description"],
            namespace=args["namespace"],
            metric_name=args["alarm"],
            statistic="Sum",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=args["count"],
            period=args["window_minutes"] * 60,
            evaluation_periods=1,
            treat_missing_data="notBreaching",
            actions_enabled=True,
            alarm_actions=[args["topic_arn"]],
            tags=args["tags"],
            opts=child(self, after=[counted]),
        )
        self.arn = alarm.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: TrailAlarmArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, TrailAlarmArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        pattern = args["pattern"].strip()
        if not (pattern.startswith("{") and pattern.endswith("}") and len(pattern) <= 1024):
            found.append(f"pattern {pattern!r}: write a filter in braces, at most 1024 characters")
        if args["count"] < 1:
            found.append(f"count {args['count']}: write 1 or more")
        if not 1 <= args["window_minutes"] <= 1440:
            found.append(f"window_minutes {args['window_minutes']}: write 1 to 1440")
        checks.require(f"alarm {name}", found)
