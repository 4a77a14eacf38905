"""A backup plan: what carries a tag is backed up on a schedule and copied to another vault."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.backup_vault import LEAST_DAYS
from billing_identity.components.aws.options import child, protected


class BackupPlanArgs(TypedDict):
    """Arguments of BackupPlan."""

    plan: str
    """Name of the plan, its rule and its selection."""
    region: str
    vault: str
    """Name of the vault, in the plan's account and Region."""
    copy_vault_arn: str
    """ARN of the vault that takes copies: another Region at least, another account where there is one."""
    role_arn: str
    """Role that AWS Backup takes on."""
    tag_key: str
    tag_value: str
    """What carries this tag is backed up."""
    schedule: str
    """`cron(...)` in UTC."""
    keep_days: int
    """Days for which backup and copy are kept; 35 or more."""
    topic_arn: NotRequired[str]
    """Topic that is told when no backup was finished in a day."""
    tags: dict[str, str]


class BackupPlan(pulumi.ComponentResource):
    """Plan, selection by tag, and an alarm for the day without a backup: a plan that stands still sends no
    event.

    Raises ComponentInputError for a copy in the plan's own Region, a schedule that is none, a retention below
    35 days and missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: BackupPlanArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:BackupPlan", name, {}, protected(opts))
        plan = aws.backup.Plan(
            name,
            name=args["plan"],
            region=args["region"],
            rules=[
                aws.backup.PlanRuleArgs(
                    rule_name=args["plan"],
                    target_vault_name=args["vault"],
                    schedule=args["schedule"],
                    schedule_expression_timezone="Etc/UTC",
                    start_window=60,
                    completion_window=720,
                    lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=args["keep_days"]),
                    copy_actions=[
                        aws.backup.PlanRuleCopyActionArgs(
                            destination_vault_arn=args["copy_vault_arn"],
                            lifecycle=aws.backup.PlanRuleCopyActionLifecycleArgs(
                                delete_after=args["keep_days"]
                            ),
                        )
                    ],
                    recovery_point_tags=args["tags"],
                )
            ],
            tags=args["tags"],
            opts=child(self),
        )
        aws.backup.Selection(
            name,
            name=args["plan"],
            plan_id=plan.id,
            region=args["region"],
            iam_role_arn=args["role_arn"],
            selection_tags=[
                aws.backup.SelectionSelectionTagArgs(
                    type="STRINGEQUALS", key=args["tag_key"], value=args["tag_value"]
                )
            ],
            opts=child(self),
        )
        topic = args.get("topic_arn")
        if topic is not None:
            aws.cloudwatch.MetricAlarm(
                name,
                name=f"{args['plan']}-not-backed-up",
                region=args["region"],
                alarm_description=f"No backup into {args['vault']} was finished for a day. Look at its jobs.",
                namespace="AWS/Backup",
                metric_name="NumberOfBackupJobsCompleted",
                # Published by vault alone and by vault and type (CloudWatch User Guide, "Supported
                # metrics for resource tags for telemetry", AWS::Backup::BackupVault, read on 2026-11-24).
                dimensions={"BackupVaultName": args["vault"]},
                statistic="Sum",
                comparison_operator="LessThanThreshold",
                threshold=1,
                period=86400,
                evaluation_periods=1,
                treat_missing_data="breaching",
                actions_enabled=True,
                alarm_actions=[topic],
                tags=args["tags"],
                opts=child(self),
            )
        self.arn = plan.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: BackupPlanArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, BackupPlanArgs)
        found = [
            *checks.region(args["region"]),
            *checks.role_patterns([args["role_arn"]], "role_arn"),
            *checks.tags(args["tags"]),
        ]
        parts = args["copy_vault_arn"].split(":")
        if len(parts) != 7 or parts[2] != "backup" or parts[5] != "backup-vault":
            found.append(f"copy_vault_arn {args['copy_vault_arn']!r}: write the ARN of a backup vault")
        elif parts[3] == args["region"]:
            found.append(f"copy_vault_arn: {parts[3]} is the plan's own Region; copy to another")
        if not (args["schedule"].startswith("cron(") and args["schedule"].endswith(")")):
            found.append(f"schedule {args['schedule']!r}: write cron(...), for example cron(0 6 ? * * *)")
        if args["keep_days"] < LEAST_DAYS:
            found.append(f"keep_days {args['keep_days']}: write {LEAST_DAYS} or more")
        checks.require(f"backup plan {name}", found)
