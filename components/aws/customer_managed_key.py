"""A customer managed key with separated duties, rotation, an alias and, where wanted, a replica."""

import re
from typing import NotRequired, Optional, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.key_policy import KeyDuties, KeyUse, faults, key_policy
from billing_identity.components.aws.policies.key_services import KeyService

STORE = re.compile(r"cks-[0-9a-f]{17}")


class KeyUseArgs(TypedDict):
    """One way of using the key."""

    name: str
    """Letters and digits."""
    roles: list[str]
    """Role ARNs or ArnLike patterns of `aws:PrincipalArn`."""
    services: list[str]
    """Services through which the key is used, for example `s3`."""
    encrypt: NotRequired[bool]
    """True by default."""
    decrypt: NotRequired[bool]
    """True by default."""
    where: NotRequired[str]
    """primary or replica for a use in one of the two Regions only; both by default."""
    buckets: NotRequired[list[str]]
    """Names of the only buckets for which it may be used."""
    replica_buckets: NotRequired[list[str]]
    """Names of the only buckets for which the replica may be used; `buckets` by default."""
    grants: NotRequired[bool]
    """True when the services make grants for their own resources (EBS, RDS, Backup)."""


class KeyServiceArgs(TypedDict):
    """A service that uses the key by itself."""

    service: str
    """alarms, cloudtrail, config, log-delivery or logs."""
    arns: NotRequired[list[str]]
    """Log groups or trails for which it may use the key."""
    accounts: NotRequired[list[str]]
    """Accounts in which it acts (config, log-delivery)."""


class CustomerManagedKeyArgs(TypedDict):
    """Arguments of CustomerManagedKey. Names, ids and ARNs are plain values: policy documents hold no
    Output."""

    alias: str
    """Without the prefix `alias/`."""
    description: pulumi.Input[str]
    account_id: str
    region: str
    administrators: list[str]
    """Roles of the key's account that manage it day by day."""
    custodians: list[str]
    """Roles of the key's account that write its policy and may destroy it; the deploying role is one."""
    observers: NotRequired[list[str]]
    """Roles of the key's account that see its settings and policy and no more: auditors, previews, checks for
    drift."""
    uses: NotRequired[list[KeyUseArgs]]
    """Who uses it, through which services, for which buckets."""
    services: NotRequired[list[KeyServiceArgs]]
    """Services of AWS that use it for themselves."""
    organization_id: NotRequired[str]
    replica_region: NotRequired[str]
    """Region of a replica; none when absent."""
    rotation_days: NotRequired[int]
    """90 to 365; 365 by default."""
    custom_key_store_id: NotRequired[str]
    """`cks-...` of a CloudHSM cluster or an external key store that holds the material. KMS neither rotates
    nor replicates such a key (AWS KMS Developer Guide, "Key stores"), so without `rotation_days` and
    `replica_region`."""
    xks_key_id: NotRequired[str]
    """Id of the key in an external store; with `custom_key_store_id` only."""
    tags: dict[str, str]
    """Owner, DataClass and CatalogueId at least."""


