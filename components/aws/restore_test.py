"""Restores are tried on a schedule: a backup that was never restored is a hope."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected


class RestoreTestArgs(TypedDict):
    """Arguments of RestoreTest."""

    test: str
    """Name: letters, digits and underscores, 50 at most."""
    region: str
    vault_arns: list[str]
    """Vaults whose recovery points are tried; ARNs, patterns or `*`."""
    schedule: str
    """`cron(...)` in UTC."""
    window_days: int
    """The newest recovery point of these days is taken."""
    resource_type: str
    """`S3`, `RDS`, `EBS` ...; one a selection."""
    tag_key: str
    tag_value: str
    """Every resource with this tag is tried."""
    role_arn: str
    """Role that AWS Backup takes on to restore."""
    key_arn: pulumi.Input[str]
    """Key of what is restored; without it AWS Backup takes SSE-S3."""
    validation_hours: int
    """Hours for which a restored copy stays, 1 to 168; then AWS Backup deletes it."""
    tags: dict[str, str]


class RestoreTest(pulumi.ComponentResource):
    """Restore testing plan and selection.

    Raises ComponentInputError for a name that AWS Backup refuses, no vault, a schedule that is none, hours
    or days outside what it takes, and missing tags.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: RestoreTestArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:RestoreTest", name, {}, protected(opts))
        plan = aws.backup.RestoreTestingPlan(
            name,
            name=args["test"],
            region=args["region"],
            schedule_expression=args["schedule"],
            schedule_expression_timezone="Etc/UTC",
            start_window_hours=4,
            recovery_point_selection=aws.backup.RestoreTestingPlanRecoveryPointSelectionArgs(
                algorithm="LATEST_WITHIN_WINDOW",
                include_vaults=args["vault_arns"],
                recovery_point_types=["SNAPSHOT"],
                selection_window_days=args["window_days"],
            ),
            tags=args["tags"],
            opts=child(self),
        )
        aws.backup.RestoreTestingSelection(
            name,
            name=args["test"],
            region=args["region"],
            restore_testing_plan_name=plan.name,
            iam_role_arn=args["role_arn"],
            protected_resource_type=args["resource_type"],
            # The provider takes ARNs or conditions, not both (its restore_testing_selection.go), so no ["*"].
            protected_resource_conditions=aws.backup.RestoreTestingSelectionProtectedResourceConditionsArgs(
                string_equals=[
                    aws.backup.RestoreTestingSelectionProtectedResourceConditionsStringEqualArgs(
                        key=f"aws:ResourceTag/{args['tag_key']}", value=args["tag_value"]
                    )
                ]
            ),
            restore_metadata_overrides={"encryptionType": "SSE-KMS", "kmsKey": args["key_arn"]}
            if args["resource_type"] == "S3"
            else {"kmsKeyId": args["key_arn"]},
            validation_window_hours=args["validation_hours"],
            opts=child(self),
        )
        self.arn = plan.arn
        self.register_outputs({"arn": self.arn, "catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: RestoreTestArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, RestoreTestArgs)
        found = [
            *checks.region(args["region"]),
            *checks.role_patterns([args["role_arn"]], "role_arn"),
            *checks.tags(args["tags"]),
        ]
        if not 1 <= len(args["test"]) <= 50 or not args["test"].replace("_", "").isalnum():
            found.append(f"test {args['test']!r}: letters, digits and underscores, 50 at most")
        if not args["vault_arns"]:
            found.append("vault_arns: empty; name a vault")
        if not (args["schedule"].startswith("cron(") and args["schedule"].endswith(")")):
            found.append(f"schedule {args['schedule']!r}: write cron(...), for example cron(0 9 ? * 1#1 *)")
        if not 1 <= args["window_days"] <= 365:
            found.append(f"window_days {args['window_days']}: write 1 to 365")
        if not 1 <= args["validation_hours"] <= 168:
            found.append(f"validation_hours {args['validation_hours']}: write 1 to 168")
        checks.require(f"restore test {name}", found)
