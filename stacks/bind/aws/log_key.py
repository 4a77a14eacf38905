"""Who else uses the key of logs: deliveries, collectors, search, an outside SIEM, AWS Config."""

from __future__ import annotations

from collections.abc import Sequence

from billing_identity.components.aws.customer_managed_key import KeyServiceArgs, KeyUseArgs
from billing_identity.stacks.bind.aws.stores import ISSUER, Names
from billing_identity.stacks.names import role_arn


def log_uses(names: Names, readers: Sequence[str]) -> list[KeyUseArgs]:
    """Roles of the log account that use the key through a service; `readers` are those of the logs."""
    aws = names.settings.aws
    found: list[KeyUseArgs] = [
        {
            "name": "ActivityByWriters",
            "roles": [
                role_arn(aws, "logs", names.role(duty)) for duty in ("event-delivery", "log-collector")
            ],
            "services": ["s3"],
            "buckets": [names.activity],
        },
        {
            "name": "DocumentsByIssuer",
            "roles": [role_arn(aws, "logs", names.role(ISSUER))],
            "services": ["s3"],
            "buckets": [names.documents],
            "decrypt": False,
            "where": "primary",
        },
        {
            "name": "ResultsByReaders",
            "roles": list(readers),
            "services": ["s3"],
            "buckets": [names.search_results],
        },
        {
            "name": "StreamByDeployment",
            "roles": [role_arn(aws, "logs", aws.deploy_role)],
            "services": ["firehose"],
            "decrypt": False,
            "grants": True,
        },
    ]
    if aws.siem is not None:
        found.append(
            {
                "name": "LogsByOutsideSiem",
                "roles": [role_arn(aws, "logs", names.role("siem-reader"))],
                "services": ["s3", "sqs"],
                "encrypt": False,
            }
        )
    return found


def log_services(names: Names) -> list[KeyServiceArgs]:
    """AWS services that use the key by themselves, each tied to accounts or resources."""
    aws = names.settings.aws
    accounts = sorted(set(aws.places.values()))
    return [
        {"service": "config", "accounts": accounts},
        {"service": "log-delivery", "accounts": accounts},
        {"service": "event-buses", "accounts": [aws.accounts["logs"]]},
    ]
