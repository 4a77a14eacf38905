"""An application without groups is assigned by hand, or forgotten."""

from __future__ import annotations

from billing_identity.policies.framework.companions import companion
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import EXAMPLE_CATALOGUE, SYSTEM_TITLE
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Severity, StackExample
from billing_identity.policies.framework.systems import system_of
from billing_identity.policies.framework.tokens import OKTA_SAML
from billing_identity.roles.access import withdrawn

_APP = ResourceRecord(
    f"urn:pulumi:prod::example::{OKTA_SAML}::x", OKTA_SAML, "x", {"label": SYSTEM_TITLE}, id="x-1"
)


def _withdrawn(_: Graph, app: ResourceView, context: RuleContext) -> bool:
    """Whether its vendor's agreement is over, so that its assignments had to go."""
    catalogue = context.catalogue
    system = None if catalogue is None else system_of(app.text("label", ""), catalogue)
    if catalogue is None or system is None:
        return False
    return withdrawn(catalogue, system.id, context.settings.day)


RULE = companion(
    title="Okta applications are assigned to groups",
    severity=Severity.MEDIUM,
    why="An application without groups is assigned by hand, or forgotten.",
    remedy="assign role groups to the application",
    types=(OKTA_SAML,),
    by=(
        ("okta:app/groupAssignment:GroupAssignment", "appId"),
        ("okta:index/appGroupAssignments:AppGroupAssignments", "appId"),
    ),
    leave_out=_withdrawn,
    spared=StackExample(
        "its vendor's agreement is over, and its assignments are gone",
        (_APP,),
        settings={"catalogue": EXAMPLE_CATALOGUE, "environment": "prod", "asOf": "2028-12-01"},
        weaker={f"{OKTA_SAML}: label": ("Another",)},
    ),
    spared_reads={f"{OKTA_SAML}: label": "fails"},
)
