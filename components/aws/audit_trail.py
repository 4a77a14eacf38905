"""The audit trail: every management event of all Regions, and every access to the ePHI stores."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected


class AuditTrailArgs(TypedDict):
    """Arguments of AuditTrail."""

    trail: str
    """Name in CloudTrail: 3 to 128 letters, digits, dots, hyphens, underscores."""
    region: str
    """Home Region."""
    bucket: pulumi.Input[str]
    """Archive; its policy must already let this trail write."""
    key_arn: pulumi.Input[str]
    """Key whose policy already allows CloudTrail for this trail."""
    log_group_arn: str
    """ARN of the log group that gets a copy, without `:*`."""
    log_role_arn: pulumi.Input[str]
    """ARN of the role with which the trail writes to the log group."""
    organization: bool
    """True for a trail over all accounts of the organisation, from its management or delegated account."""
    object_prefixes: list[str]
    """Prefixes of the names of the buckets whose object events are recorded.

    One prefix that all ePHI stores share covers those to come as well, and keeps the trail within its quota.
    """
    tags: dict[str, str]
    insights: NotRequired[bool]
    """True by default; false only where CloudTrail has no insights (GovCloud)."""


class AuditTrail(pulumi.ComponentResource):
    """Multi-Region trail with validated, encrypted files.

    Management events are named beside the data events: advanced selectors replace the default, which would
    otherwise silently stop them. Raises ComponentInputError for a bad name, no prefix, and
    missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: AuditTrailArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        prefixes = sorted(set(args["object_prefixes"]))
        partition = arns.partition(args["region"])

        super().__init__("billing-identity:aws:AuditTrail", name, {}, protected(opts))
        field = aws.cloudtrail.TrailAdvancedEventSelectorFieldSelectorArgs
        trail = aws.cloudtrail.Trail(
            name,
            name=args["trail"],
            region=args["region"],
            s3_bucket_name=args["bucket"],
            kms_key_id=args["key_arn"],
            is_multi_region_trail=True,
            is_organization_trail=args["organization"],
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            cloud_watch_logs_group_arn=f"{args['log_group_arn']}:*",
            cloud_watch_logs_role_arn=args["log_role_arn"],
            insight_selectors=[
                aws.cloudtrail.TrailInsightSelectorArgs(insight_type=kind)
                for kind in ("ApiCallRateInsight", "ApiErrorRateInsight")
                if args.get("insights", True)
            ],
            advanced_event_selectors=[
                aws.cloudtrail.TrailAdvancedEventSelectorArgs(
                    name="management-events",
                    field_selectors=[field(field="eventCategory", equals=["Management"])],
                ),
                aws.cloudtrail.TrailAdvancedEventSelectorArgs(
                    name="ephi-object-events",
                    field_selectors=[
                        field(field="eventCategory", equals=["Data"]),
                        field(field="resources.type", equals=["AWS::S3::Object"]),
                        field(
                            field="resources.ARN",
                            starts_withs=[arns.bucket(prefix, partition) for prefix in prefixes],
                        ),
                    ],
                ),
            ],
            tags=args["tags"],
            opts=child(self),
        )
        self.arn = trail.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: AuditTrailArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AuditTrailArgs)
        prefixes = sorted(set(args["object_prefixes"]))
        found = [
            *checks.region(args["region"]),
            *checks.tags(args["tags"]),
            *(fault for prefix in prefixes for fault in checks.bucket_name(prefix.rstrip("-"))),
        ]
        if not prefixes:
            found.append("object_prefixes: empty; name the prefix of the ePHI stores")
        if not 3 <= len(args["trail"]) <= 128:
            found.append(f"trail {args['trail']!r}: 3 to 128 characters")
        if args["log_group_arn"].endswith(":*"):
            found.append("log_group_arn: write it without `:*`")
        checks.require(f"trail {name}", found)
