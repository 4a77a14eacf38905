"""Who may use a store's key for the exchange and for backups, and who may look into the quarantine."""

from __future__ import annotations

from billing_identity.components.aws import arns
from billing_identity.components.aws.customer_managed_key import KeyUseArgs
from billing_identity.stacks.bind.aws.stores import EXCHANGE, Names, StoreGroup
from billing_identity.stacks.names import partition, role_arn
from billing_identity.stacks.settings import Settings


def reviewers(settings: Settings) -> list[str]:
    """Role patterns of those who may read what was not found clean."""
    aws = settings.aws
    named = aws.exchange.quarantine_reviewers if aws.exchange is not None else ()
    return [
        pattern
        for name in named
        for pattern in arns.permission_set_roles(
            aws.accounts["data"], name, aws.region, partition(aws.region)
        )
    ]


def exchange_uses(names: Names, group: StoreGroup) -> list[KeyUseArgs]:
    """Who uses the key of a group for its exchange store: scanner, SFTP users, uploads."""
    if not group.exchanges:
        return []
    aws = names.settings.aws
    buckets = [names.store(EXCHANGE, group.client)]
    found: list[KeyUseArgs] = [
        {
            "name": "ArrivalsByScanner",
            "roles": [role_arn(aws, "data", names.role("scanner"))],
            "services": ["s3"],
            "buckets": buckets,
            "where": "primary",
        },
        {
            "name": "FilesByPartners",
            "roles": [role_arn(aws, "data", names.role("sftp"))],
            "services": ["s3"],
            "buckets": buckets,
            "where": "primary",
        },
        {
            "name": "UploadsByPortal",
            "roles": [role_arn(aws, "data", names.role("upload"))],
            "services": ["s3"],
            "buckets": buckets,
            "decrypt": False,
            "where": "primary",
        },
    ]
    return found
