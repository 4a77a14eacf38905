"""An encrypted topic through which alarms reach people."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.document import TOPIC_LIMIT, allow, deny, document


class AlarmTopicArgs(TypedDict):
    """Arguments of AlarmTopic."""

    topic: str
    """Name in SNS."""
    region: str
    account_id: str
    key_arn: pulumi.Input[str]
    """Key whose policy allows the `alarms` service; the AWS managed key can't be used by alarms."""
    tags: dict[str, str]


class AlarmTopic(pulumi.ComponentResource):
    """Topic for CloudWatch alarms and EventBridge rules of its own account. Subscriptions are made elsewhere.

    Raises ComponentInputError for an account or Region that is none and for missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: AlarmTopicArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        policy = topic_policy(args["topic"], args["account_id"], args["region"])
        super().__init__("billing-identity:aws:AlarmTopic", name, {}, protected(opts))
        topic = aws.sns.Topic(
            name,
            name=args["topic"],
            region=args["region"],
            kms_master_key_id=args["key_arn"],
            signature_version=2,
            tags=args["tags"],
            opts=child(self),
        )
        aws.sns.TopicPolicy(name, arn=topic.arn, region=args["region"], policy=policy, opts=child(self))
        self.arn = topic.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: AlarmTopicArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AlarmTopicArgs)
        checks.require(
            f"topic {name}",
            [
                *checks.account(args["account_id"]),
                *checks.region(args["region"]),
                *checks.tags(args["tags"]),
            ],
        )


def topic_policy(topic: str, account: str, region: str) -> str:
    """Policy of an alarm topic: alarms and rules of the account publish, over TLS."""
    arn = arns.topic(account, region, topic)
    partition = arns.partition(region)
    return document(
        f"policy of topic {topic}",
        [
            allow(
                "AlarmsOfThisAccountPublish",
                ("sns:Publish",),
                resources=(arn,),
                principals={"Service": ["cloudwatch.amazonaws.com"]},
                conditions={
                    "ArnLike": {"aws:SourceArn": f"arn:{partition}:cloudwatch:{region}:{account}:alarm:*"},
                    "StringEquals": {"aws:SourceAccount": account},
                },
            ),
            allow(
                "RulesOfThisAccountPublish",
                ("sns:Publish",),
                resources=(arn,),
                principals={"Service": ["events.amazonaws.com"]},
                conditions={
                    "ArnLike": {"aws:SourceArn": f"arn:{partition}:events:{region}:{account}:rule/*"}
                },
            ),
            deny(
                "NothingWithoutTls",
                ("sns:Publish", "sns:Subscribe"),
                resources=(arn,),
                conditions={"Bool": {"aws:SecureTransport": "false"}},
            ),
        ],
        TOPIC_LIMIT,
    )
