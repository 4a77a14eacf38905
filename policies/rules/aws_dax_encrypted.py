"""DAX clusters encrypt what they keep and what they send."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="DAX clusters encrypt what they keep and what they send",
    severity=Severity.HIGH,
    why=(
        "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
        "own is a second lock."
    ),
    remedy="set `serverSideEncryption.enabled` and `clusterEndpointEncryptionType` TLS",
    types=("aws:dax/cluster:Cluster",),
    wants=(
        Flag(path="serverSideEncryption.enabled"),
        OneOf(path="clusterEndpointEncryptionType", allowed=("TLS",), refused=("NONE",), default="NONE"),
    ),
)
