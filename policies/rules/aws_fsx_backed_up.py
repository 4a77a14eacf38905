"""An exact copy that can be retrieved is required, not a choice."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import AtLeast

RULE = requirement(
    title="FSx file systems keep automatic backups",
    severity=Severity.MEDIUM,
    why="An exact copy that can be retrieved is required, not a choice.",
    remedy="set `automaticBackupRetentionDays`",
    types=(
        "aws:fsx/windowsFileSystem:WindowsFileSystem",
        "aws:fsx/ontapFileSystem:OntapFileSystem",
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    ),
    wants=(AtLeast(path="automaticBackupRetentionDays", parameter="minimumDays", limit=7),),
    parameters={"minimumDays": days(7, "Days at least; FSx takes up to 90.", 1, 90)},
)
