"""Where alerts go: pagers, tickets; and the two alarms that watch the alerts themselves."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected

WEEK = 7
"""Days. CloudWatch evaluates an alarm over seven days at most when its period is an hour or more."""


class AlertRoutingArgs(TypedDict):
    """Arguments of AlertRouting."""

    base: str
    """Beginning of the alarms' names."""
    region: str
    pages_arn: str
    """Topic of critical alerts."""
    tickets_arn: str
    """Topic of all alerts."""
    pager_urls: list[str]
    """HTTPS endpoints that confirm their subscription themselves."""
    ticket_url: str
    """HTTPS endpoint of the ticket system; empty for none."""
    weekly_pages: int
    """Critical messages a week within the budget for false alarms."""
    weekly_tickets: int
    """All messages a week within the budget."""
    undelivered_queue: str
    """Name of the queue of events that could not be delivered."""
    tags: dict[str, str]


class AlertRouting(pulumi.ComponentResource):
    """Subscriptions; an alarm for undelivered events; an alarm for each budget that is used up.

    Raises ComponentInputError for an address that is not HTTPS and a budget below 1.
    """

    def __init__(self, name: str, args: AlertRoutingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:AlertRouting", name, {}, protected(opts))
        hooks = [
            (f"pager-{number}", args["pages_arn"], url) for number, url in enumerate(args["pager_urls"], 1)
        ]
        if args["ticket_url"]:
            hooks.append(("tickets", args["tickets_arn"], args["ticket_url"]))
        for key, topic, url in hooks:
            aws.sns.TopicSubscription(
                f"{name}-{key}",
                topic=topic,
                protocol="https",
                endpoint=url,
                endpoint_auto_confirms=True,
                region=args["region"],
                opts=child(self, loose=True),
            )
        self._alarm(
            f"{name}-undelivered",
            args,
            f"{args['base']}-undelivered-events",
            "Events could not be delivered to their targets. They wait for 14 days in the queue.",
            ("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": args["undelivered_queue"]}),
            (300, 1, 1, "Maximum"),
        )
        for key, topic, budget in (
            ("pages", args["pages_arn"], args["weekly_pages"]),
            ("tickets", args["tickets_arn"], args["weekly_tickets"]),
        ):
            self._alarm(
                f"{name}-budget-{key}",
                args,
                f"{args['base']}-budget-{key}",
                f"More than {budget} messages this week: look at the thresholds in the access policy before "
                "people stop reading.",
                ("AWS/SNS", "NumberOfMessagesPublished", {"TopicName": topic.rsplit(":", 1)[-1]}),
                (86400 * WEEK, 1, budget + 1, "Sum"),
            )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    def _alarm(
        self,
        name: str,
        args: AlertRoutingArgs,
        alarm: str,
        description: str,
        metric: tuple[str, str, dict[str, str]],
        rule: tuple[int, int, int, str],
    ) -> None:
        period, periods, threshold, statistic = rule
        aws.cloudwatch.MetricAlarm(
            name,
            name=alarm,
            alarm_description=description,
            region=args["region"],
            namespace=metric[0],
            metric_name=metric[1],
            dimensions=metric[2],
            statistic=statistic,
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=threshold,
            period=period,
            evaluation_periods=periods,
            treat_missing_data="notBreaching",
            alarm_actions=[args["tickets_arn"]],
            tags=args["tags"],
            opts=child(self),
        )

    @staticmethod
    def check(name: str, args: AlertRoutingArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AlertRoutingArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        found += [
            f"address {url!r}: write an https:// address"
            for url in (*args["pager_urls"], args["ticket_url"])
            if url and not url.startswith("https://")
        ]
        if args["weekly_pages"] < 1 or args["weekly_tickets"] < 1:
            found.append("weekly_pages, weekly_tickets: write 1 or more")
        checks.require(f"alert routing {name}", found)
