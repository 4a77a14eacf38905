"""Flow and name look-up logs of a virtual network, into the activity bucket."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected

FIELDS = (
    *("version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol"),
    *("packets", "bytes", "start", "end", "action", "log-status", "vpc-id", "instance-id", "pkt-srcaddr"),
    *("pkt-dstaddr", "flow-direction"),
)
"""Fields of a flow record, in order; the table reads them in the same order."""


class NetworkLogsArgs(TypedDict):
    """Arguments of NetworkLogs."""

    vpc_id: str
    region: str
    bucket: str
    """Bucket whose policy already lets log delivery write for this account."""
    tags: dict[str, str]


class NetworkLogs(pulumi.ComponentResource):
    """Every flow, accepted or refused, and every name that the network asks for.

    Raises ComponentInputError for an id that is no network's and for missing tags.
    """

    def __init__(self, name: str, args: NetworkLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:NetworkLogs", name, {}, protected(opts))
        target = arns.bucket(args["bucket"], arns.partition(args["region"]))
        aws.ec2.FlowLog(
            name,
            vpc_id=args["vpc_id"],
            region=args["region"],
            traffic_type="ALL",
            log_destination_type="s3",
            log_destination=target,
            log_format=" ".join(f"${{{field}}}" for field in FIELDS),
            max_aggregation_interval=60,
            destination_options=aws.ec2.FlowLogDestinationOptionsArgs(
                file_format="plain-text", hive_compatible_partitions=False, per_hour_partition=False
            ),
            tags=args["tags"],
            opts=child(self),
        )
        config = aws.route53.ResolverQueryLogConfig(
            name,
            name=name,
            region=args["region"],
            destination_arn=target,
            tags=args["tags"],
            opts=child(self),
        )
        aws.route53.ResolverQueryLogConfigAssociation(
            name,
            resolver_query_log_config_id=config.id,
            resource_id=args["vpc_id"],
            region=args["region"],
            opts=child(self),
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: NetworkLogsArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, NetworkLogsArgs)
        found = [
            *checks.region(args["region"]),
            *checks.bucket_name(args["bucket"]),
            *checks.tags(args["tags"]),
        ]
        if not args["vpc_id"].startswith("vpc-"):
            found.append(f"vpc_id {args['vpc_id']!r}: write the id of a network, vpc-...")
        checks.require(f"network logs {name}", found)
