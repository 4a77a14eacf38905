"""What every encrypted store is told, and what is wrong with it."""

from collections.abc import Iterator, Sequence
from typing import NotRequired, TypedDict

import pulumi

from billing_identity.components.aws import checks
from billing_identity.components.aws.policies.refusals import Store


class StoreArgs(TypedDict):
    """Arguments that every encrypted store takes. Whatever a policy names is a plain value."""

    bucket: str
    region: str
    account_id: str
    """Account of the store."""
    keys_account_id: str
    """Account of its key; keys of any other account are refused."""
    key_arn: pulumi.Input[str]
    """Key whose policy already allows those who write."""
    log_bucket: str
    """Bucket in the same Region and account that takes the access logs."""
    deployers: list[str]
    """ARNs of the roles that may change the store's protection."""
    organization_id: NotRequired[str]
    lock_mode: str
    """COMPLIANCE, or GOVERNANCE where a test environment must be torn down."""
    tags: dict[str, str]


def store_faults(args: StoreArgs) -> Iterator[str]:
    """What is wrong with the arguments that every encrypted store takes."""
    yield from checks.bucket_name(args["bucket"])
    yield from checks.bucket_name(args["log_bucket"])
    yield from checks.region(args["region"])
    yield from checks.account(args["account_id"])
    yield from checks.account(args["keys_account_id"], "keys_account_id")
    yield from checks.key_arn(args["key_arn"], args["region"], args["keys_account_id"])
    yield from checks.role_patterns(args["deployers"], "deployers")
    yield from checks.tags(args["tags"])
    if args["lock_mode"] not in ("COMPLIANCE", "GOVERNANCE"):
        yield f"lock_mode {args['lock_mode']!r}: write COMPLIANCE or GOVERNANCE"
    if args["log_bucket"] == args["bucket"]:
        yield "log_bucket: a store can't take its own access logs; name another bucket"


def store_of(
    args: StoreArgs,
    *,
    bucket: str | None = None,
    region: str | None = None,
    accounts: Sequence[str] | None = None,
) -> Store:
    """The store as its policy knows it; its copy by `bucket` and `region`; `accounts` where more than its own
    use it.
    """
    return Store(
        bucket=args["bucket"] if bucket is None else bucket,
        region=args["region"] if region is None else region,
        keys_account=args["keys_account_id"],
        deployers=args["deployers"],
        organization_id=args.get("organization_id"),
        accounts=[args["account_id"]] if accounts is None else accounts,
    )
