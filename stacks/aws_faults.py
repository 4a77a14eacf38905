"""What is wrong with the AWS settings taken together: accounts, roles, Regions, pipelines, schedules.

Separation of duties is kept by accounts and roles; a value that folds two of them into one undoes it without
a word, since each by itself is well formed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from billing_identity.components.aws.arns import partition
from billing_identity.roles.partial import certain
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.cron import cron_fault
from billing_identity.stacks.regions import allowed_regions

if TYPE_CHECKING:
    from billing_identity.stacks.settings import AwsSettings, Settings

Fault = tuple[Steps, str, str]
BREAK_GLASS = "billing-identity-break-glass"
"""Break-glass role of every account, outside IAM Identity Center."""
UNTRUSTED = ":pull_request"
"""End of the `sub` claim of a run that anybody who opens a pull request starts (GitHub Actions, OIDC)."""
GITHUB = "token.actions.githubusercontent.com"
DAILY, RARE = 1, 92
"""Days between two backups, and between two tests of a restore, at most."""


def aws_faults(settings: Settings) -> Iterator[Fault]:
    """Path, message and remedy for each fault."""
    aws = settings.aws
    for check in (_accounts, _regions, _pipeline, _stores, _schedules):
        yield from ((("aws", *path), message, remedy) for path, message, remedy in certain(check(aws)))
    yield from certain(_roles(settings))


def _accounts(aws: AwsSettings) -> Iterator[Fault]:
    for purpose in ("keys", "logs", "data", "workforce"):
        if purpose not in aws.accounts:
            yield ("accounts",), f"no account for `{purpose}`", f"add `{purpose}: <12 digits>`"
    if len(set(aws.accounts.values())) < len(aws.accounts) and aws.single_account is None:
        yield (
            ("accounts",),
            "two purposes share an account",
            "use an account each, or record the decision under `single_account`",
        )
    for purpose, account in aws.accounts.items():
        if account == aws.management_account:
            yield (
                ("accounts", purpose),
                f"`{purpose}` is the management account, which no control policy binds",
                "use a member account: what stands in the management account is outside every guardrail",
            )
    ours: dict[str, str] = {account: purpose for purpose, account in aws.accounts.items()}
    ours[aws.management_account] = "management"
    backup, siem = aws.backup.account, aws.siem.account if aws.siem is not None else None
    if backup is not None and backup in ours:
        yield (
            ("backup", "account"),
            f"the copies' account is the {ours[backup]} account",
            "name another account, or leave it out",
        )
    if siem is not None and siem in {*ours, backup}:
        yield (
            ("siem", "account"),
            f"the outside SIEM is in the {ours.get(siem, 'backup')} account",
            "name the SIEM's own account: it must not stand where it reads",
        )


def _regions(aws: AwsSettings) -> Iterator[Fault]:
    if aws.region == aws.replica_region:
        yield ("replica_region",), "the replica Region is the Region itself", "choose another Region"
    named: list[tuple[Steps, str | None]] = [
        (("region",), aws.region),
        (("replica_region",), aws.replica_region),
        *((("networks", index, "region"), network.region) for index, network in enumerate(aws.networks)),
    ]
    if aws.workforce is not None:
        named.append((("workforce", "home_region"), aws.workforce.home_region))
    allowed = allowed_regions(aws.allowed_countries, partition(aws.region))
    for path, region in named:
        if region is not None and partition(region) != partition(aws.region):
            yield (
                path,
                f"`{region}` and `{aws.region}` are in different partitions, which share neither keys nor "
                "accounts",
                "use Regions of one partition",
            )
        elif region is not None and region not in allowed:
            yield (
                path,
                f"Region `{region}` is not in the allowed countries {', '.join(aws.allowed_countries)}",
                f"use one of {', '.join(allowed)}"
                if allowed
                else "name countries that stacks/regions.py lists",
            )
    for index, network in enumerate(aws.networks):
        if network.region in allowed and network.region not in (aws.region, aws.replica_region):
            yield (
                ("networks", index, "region"),
                f"a network in `{network.region}`, which the control policy on Regions refuses",
                f"work in {aws.region} and {aws.replica_region} only",
            )


def _roles(settings: Settings) -> Iterator[Fault]:
    aws = settings.aws
    named: dict[Steps, str] = {
        ("aws", "deploy_role"): aws.deploy_role,
        ("aws", "key_administrator_role"): aws.key_administrator_role,
        ("aws", "key_custodian_role"): aws.key_custodian_role,
        ("readers", "aws_role"): settings.readers.aws_role,
    }
    for (_, first), (path, second) in combinations(named.items(), 2):
        if first == second:
            other = next(str(known[-1]) for known, name in named.items() if name == first)
            yield (
                path,
                f"`{second}` is also `{other}`",
                "name a role for each: who deploys, who reads, who manages keys and who destroys them differ",
            )
    for path, name in named.items():
        if name == BREAK_GLASS:
            yield path, f"`{name}` is the emergency role", "name another role"
    entries = aws.workforce.break_glass_entry if aws.workforce is not None else ()
    ours = {aws.management_account, *aws.accounts.values()}
    for index, entry in enumerate(entries):
        here: Steps = ("aws", "workforce", "break_glass_entry", index)
        account, role = entry.split(":")[4], entry.rsplit("/", 1)[1]
        if account not in ours:
            yield (
                here,
                f"`{entry}` is in an account that is none of ours",
                "name a role of an account of these settings, which the organisation's policies reach",
            )
        if role in {*named.values(), BREAK_GLASS} or role.endswith(("-ci-deploy", "-ci-preview")):
            yield (
                here,
                f"`{entry}` is a role of the program or its pipeline: it could enter every account",
                "name a role that the sealed hardware keys alone reach",
            )


def _pipeline(aws: AwsSettings) -> Iterator[Fault]:
    ci = aws.workforce.ci if aws.workforce is not None else None
    if ci is None:
        return
    for name in ("deploy_subjects", "document_subjects"):
        for index, subject in enumerate(getattr(ci, name)):
            here: Steps = ("workforce", "ci", name, index)
            if subject.endswith(UNTRUSTED):
                yield (
                    here,
                    f"`{subject}` is every pull request: whoever opens one would deploy",
                    "name a protected environment: repo:<organisation>/<repository>:environment:<name>",
                )
            elif ci.issuer == GITHUB and ":environment:" not in subject:
                yield (
                    here,
                    f"`{subject}` is no environment: whoever may push there would deploy",
                    "name a protected environment: repo:<organisation>/<repository>:environment:<name>",
                )
            elif subject in ci.preview_subjects:
                yield here, f"`{subject}` may preview and deploy", "give each duty a subject of its own"


def _stores(aws: AwsSettings) -> Iterator[Fault]:
    exchange = aws.exchange
    if exchange is None:
        return
    addresses = exchange.address_allocation_ids
    if addresses and len(addresses) != len(exchange.subnet_ids):
        yield (
            ("exchange", "address_allocation_ids"),
            f"{len(addresses)} addresses for {len(exchange.subnet_ids)} subnets",
            "name one for each subnet, or none",
        )
    for signer in exchange.upload_signers:
        if signer.split(":")[4] != aws.accounts.get("data"):
            yield (
                ("exchange", "upload_signers"),
                f"`{signer}` is not a role of the data account",
                "let a role of the data account sign; other accounts have no way to the stores",
            )


def _schedules(aws: AwsSettings) -> Iterator[Fault]:
    for name, days in (("schedule", DAILY), ("restore_schedule", RARE)):
        fault = cron_fault(getattr(aws.backup, name), days)
        if fault is not None:
            yield ("backup", name), *fault
