"""FTP sends passwords and files in clear."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Transfer servers speak no plain FTP",
    severity=Severity.CRITICAL,
    why="FTP sends passwords and files in clear.",
    remedy="list SFTP in `protocols`, or leave it out",
    types=("aws:transfer/server:Server",),
    wants=(
        HoldsNone(
            path="protocols",
            refuses=lambda text: text.upper() == "FTP",
            instead=("SFTP",),
            examples_refused=("FTP",),
        ),
    ),
)
