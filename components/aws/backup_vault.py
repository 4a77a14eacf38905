"""A backup vault under a declared key that nobody can empty."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.backup_policy import vault_policy

GRACE_DAYS = 3
"""Days in which a compliance lock can be taken back: the least that PutBackupVaultLockConfiguration takes."""
LEAST_DAYS = 35
"""Days at least for which a recovery point is kept; what the policy pack asks of plans and locks."""


class BackupVaultArgs(TypedDict):
    """Arguments of BackupVault."""

    vault: str
    """Name: 2 to 50 letters, digits, `-` and `_`."""
    region: str
    account_id: str
    """Account of the vault."""
    key_arn: pulumi.Input[str]
    """Key in the vault's Region whose policy lets AWS Backup use it."""
    lock: str
    """`compliance` (final after three days, for everybody) or `governance` (until whoever may removes it)."""
    minimum_days: int
    """Days at least for which a recovery point is kept; 35 or more."""
    maximum_days: int
    """Days at most; `minimum_days` or more."""
    deployers: list[str]
    """ARNs of the roles that may change the vault's policy."""
    source_accounts: NotRequired[list[str]]
    """Other accounts that copy into it."""
    tags: dict[str, str]


class BackupVault(pulumi.ComponentResource):
    """Vault, lock and access policy.

    Raises ComponentInputError, before anything is registered, for an unknown lock, a retention below 35 days
    or upside down, a name that AWS Backup refuses, and missing tags.
    """

    arn: pulumi.Output[str]
    vault_name: pulumi.Output[str]

    def __init__(self, name: str, args: BackupVaultArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        policy = vault_policy(
            args["vault"],
            args["account_id"],
            args["region"],
            deployers=args["deployers"],
            sources=args.get("source_accounts", []),
        )
        super().__init__("billing-identity:aws:BackupVault", name, {}, protected(opts))
        vault = aws.backup.Vault(
            name,
            name=args["vault"],
            region=args["region"],
            kms_key_arn=args["key_arn"],
            force_destroy=False,
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        lock = aws.backup.VaultLockConfiguration(
            name,
            backup_vault_name=vault.name,
            region=args["region"],
            # Without days of grace the lock is governance: absent, not zero.
            changeable_for_days=GRACE_DAYS if args["lock"] == "compliance" else None,
            min_retention_days=args["minimum_days"],
            max_retention_days=args["maximum_days"],
            opts=child(self, keep=True),
        )
        access = aws.backup.VaultPolicy(
            name,
            backup_vault_name=vault.name,
            region=args["region"],
            policy=policy,
            opts=child(self, keep=True),
        )
        self.arn = vault.arn
        self.vault_name = vault.name
        self.ready: tuple[pulumi.Resource, ...] = (lock, access)
        """What must be there before the first recovery point."""
        self.register_outputs(
            {"arn": self.arn, "vault_name": self.vault_name, "catalogue_id": args["tags"]["CatalogueId"]}
        )

    @staticmethod
    def check(name: str, args: BackupVaultArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, BackupVaultArgs)
        found = [
            *checks.region(args["region"]),
            *checks.key_arn(args["key_arn"], args["region"]),
            *checks.account(args["account_id"]),
            *checks.role_patterns(args["deployers"], "deployers"),
            *checks.tags(args["tags"]),
        ]
        for source in args.get("source_accounts", []):
            found += checks.account(source, "source_accounts")
        vault = args["vault"]
        if not 2 <= len(vault) <= 50 or not vault.replace("-", "").replace("_", "").isalnum():
            found.append(f"vault {vault!r}: 2 to 50 letters, digits, - and _")
        if args["lock"] not in ("compliance", "governance"):
            found.append(f"lock {args['lock']!r}: write compliance or governance")
        if args["minimum_days"] < LEAST_DAYS:
            found.append(f"minimum_days {args['minimum_days']}: write {LEAST_DAYS} or more")
        if not args["minimum_days"] <= args["maximum_days"] <= 36500:
            found.append(f"maximum_days {args['maximum_days']}: from minimum_days to 36500")
        checks.require(f"vault {name}", found)
