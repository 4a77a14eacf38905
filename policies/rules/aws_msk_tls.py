"""Claims and remittances pass through topics; in clear they can be read on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="Kafka takes TLS only, inside the cluster too",
    severity=Severity.HIGH,
    why="Claims and remittances pass through topics; in clear they can be read on the way.",
    remedy="set `encryptionInTransit.clientBroker` to TLS and `inCluster` to true, or leave them out",
    types=("aws:msk/cluster:Cluster",),
    wants=(
        OneOf(
            path="encryptionInfo.encryptionInTransit.clientBroker",
            allowed=("TLS",),
            refused=("TLS_PLAINTEXT", "PLAINTEXT"),
            default="TLS",
        ),
        Flag(path="encryptionInfo.encryptionInTransit.inCluster", default=True),
    ),
)
