"""What an entitlement of the catalogue must say of itself before a permission set may give AWS rights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.policies.framework.administration import ADMINISTERING, HIDING, SHELLS
from billing_identity.policies.framework.documents import Statement
from billing_identity.policies.framework.key_duties import USE
from billing_identity.policies.framework.store_contents import (
    LOGS,
    SECRETS,
    STORES,
    Allowance,
    through_a_service,
)
from billing_identity.roles.model.system import Entitlement
from billing_identity.roles.model.vocabulary import DataClass, RiskTag

RECORDS = frozenset({DataClass.EPHI, DataClass.PII, DataClass.FINANCIAL})
"""Classes of data that a log reader, say, has no business with."""


@dataclass(frozen=True)
class Right:
    """A kind of right: the actions that give it, and what entitles to it (one of the two is enough)."""

    what: str
    actions: tuple[str, ...]
    risks: frozenset[RiskTag]
    data: bool = False
    """Whether an entitlement that reaches data may have it."""

    def entitled(self, entitlement: Entitlement) -> bool:
        """Whether the catalogue says that the entitlement is of this kind."""
        return bool(self.risks & set(entitlement.risks)) or (
            self.data and bool(RECORDS & set(entitlement.data_classes))
        )

    @property
    def wanted(self) -> str:
        """What the entitlement would have to say."""
        risks = " or ".join(sorted(f"`{risk.value}`" for risk in self.risks))
        return f"risk {risks}" + (" or a data class of records" if self.data else "")


RIGHTS = (
    Right("reads or changes records", STORES, frozenset({RiskTag.READS_AUDIT_LOG}), data=True),
    Right("reads logs", LOGS, frozenset({RiskTag.READS_AUDIT_LOG}), data=True),
    Right("reads secrets", SECRETS, frozenset({RiskTag.RESETS_CREDENTIALS, RiskTag.ADMINISTERS_IDENTITY})),
    Right("uses keys", USE, frozenset({RiskTag.USES_KEYS})),
    Right(
        "administers keys",
        (
            *("kms:CreateGrant", "kms:CreateKey", "kms:EnableKey", "kms:EnableKeyRotation"),
            *("kms:ReplicateKey", "kms:RotateKeyOnDemand", "kms:UpdateAlias"),
        ),
        frozenset({RiskTag.ADMINISTERS_KEYS}),
    ),
    Right(
        "ends keys or writes their policies",
        (
            *("kms:DeleteAlias", "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:DisableKeyRotation"),
            *("kms:ImportKeyMaterial", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"),
            "kms:UpdatePrimaryRegion",
        ),
        frozenset({RiskTag.DESTROYS_KEYS}),
    ),
    Right(
        "switches logging off",
        HIDING,
        frozenset({RiskTag.DISABLES_LOGGING}),
    ),
    Right(
        "administers identity",
        (
            *ADMINISTERING,
            *("iam:CreateRole", "iam:CreateUser", "iam:DeleteRolePermissionsBoundary"),
            *("identitystore:CreateGroupMembership", "organizations:DetachPolicy", "sso:CreatePermissionSet"),
        ),
        frozenset({RiskTag.ADMINISTERS_IDENTITY}),
    ),
    Right(
        "takes data out in bulk",
        (
            *("dynamodb:ExportTableToPointInTime", "ec2:ModifyImageAttribute"),
            *("ec2:ModifySnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute"),
            *("rds:ModifyDBSnapshotAttribute", "rds:StartExportTask", "s3:PutBucketPolicy"),
            "s3:PutReplicationConfiguration",
        ),
        frozenset({RiskTag.EXPORTS_IN_BULK}),
    ),
    Right(
        "deploys code",
        (
            *("cloudformation:CreateStack", "cloudformation:UpdateStack", "ecs:RegisterTaskDefinition"),
            *("lambda:CreateFunction", "lambda:UpdateFunctionCode", *SHELLS),
        ),
        frozenset({RiskTag.CHANGES_CODE, RiskTag.DEPLOYS_CODE}),
    ),
)
"""Keys that are used only through named services count with what those services' own actions reach."""


def beyond(allowed: Allowance, entitlement: Entitlement) -> Iterator[str]:
    """What a document allows beyond an entitlement, one text a kind of right."""
    for right in RIGHTS:
        if right.entitled(entitlement):
            continue
        for statement, action in allowed.holding(right.actions):
            if not _as_a_means(statement, action):
                sid = statement.sid or "without Sid"
                yield f"statement {sid} allows {action} ({right.what}): that needs {right.wanted}"
                break


def _as_a_means(statement: Statement, action: str) -> bool:
    return action in USE and not statement.inverted and through_a_service(statement)
