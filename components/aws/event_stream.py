"""Delivery of events into a bucket, as compressed JSON lines by day."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected

PREFIX = "events/"
"""Folder of delivered events, below it `day=YYYY-MM-DD/`."""


class EventStreamArgs(TypedDict):
    """Arguments of EventStream."""

    stream: str
    """Name, at most 64 characters."""
    region: str
    bucket: str
    role_arn: str
    """Role that Firehose takes on."""
    key_arn: pulumi.Input[str]
    tags: dict[str, str]


class EventStream(pulumi.ComponentResource):
    """A delivery stream that buffers five minutes at most and encrypts what it writes with the key.

    Raises ComponentInputError for a bad name or bucket and missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: EventStreamArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:EventStream", name, {}, protected(opts))
        stream = aws.kinesis.FirehoseDeliveryStream(
            name,
            name=args["stream"],
            region=args["region"],
            destination="extended_s3",
            extended_s3_configuration=aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationArgs(
                bucket_arn=arns.bucket(args["bucket"], arns.partition(args["region"])),
                role_arn=args["role_arn"],
                kms_key_arn=args["key_arn"],
                prefix=f"{PREFIX}day=!{{timestamp:yyyy-MM-dd}}/",
                error_output_prefix="failed-events/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/",
                buffering_interval=300,
                buffering_size=64,
                compression_format="GZIP",
                processing_configuration=aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationArgs(
                    enabled=True,
                    processors=[
                        aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorArgs(
                            type="AppendDelimiterToRecord",
                            parameters=[
                                aws.kinesis.FirehoseDeliveryStreamExtendedS3ConfigurationProcessingConfigurationProcessorParameterArgs(
                                    parameter_name="Delimiter", parameter_value="\\n"
                                )
                            ],
                        )
                    ],
                ),
            ),
            server_side_encryption=aws.kinesis.FirehoseDeliveryStreamServerSideEncryptionArgs(
                enabled=True, key_type="CUSTOMER_MANAGED_CMK", key_arn=args["key_arn"]
            ),
            tags=args["tags"],
            opts=child(self),
        )
        self.arn = stream.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: EventStreamArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EventStreamArgs)
        found = [
            *checks.bucket_name(args["bucket"]),
            *checks.region(args["region"]),
            *checks.role_patterns([args["role_arn"]], "role_arn"),
            *checks.tags(args["tags"]),
        ]
        if not 1 <= len(args["stream"]) <= 64:
            found.append(f"stream {args['stream']!r}: 1 to 64 characters")
        checks.require(f"stream {name}", found)
