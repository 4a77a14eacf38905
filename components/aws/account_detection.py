"""Detection in one account and Region: GuardDuty, Security Hub, Config with its HIPAA pack, unused access."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import arns, checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.conformance import RULES, template

FEATURES = (
    *("S3_DATA_EVENTS", "EBS_MALWARE_PROTECTION", "RDS_LOGIN_EVENTS", "LAMBDA_NETWORK_LOGS"),
    "RUNTIME_MONITORING",
)
"""Features of GuardDuty that are on. EKS_RUNTIME_MONITORING, the older one, excludes the general one."""
AGENTS = ("EC2_AGENT_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT")
"""Agents of runtime monitoring that GuardDuty installs by itself: all it has. It gives every one back, so one
that is not declared would be a change at each `up` (the provider's detector_feature.go)."""
STANDARDS = ("aws-foundational-security-best-practices/v/1.0.0", "nist-800-53/v/5.0.0")
"""Standards of Security Hub, by the end of their ARN. There is none for HIPAA: the conformance pack is."""


class AccountDetectionArgs(TypedDict):
    """Arguments of AccountDetection."""

    region: str
    home: bool
    """True in one Region of the account: global resources are recorded and access is analysed there."""
    recorder_role_arn: str
    """Role of AWS Config in the account."""
    archive_bucket: str
    """Bucket that takes configuration snapshots; its policy already lets Config of this account write."""
    key_arn: pulumi.Input[str]
    """Key of the archive."""
    retention_days: int
    """2,192 to 2,557."""
    unused_days: int
    """Days after which access that nobody used is reported; 1 to 365."""
    parameters: dict[str, str]
    """Parameters of the conformance pack, by name; see policies/conformance.py."""
    tags: dict[str, str]


class AccountDetection(pulumi.ComponentResource):
    """Everything is on, nothing by default: Security Hub's own choice of standards is switched off.

    Raises ComponentInputError for a retention that Config can't keep, unknown parameters and missing tags.
    """

    def __init__(
        self, name: str, args: AccountDetectionArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:AccountDetection", name, {}, protected(opts))
        self._guardduty(name, args)
        self._config(name, args)
        region = args["region"]
        hub = aws.securityhub.Account(
            name,
            region=region,
            enable_default_standards=False,
            auto_enable_controls=True,
            control_finding_generator="SECURITY_CONTROL",
            opts=child(self),
        )
        for standard in STANDARDS:
            aws.securityhub.StandardsSubscription(
                f"{name}-{standard.split('/')[0]}",
                standards_arn=f"arn:{arns.partition(region)}:securityhub:{region}::standards/{standard}",
                region=region,
                opts=child(self, after=[hub]),
            )
        if args["home"]:
            aws.accessanalyzer.Analyzer(
                f"{name}-unused",
                analyzer_name="unused-access",
                type="ACCOUNT_UNUSED_ACCESS",
                region=region,
                configuration=aws.accessanalyzer.AnalyzerConfigurationArgs(
                    unused_access=aws.accessanalyzer.AnalyzerConfigurationUnusedAccessArgs(
                        unused_access_age=args["unused_days"]
                    )
                ),
                tags=args["tags"],
                opts=child(self, replace_first=True, loose=True),
            )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    def _guardduty(self, name: str, args: AccountDetectionArgs) -> None:
        detector = aws.guardduty.Detector(
            name,
            enable=True,
            finding_publishing_frequency="FIFTEEN_MINUTES",
            region=args["region"],
            tags=args["tags"],
            opts=child(self),
        )
        for feature in FEATURES:
            aws.guardduty.DetectorFeature(
                f"{name}-{feature.lower().replace('_', '-')}",
                detector_id=detector.id,
                name=feature,
                status="ENABLED",
                region=args["region"],
                additional_configurations=[
                    aws.guardduty.DetectorFeatureAdditionalConfigurationArgs(name=agent, status="ENABLED")
                    for agent in AGENTS
                ]
                if feature == "RUNTIME_MONITORING"
                else None,
                opts=child(self, loose=True),
            )

    def _config(self, name: str, args: AccountDetectionArgs) -> None:
        region = args["region"]
        recorder = aws.cfg.Recorder(
            name,
            name="default",
            region=region,
            role_arn=args["recorder_role_arn"],
            recording_group=aws.cfg.RecorderRecordingGroupArgs(
                all_supported=True, include_global_resource_types=args["home"]
            ),
            opts=child(self),
        )
        channel = aws.cfg.DeliveryChannel(
            name,
            name="default",
            region=region,
            s3_bucket_name=args["archive_bucket"],
            s3_kms_key_arn=args["key_arn"],
            snapshot_delivery_properties=aws.cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs(
                delivery_frequency="TwentyFour_Hours"
            ),
            opts=child(self, after=[recorder]),
        )
        status = aws.cfg.RecorderStatus(
            name, name="default", region=region, is_enabled=True, opts=child(self, after=[channel])
        )
        aws.cfg.RetentionConfiguration(
            name, retention_period_in_days=args["retention_days"], region=region, opts=child(self)
        )
        aws.cfg.ConformancePack(
            name,
            name="hipaa-safeguards",
            region=region,
            template_body=template(),
            input_parameters=[
                aws.cfg.ConformancePackInputParameterArgs(parameter_name=key, parameter_value=value)
                for key, value in sorted(args["parameters"].items())
            ],
            opts=child(self, after=[status]),
        )

    @staticmethod
    def check(name: str, args: AccountDetectionArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, AccountDetectionArgs)
        known = {parameter for rule in RULES for parameter in rule.parameters}
        found = [
            *checks.region(args["region"]),
            *checks.role_patterns([args["recorder_role_arn"]], "recorder_role_arn"),
            *checks.bucket_name(args["archive_bucket"]),
            *checks.tags(args["tags"]),
            *(
                f"parameter {key!r}: write one of {', '.join(sorted(known))}"
                for key in args["parameters"]
                if key not in known
            ),
        ]
        if not checks.SIX_YEARS <= args["retention_days"] <= 2557:
            found.append(
                f"retention_days {args['retention_days']}: AWS Config keeps {checks.SIX_YEARS} to 2557"
            )
        if not 1 <= args["unused_days"] <= 365:
            found.append(f"unused_days {args['unused_days']}: write 1 to 365")
        checks.require(f"detection {name}", found)
