"""Documents of the roles that move logs: delivery of events, collectors, an outside SIEM."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import INLINE_LIMIT, TRUST_LIMIT, allow, document


def event_delivery(bucket: str, keys: str, region: str) -> str:
    """What Firehose needs to write into a bucket of its account under keys of the keys account (`keys`)."""
    arn = arns.bucket(bucket, arns.partition(region))
    return document(
        "event delivery",
        [
            allow(
                "FindTheBucket",
                ("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"),
                resources=(arn,),
            ),
            allow(
                "WriteEvents",
                ("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                resources=(f"{arn}/events/*", f"{arn}/failed-events/*"),
            ),
            allow(
                "EncryptThem",
                ("kms:Decrypt", "kms:GenerateDataKey"),
                resources=(keys,),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
            ),
        ],
        INLINE_LIMIT,
    )


def put_to_stream(stream_arn: str) -> str:
    """What EventBridge needs to hand events to a delivery stream."""
    return document(
        "events to stream",
        [allow("PutEvents", ("firehose:PutRecord", "firehose:PutRecordBatch"), resources=(stream_arn,))],
        INLINE_LIMIT,
    )


def put_to_bus(bus_arn: str) -> str:
    """What EventBridge of one account needs to hand events to the bus of another."""
    return document(
        "events to bus", [allow("PutEvents", ("events:PutEvents",), resources=(bus_arn,))], INLINE_LIMIT
    )


def collector(bucket: str, folders: Sequence[str], bus_arn: str, keys: str, region: str) -> str:
    """What collectors need: to add files below their folders, and to put events that they fetched."""
    arn = arns.bucket(bucket, arns.partition(region))
    return document(
        "log collector",
        [
            allow(
                "AddFiles",
                ("s3:PutObject",),
                resources=[f"{arn}/activity/source={folder}/*" for folder in folders],
            ),
            allow(
                "EncryptThem",
                ("kms:GenerateDataKey",),
                resources=(keys,),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
            ),
            allow(
                "PutFetchedEvents",
                ("events:PutEvents",),
                resources=(bus_arn,),
                conditions={"StringEquals": {"events:source": "entra"}},
            ),
        ],
        INLINE_LIMIT,
    )


def take_on(role_arn: str) -> str:
    """To take on one role, and nothing else."""
    return document(
        "log export",
        [allow("TakeOnTheCollector", ("sts:AssumeRole",), resources=(role_arn,))],
        INLINE_LIMIT,
    )


def role_trust(
    account: str, roles: Sequence[str], partition: str = "aws", organization_id: str | None = None
) -> str:
    """Trust in named roles of an account: by condition, since they may not exist yet. With `organization_id`
    the account must be in that organisation, also after it has left."""
    conditions: dict[str, dict[str, list[str]]] = {"ArnLike": {"aws:PrincipalArn": list(roles)}}
    if organization_id is not None:
        conditions["StringEquals"] = {"aws:PrincipalOrgID": [organization_id]}
    return document(
        "trust in roles",
        [
            allow(
                "OnlyTheseRoles",
                ("sts:AssumeRole",),
                principals={"AWS": [arns.account_root(account, partition)]},
                conditions=conditions,
            )
        ],
        TRUST_LIMIT,
    )


def outside_trust(account: str, external_id: str, partition: str = "aws") -> str:
    """Trust in an outside account that says the agreed id, so that it can't be talked into it for another."""
    return document(
        "trust in an outside account",
        [
            allow(
                "OnlyWithTheAgreedId",
                ("sts:AssumeRole",),
                principals={"AWS": [arns.account_root(account, partition)]},
                conditions={"StringEquals": {"sts:ExternalId": external_id}},
            )
        ],
        TRUST_LIMIT,
    )


def siem_reader(buckets: Sequence[str], queue_arn: str, keys: str, region: str) -> str:
    """What an outside SIEM needs: notices from the queue, and the files that they name."""
    partition = arns.partition(region)
    return document(
        "outside SIEM",
        [
            allow(
                "TakeNotices",
                (
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ),
                resources=(queue_arn,),
            ),
            allow(
                "ReadLogFiles",
                ("s3:GetObject",),
                resources=[f"{arns.bucket(bucket, partition)}/*" for bucket in buckets],
            ),
            allow(
                "DecryptThem",
                ("kms:Decrypt",),
                resources=(keys,),
                conditions={
                    "StringEquals": {
                        "kms:ViaService": [f"s3.{region}.amazonaws.com", f"sqs.{region}.amazonaws.com"]
                    }
                },
            ),
        ],
        INLINE_LIMIT,
    )


def logs_from_events(log_groups: Sequence[str]) -> str:
    """Resource policy of log groups (ARNs) that EventBridge rules write to."""
    return document(
        "events to log groups",
        [
            allow(
                "EventBridgeWrites",
                ("logs:CreateLogStream", "logs:PutLogEvents"),
                resources=[f"{group}:*" for group in log_groups],
                principals={"Service": ["delivery.logs.amazonaws.com", "events.amazonaws.com"]},
            )
        ],
        5120,
    )
