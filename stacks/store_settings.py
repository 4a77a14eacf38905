"""Settings of the exchange with partners and of backups: ids that exist before the program, and choices."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import Strict

Account = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
RoleArn = Annotated[str, StringConstraints(pattern=r"^arn:aws(-us-gov)?:iam::\d{12}:role/[\w+=,.@/-]+$")]
Cron = Annotated[str, StringConstraints(pattern=r"^cron\([0-9A-Z*?,/#L -]{11,60}\)$")]
"""Schedule of AWS Backup in UTC: `cron(0 6 ? * * *)`."""


class ExchangeSettings(Strict):
    """The SFTP server and uploads by HTTPS, in the data account and the primary Region."""

    vpc_id: Annotated[str, StringConstraints(pattern=r"^vpc-[0-9a-f]{8,17}$")]
    subnet_ids: tuple[Annotated[str, StringConstraints(pattern=r"^subnet-[0-9a-f]{8,17}$")], ...] = Field(
        min_length=1
    )
    """One a zone; two so that the server survives the loss of one."""
    address_allocation_ids: tuple[
        Annotated[str, StringConstraints(pattern=r"^eipalloc-[0-9a-f]{8,17}$")], ...
    ] = ()
    """Elastic addresses, one a subnet, for partners on the internet; none when all come by private lines."""
    security_policy: Literal[
        "TransferSecurityPolicy-FIPS-2025-03",
        "TransferSecurityPolicy-FIPS-2024-05",
        "TransferSecurityPolicy-FIPS-2024-01",
        "TransferSecurityPolicy-2025-03",
        "TransferSecurityPolicy-2024-01",
        "TransferSecurityPolicy-SshAuditCompliant-2025-02",
    ] = "TransferSecurityPolicy-FIPS-2025-03"
    """Ciphers and key exchanges that the server offers; the list is of 2026-11-24."""
    upload_signers: tuple[RoleArn, ...] = ()
    """Roles of the data account that sign uploads by HTTPS, such as a client portal's."""
    quarantine_reviewers: tuple[Annotated[str, StringConstraints(pattern=r"^[\w+=,.@-]{1,32}$")], ...] = ()
    """Permission sets whose holders may read what the scanner did not find clean. Each must be one that uses
    keys, otherwise its holders could not decrypt."""


class BackupSettings(Strict):
    """Backups of the ePHI stores. How long they are kept is the access policy's `retention.backups_days`."""

    account: Account | None = None
    """Account of the copies in the replica Region; the data account when absent, a stated gap."""
    schedule: Cron = "cron(0 6 ? * * *)"
    """When a backup is made."""
    restore_schedule: Cron = "cron(0 9 ? * 1#1 *)"
    """When restores are tried."""
    vault_lock: Literal["compliance", "governance"] | None = None
    """`compliance` can be undone by nobody once its three days of grace are over, `governance` by whoever
    may. By default compliance in production, governance elsewhere."""
