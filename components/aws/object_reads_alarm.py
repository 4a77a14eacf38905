"""An alarm on many reads of stored objects by one person, counted on the audit trail."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.event_alert import person_query
from billing_identity.components.aws.options import child, protected


class ObjectReadsAlarmArgs(TypedDict):
    """Arguments of ObjectReadsAlarm."""

    alarm: str
    """Name of filter, metric and alarm."""
    title: str
    """What is told, in a few words."""
    region: str
    log_group: str
    """Log group of the trail, which records object events."""
    bucket_prefix: str
    """What the names of the stores begin with."""
    count: int
    """Files that one person may read in the window before it is told."""
    window_minutes: int
    """1 to 180."""
    namespace: str
    topic_arn: str
    tags: dict[str, str]


class ObjectReadsAlarm(pulumi.ComponentResource):
    """The person with the most successful reads in the window decides.

    Raises ComponentInputError for a count below 1, a window outside three hours and missing tags.
    """

    def __init__(
        self, name: str, args: ObjectReadsAlarmArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:ObjectReadsAlarm", name, {}, protected(opts))
        aws.cloudwatch.LogMetricFilter(
            name,
            name=args["alarm"],
            region=args["region"],
            log_group_name=args["log_group"],
            pattern=reads_pattern(args["bucket_prefix"]),
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                name=args["alarm"],
                namespace=args["namespace"],
                value="1",
                dimensions={"Person": "$.userIdentity.principalId"},
            ),
            opts=child(self),
        )
        aws.cloudwatch.MetricAlarm(
            name,
            name=args["alarm"],
            region=args["region"],
            alarm_description=f"{args['title']} ({args['count']} within {args['window_minutes']} minutes). "
            "The metric names the person; the saved query mass-export shows what was taken.",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=args["count"],
            evaluation_periods=1,
            treat_missing_data="notBreaching",
            metric_queries=[
                aws.cloudwatch.MetricAlarmMetricQueryArgs(
                    id="worst",
                    expression=person_query(args["namespace"], args["alarm"]),
                    period=args["window_minutes"] * 60,
                    return_data=True,
                )
            ],
            alarm_actions=[args["topic_arn"]],
            tags=args["tags"],
            opts=child(self),
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: ObjectReadsAlarmArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, ObjectReadsAlarmArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        if args["count"] < 1:
            found.append(f"count {args['count']}: write 1 or more")
        if not 1 <= args["window_minutes"] <= 180:
            found.append(f"window_minutes {args['window_minutes']}: write 1 to 180")
        checks.require(f"alarm {name}", found)


def reads_pattern(bucket_prefix: str) -> str:
    """CloudWatch Logs filter pattern for successful reads from the stores."""
    return (
        "{ ($.eventSource = s3.amazonaws.com) && ($.eventName = GetObject) && ($.errorCode NOT EXISTS) && "
        f'($.requestParameters.bucketName = "{bucket_prefix}*") && ($.userIdentity.invokedBy NOT EXISTS) }}'
    )