class CustomerManagedKey(pulumi.ComponentResource):
    """Key, alias and replica. KMS rotates whatever it can, the deletion window is 30 days, the key protected.

    Raises ComponentInputError, before anything is registered, for duties that overlap, a replica in the key's
    own Region, a rotation period outside 90 to 365 days, rotation or a replica of a key that stands in a
    store of its own, missing tags, and roles or Regions that are none.
    """

    arn: pulumi.Output[str]
    """ARN of the primary key."""
    key_id: pulumi.Output[str]
    alias_name: pulumi.Output[str]
    replica_arn: pulumi.Output[Optional[str]]  # noqa: UP045 - schema inference reads it
    """ARN of the replica; None without one."""

    def __init__(
        self, name: str, args: CustomerManagedKeyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        self.check(name, args)
        replica_region = args.get("replica_region")
        policy = key_policy(_duties(args, args["region"], replica=False))
        replica_policy = (
            None if replica_region is None else key_policy(_duties(args, replica_region, replica=True))
        )

        store = args.get("custom_key_store_id")
        super().__init__("billing-identity:aws:CustomerManagedKey", name, {}, protected(opts))
        key = aws.kms.Key(
            name,
            description=args["description"],
            region=args["region"],
            multi_region=store is None,
            key_usage="ENCRYPT_DECRYPT",
            customer_master_key_spec="SYMMETRIC_DEFAULT",
            custom_key_store_id=store,
            xks_key_id=args.get("xks_key_id"),
            enable_key_rotation=store is None,
            rotation_period_in_days=args.get("rotation_days", 365) if store is None else None,
            deletion_window_in_days=30,
            is_enabled=True,
            bypass_policy_lockout_safety_check=False,
            policy=policy,
            tags=args["tags"],
            opts=child(self, keep=True),
        )
        alias = aws.kms.Alias(
            name,
            name=f"alias/{args['alias']}",
            target_key_id=key.key_id,
            region=args["region"],
            opts=child(self, keep=True),
        )
        replica_arn: pulumi.Output[str | None] = pulumi.Output.from_input(None)
        if replica_region is not None:
            replica = aws.kms.ReplicaKey(
                f"{name}-replica",
                description=args["description"],
                primary_key_arn=key.arn,
                region=replica_region,
                enabled=True,
                deletion_window_in_days=30,
                bypass_policy_lockout_safety_check=False,
                policy=replica_policy,
                tags=args["tags"],
                opts=child(self, keep=True),
            )
            aws.kms.Alias(
                f"{name}-replica",
                name=f"alias/{args['alias']}",
                target_key_id=replica.key_id,
                region=replica_region,
                opts=child(self, keep=True),
            )
            replica_arn = replica.arn.apply(lambda arn: arn)
        self.arn = key.arn
        self.key_id = key.key_id
        self.alias_name = alias.name
        self.replica_arn = replica_arn
        self.register_outputs(
            {
                "arn": self.arn,
                "key_id": self.key_id,
                "alias_name": self.alias_name,
                "replica_arn": self.replica_arn,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: CustomerManagedKeyArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, CustomerManagedKeyArgs)
        replica_region = args.get("replica_region")
        rotation_days = args.get("rotation_days", 365)
        primary = _duties(args, args["region"], replica=False)
        found = [*faults(primary), *checks.tags(args["tags"])]
        if not 90 <= rotation_days <= 365:
            found.append(f"rotation_days {rotation_days}: write 90 to 365")
        if args["alias"].startswith(("alias/", "aws/")):
            found.append(f"alias {args['alias']!r}: write it without `alias/`, and not below `aws/`")
        found += [
            f"use {use['name']}: where {use.get('where')!r}: write both, primary or replica"
            for use in args.get("uses", [])
            if use.get("where", "both") not in ("both", "primary", "replica")
        ]
        store = args.get("custom_key_store_id")
        if store is not None:
            if not STORE.fullmatch(store):
                found.append(f"custom_key_store_id {store!r}: write cks- and the store's 17 digits")
            found += [
                f"{argument}: KMS can't do it for a key in a store of its own; leave it out"
                for argument in ("rotation_days", "replica_region")
                if argument in args
            ]
        elif "xks_key_id" in args:
            found.append("xks_key_id: give the external store as custom_key_store_id, too")
        if replica_region == args["region"]:
            found.append(f"replica_region {replica_region!r} is the key's own Region; write another")
        checks.require(f"key {name}", found)


def _duties(args: CustomerManagedKeyArgs, region: str, *, replica: bool) -> KeyDuties:
    uses = [
        KeyUse(
            name=use["name"],
            roles=use["roles"],
            services=use["services"],
            encrypt=use.get("encrypt", True),
            decrypt=use.get("decrypt", True),
            buckets=use.get("replica_buckets", use.get("buckets", [])) if replica else use.get("buckets", []),
            grants=use.get("grants", False),
        )
        for use in args.get("uses", [])
        if use.get("where", "both") in ("both", "replica" if replica else "primary")
    ]
    services = [
        KeyService(use["service"], use.get("arns", []), use.get("accounts", []))
        for use in args.get("services", [])
    ]
    return KeyDuties(
        account=args["account_id"],
        region=region,
        administrators=args["administrators"],
        custodians=args["custodians"],
        observers=args.get("observers", []),
        uses=uses,
        services=services,
        organization_id=args.get("organization_id"),
    )
