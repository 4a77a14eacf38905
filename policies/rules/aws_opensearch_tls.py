"""Search indexes hold copies of records; so does their traffic."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tls import OPENSEARCH
from billing_identity.policies.framework.wants import Flag, OneOf

RULE = requirement(
    title="OpenSearch takes HTTPS only, with forward secrecy",
    severity=Severity.HIGH,
    why="Search indexes hold copies of records; so does their traffic.",
    remedy="set `enforceHttps` and `tlsSecurityPolicy` Policy-Min-TLS-1-2-PFS-2023-10",
    types=("aws:opensearch/domain:Domain",),
    wants=(
        Flag(path="domainEndpointOptions.enforceHttps", certain=True),
        OneOf(
            path="domainEndpointOptions.tlsSecurityPolicy",
            allowed=OPENSEARCH,
            certain=OPENSEARCH[0],
            refused=("Policy-Min-TLS-1-0-2019-07", "Policy-Min-TLS-1-2-2019-07"),
        ),
    ),
)
