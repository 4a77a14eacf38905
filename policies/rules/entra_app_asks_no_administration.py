"""What is asked for is granted sooner or later, by one click."""

from __future__ import annotations

from billing_identity.policies.framework.graph_rights import ADMINISTRATION, GRAPH, READER
from billing_identity.policies.framework.list_wants import Each
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="Applications ask for no administrator's permissions",
    severity=Severity.HIGH,
    why="What is asked for is granted sooner or later, by one click.",
    remedy="ask for the narrower permissions that the task needs",
    types=("azuread:index/application:Application",),
    wants=(
        Each(
            path="requiredResourceAccesses",
            needed=False,
            base={"resourceAppId": GRAPH},
            wants=(
                Each(
                    path="resourceAccesses",
                    needed=False,
                    base={"type": "Role"},
                    wants=(
                        NotOneOf(
                            path="id",
                            refused=tuple(ADMINISTRATION),
                            instead=READER,
                        ),
                    ),
                ),
            ),
        ),
    ),
)
