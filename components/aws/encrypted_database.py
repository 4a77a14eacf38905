"""A relational database that is encrypted at rest and in transit, and that nobody deletes by accident."""

import re
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected

_NEW_TLS = "tls_version=TLSv1.2,TLSv1.3"
_LOGS = ("audit", "error", "slowquery")
ENGINES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "postgres": ("rds.force_ssl", "1", "ssl_min_protocol_version=TLSv1.2", ("postgresql", "upgrade")),
    "mysql": ("require_secure_transport", "1", _NEW_TLS, _LOGS),
    "mariadb": ("require_secure_transport", "1", _NEW_TLS, _LOGS),
    "sqlserver-se": ("rds.force_ssl", "1", "rds.tls10=disabled", ("agent", "error")),
    "sqlserver-ee": ("rds.force_ssl", "1", "rds.tls10=disabled", ("agent", "error")),
}
"""By engine: the parameter that refuses plain connections and its value, one that refuses old TLS, and the
logs that go to CloudWatch (RDS User Guide, "Using SSL/TLS" and "Publishing database logs" of each engine)."""

AUTHORITIES = ("rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1")
"""Certificate authorities of RDS that have not expired (RDS User Guide, 2026-11-24)."""

_INSTANCE = re.compile(r"db\.[a-z0-9-]+\.[a-z0-9]+(-[a-z0-9]+)*")


class EncryptedDatabaseArgs(TypedDict):
    """Arguments of EncryptedDatabase."""

    database: str
    """Identifier: lower-case letters, digits and hyphens, 63 at most."""
    region: str
    engine: str
    """postgres, mysql, mariadb, sqlserver-se or sqlserver-ee."""
    engine_version: str
    """Full or major version: `17`, `17.4`."""
    family: str
    """Parameter group family that fits it: `postgres17`."""
    instance_class: str
    """Such as `db.m7g.large`."""
    storage_gib: int
    """GiB of storage, 20 at least."""
    subnet_group: str
    """DB subnet group; its subnets are private."""
    security_group_ids: list[str]
    """Who may reach it."""
    key_arn: pulumi.Input[str]
    """Key of storage, snapshots, Performance Insights and the master password."""
    master_username: str
    """Owner of the database: a name that nobody guesses; its password is made by Secrets Manager."""
    authority: NotRequired[str]
    """One of AUTHORITIES; rds-ca-rsa4096-g1 by default."""
    backup_days: NotRequired[int]
    """7 to 35 days of automatic backups; 35 by default."""
    several_zones: NotRequired[bool]
    """A standby in another zone; True by default."""
    tags: dict[str, str]
    """Owner, DataClass and CatalogueId; with `Backup` a BackupPlan takes it too."""


