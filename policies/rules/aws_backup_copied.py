"""A backup in the place of the data goes down with it."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Set

RULE = requirement(
    title="Backups are copied to another vault",
    severity=Severity.HIGH,
    why="A backup in the place of the data goes down with it.",
    remedy="give every rule a `copyActions` with the other Region's vault",
    types=("aws:backup/plan:Plan",),
    wants=(
        Each(
            path="rules",
            wants=(
                Each(
                    path="copyActions",
                    wants=(
                        Set(
                            path="destinationVaultArn",
                            example="arn:aws:backup:us-west-2:111122223333:backup-vault:ephi",
                        ),
                    ),
                ),
            ),
            base={"ruleName": "daily", "targetVaultName": "ephi"},
        ),
    ),
)
