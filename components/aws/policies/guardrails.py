"""Service control policies: what nobody in the organisation's accounts can do.

They bind member accounts, their root user included; never the management account or service-linked roles.
"""

from collections.abc import Sequence

from billing_identity.components.aws.policies.document import (
    SCP_LIMIT,
    Conditions,
    Statement,
    deny,
    document,
)
from billing_identity.components.aws.policies.eligible_services import ELIGIBLE, LISTED, TOOLS, UNLISTED
from billing_identity.components.errors import ComponentInputError

GLOBAL = (
    *("account:*", "artifact:*", "aws-portal:*", "billing:*", "ce:*", "cloudfront:*", "health:*", "iam:*"),
    *("organizations:*", "route53:*", "s3:GetAccountPublicAccessBlock", "s3:ListAllMyBuckets"),
    *("s3:PutAccountPublicAccessBlock", "signin:*", "sso:*", "sts:*", "support:*", "trustedadvisor:*"),
    *("waf:*", "wafv2:*"),
)
"""Actions that have no Region, or always the same one."""
RULES = ("events:DeleteRule", "events:DisableRule", "events:RemoveTargets")
"""What silences an alert."""
TAMPER = (
    *("access-analyzer:DeleteAnalyzer", "cloudtrail:PutEventSelectors", "cloudtrail:PutInsightSelectors"),
    *("cloudtrail:StopLogging", "cloudtrail:UpdateTrail", "config:DeleteConfigurationRecorder"),
    *(
        "config:DeleteDeliveryChannel",
        "config:DeleteRetentionConfiguration",
        "config:StopConfigurationRecorder",
    ),
    *("ec2:DeleteFlowLogs", *RULES),
    *(
        "guardduty:DeleteDetector",
        "guardduty:Disassociate*",
        "guardduty:UpdateDetector",
        "logs:DeleteMetricFilter",
    ),
    *("logs:PutRetentionPolicy", "macie2:DisableMacie", "route53resolver:DisassociateResolverQueryLogConfig"),
    *(
        "s3:PutAccountPublicAccessBlock",
        "securityhub:BatchDisableStandards",
        "securityhub:DisableSecurityHub",
    ),
)
"""What blinds the audit."""


def audit_guardrail(
    deployers: Sequence[str], custodians: Sequence[str], rule_keepers: Sequence[str] = ()
) -> str:
    """Nobody leaves the organisation, blinds the audit or deletes what must stay.

    All are role ARNs or patterns. `deployers` may change logging, never delete it; `custodians` alone end a
    key; `rule_keepers` are roles of services that take back the event rules which they made themselves: their
    own policies name no other.
    """
    return document(
        "guardrail audit",
        [
            _deny("NobodyLeaves", ("account:CloseAccount", "organizations:LeaveOrganization")),
            _deny(
                "OnlyTheDeploymentChangesLogging",
                tuple(action for action in TAMPER if action not in RULES),
                _others(deployers),
            ),
            _deny("OnlyTheDeploymentSilencesAlerts", RULES, _others((*deployers, *rule_keepers))),
            _deny(
                "NobodyDeletesWhatMustStay",
                (
                    *("backup:DeleteBackupVault*", "backup:DeleteRecoveryPoint", "cloudtrail:DeleteTrail"),
                    *("logs:DeleteLogGroup", "logs:DeleteLogStream", "s3:BypassGovernanceRetention"),
                    *("s3:DeleteBucket", "s3:DeleteBucketPolicy"),
                ),
            ),
            _deny(
                "OnlyCustodiansEndKeys",
                ("kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"),
                _others(custodians),
            ),
            # Sessions of central root access (sts:AssumeRoot by the management account) pass: they do five
            # tasks only, and are the way to take a member's root credentials away. AWS's own samples have the
            # same two conditions (aws-samples/service-control-policy-examples, read on 2026-11-24).
            _deny(
                "NoRootUser",
                ("*",),
                {
                    "ArnLike": {"aws:PrincipalArn": ["arn:*:iam::*:root"]},
                    "Null": {"aws:AssumedRoot": "true"},
                },
            ),
        ],
        SCP_LIMIT,
    )


