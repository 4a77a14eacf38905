"""Access to an API that is declared apart from the application counts as much as what stands in it."""

from __future__ import annotations

from billing_identity.policies.framework.graph_rights import ADMINISTRATION, READER
from billing_identity.policies.framework.list_wants import HoldsNone
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="API access gives applications no administrator's permissions",
    severity=Severity.CRITICAL,
    why="With one of these permissions a stolen credential takes over the tenant.",
    remedy="ask for the narrower permissions that the task needs",
    types=("azuread:index/applicationApiAccess:ApplicationApiAccess",),
    wants=(
        HoldsNone(
            path="roleIds",
            refuses=lambda role: role.lower() in ADMINISTRATION,
            instead=(READER,),
            examples_refused=tuple(ADMINISTRATION),
        ),
    ),
)
