"""Macie over the ePHI stores: a weekly look for sensitive data where it should not be so, or is not known."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class DataDiscoveryArgs(TypedDict):
    """Arguments of DataDiscovery."""

    region: str
    account_id: str
    buckets: list[str]
    """Names of the stores; at most 1,000."""
    sampling_percentage: int
    """1 to 100: how much of the new objects is read; its cost grows with it."""
    tags: dict[str, str]


class DataDiscovery(pulumi.ComponentResource):
    """Macie, switched on, and one weekly job over the stores.

    Raises ComponentInputError for no or too many stores, a bad percentage and missing tags.
    """

    def __init__(
        self, name: str, args: DataDiscoveryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:DataDiscovery", name, {}, protected(opts))
        account = aws.macie2.Account(
            name,
            region=args["region"],
            status="ENABLED",
            finding_publishing_frequency="FIFTEEN_MINUTES",
            opts=child(self),
        )
        aws.macie2.ClassificationJob(
            name,
            name=name,
            description="New objects of the ePHI stores, weekly",
            region=args["region"],
            job_type="SCHEDULED",
            initial_run=True,
            sampling_percentage=args["sampling_percentage"],
            schedule_frequency=aws.macie2.ClassificationJobScheduleFrequencyArgs(weekly_schedule="SUNDAY"),
            s3_job_definition=aws.macie2.ClassificationJobS3JobDefinitionArgs(
                bucket_definitions=[
                    aws.macie2.ClassificationJobS3JobDefinitionBucketDefinitionArgs(
                        account_id=args["account_id"], buckets=sorted(args["buckets"])
                    )
                ]
            ),
            tags=args["tags"],
            opts=child(self, after=[account], loose=True),
        )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: DataDiscoveryArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, DataDiscoveryArgs)
        found = [
            *checks.region(args["region"]),
            *checks.account(args["account_id"]),
            *checks.tags(args["tags"]),
            *(fault for bucket in args["buckets"] for fault in checks.bucket_name(bucket)),
        ]
        if not 1 <= len(args["buckets"]) <= 1000:
            found.append(f"buckets: {len(args['buckets'])}; a job takes 1 to 1000")
        if not 1 <= args["sampling_percentage"] <= 100:
            found.append(f"sampling_percentage {args['sampling_percentage']}: write 1 to 100")
        checks.require(f"discovery {name}", found)
