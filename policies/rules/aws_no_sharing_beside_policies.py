"""A grant on a key, or a share with another account or with everybody, gives access that no policy shows."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import forbidden
from billing_identity.policies.framework.rule import Severity

RULE = forbidden(
    title="Nothing is shared beside the policies",
    severity=Severity.HIGH,
    why="A grant lets its holder use the key although the key's policy names somebody else.",
    remedy="name the principal in the key's or the resource's policy",
    types=(
        "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
        "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
        "aws:kms/grant:Grant",
        "aws:ram/principalAssociation:PrincipalAssociation",
        "aws:redshift/dataShareAuthorization:DataShareAuthorization",
    ),
    blind_spot="Grants that AWS's own services make for themselves: the key's policy says for whom.",
)
