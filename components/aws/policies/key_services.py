"""What AWS services need of a key when they act for themselves, each tied to the resource it acts for.

Without such a tie a service could be talked into using the key for somebody else's resource (confused
deputy).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import Statement, allow
from billing_identity.components.errors import ComponentInputError


@dataclass(frozen=True)
class KeyService:
    """A service that uses the key by itself."""

    service: str
    """One of SERVICES."""
    arns: Sequence[str] = ()
    """What it may use the key for: log groups for `logs`, trails for `cloudtrail`."""
    accounts: Sequence[str] = ()
    """Accounts in which it acts, for `config` and `log-delivery`."""


def _logs(use: KeyService, region: str) -> Statement:
    return allow(
        "CloudWatchLogsForNamedGroups",
        ("kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"),
        resources=("*",),
        principals={"Service": [f"logs.{region}.amazonaws.com"]},
        conditions={"StringLike": {"kms:EncryptionContext:aws:logs:arn": list(use.arns)}},
    )


def _cloudtrail(use: KeyService, _: str) -> Statement:
    return allow(
        "CloudTrailForNamedTrails",
        ("kms:GenerateDataKey*",),
        resources=("*",),
        principals={"Service": ["cloudtrail.amazonaws.com"]},
        conditions={
            "ArnEquals": {"aws:SourceArn": list(use.arns)},
            "StringLike": {
                "kms:EncryptionContext:aws:cloudtrail:arn": [
                    f"arn:{arn.split(':')[1]}:cloudtrail:*:{arns.account_of(arn)}:trail/*" for arn in use.arns
                ]
            },
        },
    )


def _cloudtrail_describe(use: KeyService, _: str) -> Statement:
    return allow(
        "CloudTrailLooksTheKeyUp",
        ("kms:DescribeKey",),
        resources=("*",),
        principals={"Service": ["cloudtrail.amazonaws.com"]},
        conditions={"ArnEquals": {"aws:SourceArn": list(use.arns)}},
    )


def _alarms(_: KeyService, __: str) -> Statement:
    # EventBridge and CloudWatch send KMS nothing about the alarm that they publish (no aws:SourceArn,
    # SourceAccount or SourceOrgID), so a condition would drop alarms without a trace. What may publish is up
    # to the topic's policy.
    return allow(
        "AlarmsReachEncryptedTopics",
        ("kms:Decrypt", "kms:GenerateDataKey*"),
        resources=("*",),
        principals={"Service": ["cloudwatch.amazonaws.com", "events.amazonaws.com"]},
    )


def _config(use: KeyService, _: str) -> Statement:
    return allow(
        "ConfigForNamedAccounts",
        ("kms:Decrypt", "kms:GenerateDataKey*"),
        resources=("*",),
        principals={"Service": ["config.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": list(use.accounts)}},
    )


def _delivery(use: KeyService, _: str) -> Statement:
    return allow(
        "LogDeliveryForNamedAccounts",
        ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"),
        resources=("*",),
        principals={"Service": ["delivery.logs.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": list(use.accounts)}},
    )


def _event_buses(use: KeyService, _: str) -> Statement:
    return allow(
        "EventBusesOfNamedAccounts",
        ("kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"),
        resources=("*",),
        principals={"Service": ["events.amazonaws.com"]},
        conditions={"StringEquals": {"aws:SourceAccount": list(use.accounts)}},
    )


_BUILDERS: dict[str, tuple[Callable[[KeyService, str], Statement], ...]] = {
    "alarms": (_alarms,),
    "cloudtrail": (_cloudtrail, _cloudtrail_describe),
    "config": (_config,),
    "event-buses": (_event_buses,),
    "log-delivery": (_delivery,),
    "logs": (_logs,),
}
SERVICES = tuple(_BUILDERS)
"""Names that KeyService.service takes."""


def service_statements(uses: Sequence[KeyService], region: str) -> Iterator[Statement]:
    """The statements of all services, in the order given.

    Raises ComponentInputError for an unknown service and for one that is tied to nothing.
    """
    for use in uses:
        if use.service not in _BUILDERS:
            raise ComponentInputError(f"key service {use.service!r}: write one of {', '.join(SERVICES)}")
        tie = use.accounts if use.service in ("config", "event-buses", "log-delivery") else use.arns
        if not tie and use.service != "alarms":
            raise ComponentInputError(
                f"key service {use.service!r}: name the resources or accounts for which it may use the key"
            )
        for build in _BUILDERS[use.service]:
            yield build(use, region)