class EncryptedDatabase(pulumi.ComponentResource):
    """Instance and its parameter group.

    The master password is made, kept and rotated by Secrets Manager under the same key: nobody types it and
    the state never holds it. Raises ComponentInputError, before anything is registered, for an unknown engine
    or authority, a family of another engine, backups outside 7 to 35 days, no security group, a master user
    that RDS keeps for itself, and missing tags.
    """

    arn: pulumi.Output[str]
    endpoint: pulumi.Output[str]

    def __init__(
        self, name: str, args: EncryptedDatabaseArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        force, value, floor, logs = ENGINES[args["engine"]]
        floor_name, _, floor_value = floor.partition("=")

        super().__init__("billing-identity:aws:EncryptedDatabase", name, {}, protected(opts))
        parameters = aws.rds.ParameterGroup(
            name,
            name=args["database"],
            family=args["family"],
            region=args["region"],
            description="TLS 1.2 or newer, and nothing without it",
            parameters=[
                aws.rds.ParameterGroupParameterArgs(name=force, value=value, apply_method="pending-reboot"),
                aws.rds.ParameterGroupParameterArgs(
                    name=floor_name, value=floor_value, apply_method="pending-reboot"
                ),
            ],
            tags=args["tags"],
            opts=child(self),
        )
        instance = aws.rds.Instance(
            name,
            identifier=args["database"],
            region=args["region"],
            engine=args["engine"],
            engine_version=args["engine_version"],
            instance_class=args["instance_class"],
            allocated_storage=args["storage_gib"],
            storage_type="gp3",
            storage_encrypted=True,
            kms_key_id=args["key_arn"],
            username=args["master_username"],
            manage_master_user_password=True,
            master_user_secret_kms_key_id=args["key_arn"],
            iam_database_authentication_enabled=True if not args["engine"].startswith("sqlserver") else None,
            db_subnet_group_name=args["subnet_group"],
            vpc_security_group_ids=args["security_group_ids"],
            publicly_accessible=False,
            parameter_group_name=parameters.name,
            ca_cert_identifier=args.get("authority", "rds-ca-rsa4096-g1"),
            multi_az=args.get("several_zones", True),
            backup_retention_period=args.get("backup_days", 35),
            copy_tags_to_snapshot=True,
            delete_automated_backups=False,
            deletion_protection=True,
            skip_final_snapshot=False,
            final_snapshot_identifier=f"{args['database']}-final",
            enabled_cloudwatch_logs_exports=list(logs),
            performance_insights_enabled=True,
            performance_insights_kms_key_id=args["key_arn"],
            auto_minor_version_upgrade=True,
            apply_immediately=False,
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        self.arn = instance.arn
        self.endpoint = instance.endpoint
        self.register_outputs(
            {"arn": self.arn, "endpoint": self.endpoint, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: EncryptedDatabaseArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, EncryptedDatabaseArgs)
        found = [
            *checks.region(args["region"]),
            *checks.key_arn(args["key_arn"], args["region"]),
            *checks.tags(args["tags"]),
        ]
        database, engine = args["database"], args["engine"]
        plain = database.replace("-", "")
        if (
            not 1 <= len(database) <= 63
            or not (plain.isascii() and plain.isalnum() and database == database.lower())
            or not database[0].isalpha()
            or database.endswith("-")
            or "--" in database
        ):
            found.append(f"database {database!r}: lower-case letters, digits and single hyphens, 63 at most")
        if engine not in ENGINES:
            found.append(f"engine {engine!r}: write one of {', '.join(ENGINES)}")
        elif not args["family"].startswith(engine):
            found.append(f"family {args['family']!r}: write one of engine {engine}")
        elif not _of(args["engine_version"], args["family"].removeprefix(engine)):
            found.append(f"family {args['family']!r}: write the one of version {args['engine_version']}")
        if not _INSTANCE.fullmatch(args["instance_class"]):
            found.append(f"instance_class {args['instance_class']!r}: write one such as db.m7g.large")
        authority = args.get("authority", AUTHORITIES[1])
        if authority not in AUTHORITIES:
            found.append(f"authority {authority!r}: write one of {', '.join(AUTHORITIES)}")
        if not 7 <= args.get("backup_days", 35) <= 35:
            found.append(f"backup_days {args.get('backup_days')}: write 7 to 35; RDS keeps no longer")
        if not args["security_group_ids"]:
            found.append("security_group_ids: empty; name who may reach it")
        if args["storage_gib"] < 20:
            found.append(f"storage_gib {args['storage_gib']}: write 20 or more")
        if args["master_username"].lower() in ("admin", "root", "rdsadmin", "postgres", "sa"):
            found.append(f"master_username {args['master_username']!r}: write a name that nobody guesses")
        checks.require(f"database {name}", found)


def _of(version: str, family: str) -> bool:
    """Whether a version is one of a family's: 17.2 of 17, 8.0.41 of 8.0, 15.00.4430.1.v1 of -15.0."""
    wanted = family.removeprefix("-").split(".")
    held = version.split(".")[: len(wanted)]
    if not all(part.isdecimal() for part in (*wanted, *held)):
        return False
    return [int(part) for part in held] == [int(part) for part in wanted]
