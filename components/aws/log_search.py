"""Search over the log archive and the activity logs: an Athena workgroup, tables and saved queries."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.hardened_bucket import BucketSpec, abort_uploads, declare, expire_logs
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.bucket_policy import store_policy
from billing_identity.components.aws.policies.refusals import Store


class LogTableArgs(TypedDict):
    """One table: files under a prefix, partitioned by projection, so that no crawler is needed."""

    description: str
    location: str
    """`s3://bucket/prefix/`."""
    columns: list[list[str]]
    """Pairs of name and Hive type."""
    partitions: list[list[str]]
    """Pairs of name and Hive type."""
    parameters: dict[str, str]
    """Table parameters; `projection.*` among them."""
    input_format: str
    """Class that reads the files."""
    serde: str
    """Class of the serialisation library."""
    serde_parameters: NotRequired[dict[str, str]]
    """Parameters of the class that takes lines apart."""


class LogSearchArgs(TypedDict):
    """Arguments of LogSearch."""

    workgroup: str
    """Name of the workgroup of Athena."""
    database: str
    """Lower-case letters, digits and underscores."""
    region: str
    account_id: str
    keys_account_id: str
    key_arn: pulumi.Input[str]
    """Key of the results."""
    results_bucket: str
    """Bucket that takes the results: they are what a review of the logs looked at."""
    retention_days: int
    """2,192 at least."""
    log_bucket: str
    """Takes that bucket's access logs; same account and Region."""
    deployers: list[str]
    organization_id: NotRequired[str]
    scan_limit_gigabytes: int
    """Bytes that one query may read, in GB; 1 to 10,000. A mistake costs no more."""
    tables: dict[str, LogTableArgs]
    """Tables over the logs."""
    queries: dict[str, str]
    """Text by name; the first line is a comment that says what is asked."""
    tags: dict[str, str]


class LogSearch(pulumi.ComponentResource):
    """Workgroup whose settings hold for every query: results are kept, under the key.

    Raises ComponentInputError for a database name that Glue refuses, a query without its question and missing
    tags.
    """

    workgroup_name: pulumi.Output[str]
    database_name: pulumi.Output[str]

    def __init__(self, name: str, args: LogSearchArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:LogSearch", name, {}, protected(opts))
        region = args["region"]
        results = args["results_bucket"]
        store = declare(
            self,
            f"{name}-results",
            BucketSpec(
                bucket=results,
                region=region,
                policy=store_policy(
                    Store(
                        bucket=results,
                        region=region,
                        keys_account=args["keys_account_id"],
                        deployers=args["deployers"],
                        organization_id=args.get("organization_id"),
                        accounts=[args["account_id"]],
                    )
                ),
                tags=args["tags"],
                key_arn=args["key_arn"],
                lock=None,
                lifecycle=[abort_uploads(), expire_logs(args["retention_days"])],
                log_bucket=args["log_bucket"],
                events=False,
            ),
        )
        workgroup = aws.athena.Workgroup(
            name,
            name=args["workgroup"],
            description="Questions to the audit trail and the activity logs",
            region=region,
            state="ENABLED",
            force_destroy=False,
            configuration=aws.athena.WorkgroupConfigurationArgs(
                enforce_workgroup_configuration=True,
                publish_cloudwatch_metrics_enabled=True,
                bytes_scanned_cutoff_per_query=args["scan_limit_gigabytes"] * 1024**3,
                result_configuration=aws.athena.WorkgroupConfigurationResultConfigurationArgs(
                    output_location=f"s3://{results}/",
                    expected_bucket_owner=args["account_id"],
                    encryption_configuration=aws.athena.WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs(
                        encryption_option="SSE_KMS", kms_key_arn=args["key_arn"]
                    ),
                ),
            ),
            tags=args["tags"],
            opts=child(self, after=store.hardening),
        )
        database = aws.glue.CatalogDatabase(
            name,
            name=args["database"],
            catalog_id=args["account_id"],
            description="Audit trail and activity logs",
            region=region,
            tags=args["tags"],
            opts=child(self),
        )
        tables = [
            _table(self, f"{name}-{table}", table, spec, args, database.name)
            for table, spec in args["tables"].items()
        ]
        for query, text in args["queries"].items():
            aws.athena.NamedQuery(
                f"{name}-{query}",
                name=query,
                description=text.splitlines()[0].removeprefix("--").strip(),
                database=database.name,
                workgroup=workgroup.name,
                query=text,
                region=region,
                opts=child(self, after=tables, loose=True),
            )
        self.workgroup_name = workgroup.name
        self.database_name = database.name
        self.register_outputs(
            {
                "workgroup_name": self.workgroup_name,
                "database_name": self.database_name,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: LogSearchArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, LogSearchArgs)
        found = [
            *checks.region(args["region"]),
            *checks.account(args["account_id"]),
            *checks.account(args["keys_account_id"], "keys_account_id"),
            *checks.bucket_name(args["results_bucket"]),
            *checks.role_patterns(args["deployers"], "deployers"),
            *checks.tags(args["tags"]),
        ]
        plain = args["database"].replace("_", "")
        if not (plain.isascii() and plain.isalnum() and plain == plain.lower()):
            found.append(f"database {args['database']!r}: lower-case letters, digits and underscores")
        if args["retention_days"] < checks.SIX_YEARS:
            found.append(f"retention_days {args['retention_days']}: write {checks.SIX_YEARS} or more")
        found += [
            f"query {query}: begin it with a line `-- question`"
            for query, text in args["queries"].items()
            if not text.startswith("-- ")
        ]
        if not 1 <= args["scan_limit_gigabytes"] <= 10000:
            found.append(f"scan_limit_gigabytes {args['scan_limit_gigabytes']}: write 1 to 10000")
        checks.require(f"log search {name}", found)


def _table(
    parent: pulumi.Resource,
    name: str,
    table: str,
    spec: LogTableArgs,
    args: LogSearchArgs,
    database: pulumi.Output[str],
) -> pulumi.Resource:
    column = aws.glue.CatalogTableStorageDescriptorColumnArgs
    return aws.glue.CatalogTable(
        name,
        name=table,
        database_name=database,
        catalog_id=args["account_id"],
        region=args["region"],
        description=spec["description"],
        table_type="EXTERNAL_TABLE",
        parameters={"EXTERNAL": "TRUE", **spec["parameters"]},
        partition_keys=[
            aws.glue.CatalogTablePartitionKeyArgs(name=key, type=kind) for key, kind in spec["partitions"]
        ],
        storage_descriptor=aws.glue.CatalogTableStorageDescriptorArgs(
            location=spec["location"],
            input_format=spec["input_format"],
            output_format="org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
            columns=[column(name=key, type=kind) for key, kind in spec["columns"]],
            ser_de_info=aws.glue.CatalogTableStorageDescriptorSerDeInfoArgs(
                serialization_library=spec["serde"], parameters=spec.get("serde_parameters", {})
            ),
        ),
        opts=child(parent),
    )
