"""With one of these permissions a stolen credential takes over the tenant."""

from __future__ import annotations

from billing_identity.policies.framework.graph_rights import ADMINISTRATION, READER
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import NotOneOf

RULE = requirement(
    title="Applications can't make themselves administrators",
    severity=Severity.CRITICAL,
    why="With one of these permissions a stolen credential takes over the tenant.",
    remedy="ask for the narrower permissions that the task needs",
    types=("azuread:index/appRoleAssignment:AppRoleAssignment",),
    wants=(NotOneOf(path="appRoleId", refused=tuple(ADMINISTRATION), instead=READER),),
)