def place_guardrail(regions: Sequence[str], event_regions: Sequence[str] = ()) -> str:
    """Nothing outside the Regions, nothing in a service without a business associate addendum.

    In `event_regions` EventBridge works too: global services send their events to one Region alone.
    """
    if not regions:
        raise ComponentInputError("guardrail place: regions: empty; name the allowed Regions")
    here, watched = sorted(set(regions)), sorted({*regions, *event_regions})
    elsewhere = here != watched
    return document(
        "guardrail place",
        [
            deny(
                "OnlyTheseRegions",
                (*GLOBAL, "events:*") if elsewhere else GLOBAL,
                resources=("*",),
                principals=None,
                conditions=_outside(here),
                but=True,
            ),
            *([_deny("EventsWhereTheyAre", ("events:*",), _outside(watched))] if elsewhere else []),
            deny(
                f"OnlyListedServicesAsOf{LISTED:%Y%m%d}",
                [f"{service}:*" for service in sorted((*ELIGIBLE, *TOOLS, *UNLISTED))],
                resources=("*",),
                principals=None,
                but=True,
            ),
        ],
        SCP_LIMIT,
    )


def identity_guardrail(deployers: Sequence[str]) -> str:
    """No IAM users, no standing keys, no change of federation or boundaries by hand, nothing unencrypted."""
    return document(
        "guardrail identity",
        [
            _deny(
                "NoIamUsersOrKeys",
                (
                    *("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreateServiceSpecificCredential"),
                    *("iam:CreateUser", "iam:UploadSSHPublicKey"),
                ),
            ),
            _deny(
                "OnlyTheDeploymentChangesFederation",
                (
                    *("iam:AddClientIDToOpenIDConnectProvider", "iam:CreateOpenIDConnectProvider"),
                    *(
                        "iam:CreateSAMLProvider",
                        "iam:DeleteOpenIDConnectProvider",
                        "iam:DeleteRolePermissionsBoundary",
                    ),
                    *(
                        "iam:DeleteSAMLProvider",
                        "iam:PutRolePermissionsBoundary",
                        "iam:UpdateAssumeRolePolicy",
                    ),
                    *(
                        "iam:UpdateSAMLProvider",
                        "rolesanywhere:CreateTrustAnchor",
                        "rolesanywhere:UpdateTrustAnchor",
                    ),
                ),
                _others(deployers),
            ),
            _deny("EncryptedVolumesOnly", ("ec2:CreateVolume", "ec2:RunInstances"), _false("ec2:Encrypted")),
            _deny(
                "EncryptedDatabasesOnly",
                ("rds:CreateDBCluster", "rds:CreateDBInstance"),
                _false("rds:StorageEncrypted"),
            ),
            _deny(
                "EncryptedFileSystemsOnly",
                ("elasticfilesystem:CreateFileSystem",),
                _false("elasticfilesystem:Encrypted"),
            ),
            _deny("EncryptionStaysTheDefault", ("ec2:DisableEbsEncryptionByDefault",)),
            _deny(
                "NothingIsShared",
                (
                    *("ec2:DisableImageBlockPublicAccess", "ec2:DisableSnapshotBlockPublicAccess"),
                    *("ec2:ModifySnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute"),
                    "rds:ModifyDBSnapshotAttribute",
                ),
            ),
        ],
        SCP_LIMIT,
    )


def _deny(sid: str, actions: Sequence[str], conditions: Conditions | None = None) -> Statement:
    return deny(sid, actions, resources=("*",), principals=None, conditions=conditions)


def _outside(regions: Sequence[str]) -> Conditions:
    return {"StringNotEquals": {"aws:RequestedRegion": list(regions)}}


def _others(roles: Sequence[str]) -> Conditions:
    return {"ArnNotLike": {"aws:PrincipalArn": list(roles)}}


def _false(key: str) -> Conditions:
    return {"Bool": {key: "false"}}
