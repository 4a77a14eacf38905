"""An encrypted queue that named services of the account send to: dead letters, or notices for a SIEM."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.document import TOPIC_LIMIT, allow, deny, document


class LogQueueArgs(TypedDict):
    """Arguments of LogQueue."""

    queue: str
    """Name, at most 80 characters."""
    region: str
    account_id: str
    key_arn: pulumi.Input[str]
    """Key whose policy already allows EventBridge."""
    tags: dict[str, str]


class LogQueue(pulumi.ComponentResource):
    """Queue that EventBridge rules and buses of its own account send to; messages stay for 14 days.

    Raises ComponentInputError for a name that SQS refuses and for missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: LogQueueArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        account, region = args["account_id"], args["region"]
        partition = arns.partition(region)
        arn = arns.queue(account, region, args["queue"])
        policy = document(
            f"policy of queue {args['queue']}",
            [
                allow(
                    "RulesOfThisAccountSend",
                    ("sqs:SendMessage",),
                    resources=(arn,),
                    principals={"Service": ["events.amazonaws.com"]},
                    conditions={
                        "ArnLike": {
                            "aws:SourceArn": [
                                f"arn:{partition}:events:{region}:{account}:event-bus/*",
                                f"arn:{partition}:events:{region}:{account}:rule/*",
                            ]
                        }
                    },
                ),
                deny(
                    "NothingWithoutTls",
                    ("sqs:*",),
                    resources=(arn,),
                    conditions={"Bool": {"aws:SecureTransport": "false"}},
                ),
            ],
            TOPIC_LIMIT,
        )
        super().__init__("billing-identity:aws:LogQueue", name, {}, protected(opts))
        queue = aws.sqs.Queue(
            name,
            name=args["queue"],
            region=region,
            kms_master_key_id=args["key_arn"],
            message_retention_seconds=1209600,
            policy=policy,
            tags=args["tags"],
            opts=child(self),
        )
        self.arn = queue.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: LogQueueArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, LogQueueArgs)
        found = [
            *checks.account(args["account_id"]),
            *checks.region(args["region"]),
            *checks.tags(args["tags"]),
        ]
        if not 1 <= len(args["queue"]) <= 80:
            found.append(f"queue {args['queue']!r}: 1 to 80 characters")
        checks.require(f"queue {name}", found)
