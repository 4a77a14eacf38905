"""When a vendor's agreement has ended, nobody keeps access to its applications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from billing_identity.policies.framework.applications import title_let_into
from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.examples import (
    PORTAL_TITLE,
    SEPARATION,
    SYSTEM_TITLE,
    assignment_graph,
)
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.systems import ended, system_of, vendor_of
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    ENTRA_APPLICATION,
    ENTRA_ROLE_ASSIGNMENT,
    ENTRA_SERVICE_PRINCIPAL,
    OKTA_GROUP_ASSIGNMENT,
    OKTA_GROUP_ASSIGNMENTS,
    OKTA_SAML,
)
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.roles.access import is_platform

OKTA = (OKTA_GROUP_ASSIGNMENT, OKTA_GROUP_ASSIGNMENTS)


def _agreement(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    context.need_catalogue()
    for assignment in graph.of(*OKTA, ENTRA_ROLE_ASSIGNMENT):
        yield from told(_assignment(graph, assignment, context), assignment.urn)


def _assignment(graph: Graph, assignment: ResourceView, context: RuleContext) -> Iterator[Finding]:
    catalogue = context.need_catalogue()
    elsewhere = context.settings.other_programs.applications
    system = system_of(title_let_into(graph, assignment, elsewhere), catalogue)
    vendor = None if system is None else vendor_of(system, catalogue)
    if system is None or vendor is None:
        return
    reason = ended(vendor, context.settings.day)
    if reason is not None and not (is_platform(system) and vendor.baa is not None):
        yield Finding(
            f"access to `{system.id}` although {reason}",
            urn=assignment.urn,
            subjects=(f"vendor:{vendor.id}", f"system:{system.id}"),
        )


def _unknown(records: Sequence[ResourceRecord]) -> tuple[ResourceRecord, ...]:
    return tuple(
        replace(record, props={**record.props, "appId": UNKNOWN})
        if record.type == OKTA_GROUP_ASSIGNMENT
        else record
        for record in records
    )


_PORTAL = ResourceRecord(
    f"urn:pulumi:prod::identity::{OKTA_SAML}::portal",
    OKTA_SAML,
    "portal",
    {"label": PORTAL_TITLE, "authenticationPolicy": "rst1"},
    id="0oaportal",
)


def _entra() -> tuple[ResourceRecord, ...]:
    urn = "urn:pulumi:prod::identity::{}::{}".format
    found: list[ResourceRecord] = []
    for name, title in (("billing", SYSTEM_TITLE), ("portal", PORTAL_TITLE)):
        application: dict[str, object] = {"displayName": title}
        principal: dict[str, object] = {"clientId": name}
        found += [
            ResourceRecord(
                urn(ENTRA_APPLICATION, name),
                ENTRA_APPLICATION,
                name,
                application,
                outputs={**application, "clientId": name},
            ),
            ResourceRecord(
                urn(ENTRA_SERVICE_PRINCIPAL, name),
                ENTRA_SERVICE_PRINCIPAL,
                name,
                principal,
                id=f"sp-{name}",
            ),
        ]
    given = {"principalObjectId": "g1", "resourceObjectId": "sp-billing"}
    found.append(ResourceRecord(urn(ENTRA_ROLE_ASSIGNMENT, "given"), ENTRA_ROLE_ASSIGNMENT, "given", given))
    return tuple(found)


RULE = StackRule(
    title="Nobody keeps access to a vendor whose agreement has ended",
    severity=Severity.CRITICAL,
    why="From the last day of grace on, every record that goes there is an impermissible disclosure.",
    remedy="renew the agreement and write its dates into the vendor's file, or take the grants away",
    liftable=False,
    needs_catalogue=True,
    types=(OKTA_GROUP_ASSIGNMENT, OKTA_GROUP_ASSIGNMENTS, ENTRA_ROLE_ASSIGNMENT),
    checks=(_agreement,),
    reads={
        f"{OKTA_SAML}: label": "fails",
        f"{OKTA_GROUP_ASSIGNMENT}: appId": "fails",
        f"{ENTRA_APPLICATION}: displayName": "fails",
        f"{ENTRA_SERVICE_PRINCIPAL}: clientId": "fails",
        f"{ENTRA_ROLE_ASSIGNMENT}: resourceObjectId": "fails",
    },
    weaker={
        **dict.fromkeys((f"{OKTA_SAML}: label", f"{ENTRA_APPLICATION}: displayName"), (PORTAL_TITLE, "")),
        f"{OKTA_GROUP_ASSIGNMENT}: appId": ("0oaportal",),
        f"{ENTRA_SERVICE_PRINCIPAL}: clientId": ("portal",),
        f"{ENTRA_ROLE_ASSIGNMENT}: resourceObjectId": ("sp-portal",),
    },
    allowed=(
        StackExample("in force", (*assignment_graph([SEPARATION.left]), _PORTAL), SEPARATION.settings),
        StackExample("in force, in Entra", _entra(), SEPARATION.settings),
        StackExample(
            "in the days of grace",
            (*assignment_graph([SEPARATION.left]), _PORTAL),
            {**SEPARATION.settings, "asOf": "2028-01-30"},
        ),
    ),
    disallowed=(
        StackExample(
            "after the days of grace",
            assignment_graph([SEPARATION.left]),
            {**SEPARATION.settings, "asOf": "2028-01-31"},
        ),
    ),
    undecided=(
        StackExample(
            "an application not known yet",
            _unknown(assignment_graph([SEPARATION.left])),
            {**SEPARATION.settings, "asOf": "2028-01-31"},
        ),
    ),
    blind_spot="Data that flows to the vendor without a sign-in, and platforms (an identity provider's "
    "administration, the cloud of the keys), which no date withdraws: the catalogue's check names both.",
)
