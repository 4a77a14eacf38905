"""The identity layer in Entra."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi

from billing_identity.components.entra.access_packages import AccessPackages, Package
from billing_identity.components.entra.administrative_unit import AdministrativeUnit
from billing_identity.components.entra.assigned_group import AssignedGroup, AssignedGroupArgs
from billing_identity.components.entra.authentication_strengths import AuthenticationStrengths
from billing_identity.components.entra.clients_claim import ClientsClaim
from billing_identity.components.entra.conditional_access import ConditionalAccess
from billing_identity.components.entra.conditional_access_args import Workload
from billing_identity.components.entra.enterprise_application import EnterpriseApplication
from billing_identity.components.entra.first_party import FirstParty
from billing_identity.components.entra.privileged_group import PrivilegedGroup
from billing_identity.components.entra.rule_group import RuleGroup
from billing_identity.components.entra.workload_identity import WorkloadIdentity
from billing_identity.roles.model.entra import GRAPH
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.naming import (
    CONTAINED,
    VENDOR_STAFF,
    eligible_group_name,
    requestor_group_name,
    ring_group_name,
)
from billing_identity.stacks.bind.entra import applications, groups, privileged, sign_in
from billing_identity.stacks.bind.entra.directory import directory_grants, units
from billing_identity.stacks.bind.entra.gaps import gaps, privileged_access
from billing_identity.stacks.bind.people import federated_systems, system_grants
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.shared import clients
from billing_identity.stacks.settings import EntraSettings

Ids = dict[str, pulumi.Output[str]]


@dataclass
class _Made:
    """Object ids of what was declared so far: groups by role, applications and principals by system."""

    roles: Ids = field(default_factory=dict[str, pulumi.Output[str]])
    rings: dict[str, list[pulumi.Output[str]]] = field(default_factory=dict[str, list[pulumi.Output[str]]])
    vendors: list[pulumi.Output[str]] = field(default_factory=list[pulumi.Output[str]])
    clients: Ids = field(default_factory=dict[str, pulumi.Output[str]])
    """Client ids of the enterprise applications."""
    principals: Ids = field(default_factory=dict[str, pulumi.Output[str]])
    workloads: list[Workload] = field(default_factory=list[Workload])


def build(context: Context, entra: EntraSettings) -> None:
    """Declares roles, applications, sign-in, privileged access and programs, as far as licences go."""
    made = _Made()
    licensed = context.settings.capabilities.entra_p1
    contained = AssignedGroup(
        CONTAINED,
        {
            "group_name": CONTAINED,
            "description": "People contained by an incident; conditional access blocks them",
            "assignable_to_role": False,
        },
        context.providers.with_entra(protect=True),
    ).object_id
    context.handed["entra/contained"] = contained
    if licensed:
        _role_groups(context, made)
        _client_groups(context)
    _applications(context, entra, made)
    _programs(context, entra, made)
    if licensed:
        _rollout_groups(context, made)
        _sign_in(context, entra, made, contained)
        if privileged_access(context.settings):
            _privileged(context, entra, made)
    context.gaps.extend(gaps(context.catalogue, context.settings, entra, context.as_of))


def _role_groups(context: Context, made: _Made) -> None:
    catalogue, settings, as_of = context.catalogue, context.settings, context.as_of
    options = context.providers.with_entra()
    for role in groups.entra_roles(catalogue, as_of):
        if role.assignment is Assignment.JOB_CODE:
            args = groups.rule_group(catalogue, settings, role, as_of)
            made.roles[role.id] = RuleGroup(role.id, args, options).object_id
        else:
            assigned = groups.assigned_group(catalogue, settings, role, as_of)
            made.roles[role.id] = AssignedGroup(role.id, assigned, options).object_id
        context.index[f"entra/{role.id}"] = f"role:{role.id}"


def _client_groups(context: Context) -> None:
    policy, options = context.catalogue.access_policy, context.providers.with_entra()
    reached = {system.id for system in sign_in.entra_systems(context.catalogue)}
    for client in clients(context):
        if reached.intersection(client.systems):
            RuleGroup(f"client-{client.id}", groups.client_group(policy, client), options)
            context.index[f"entra/client-{client.id}"] = f"client:{client.id}"


def _applications(context: Context, entra: EntraSettings, made: _Made) -> None:
    catalogue, options = context.catalogue, context.providers.with_entra()
    systems = federated_systems(catalogue, Provider.ENTRA)
    applications.distinct(context.settings, systems)
    claims = None
    if systems:
        attribute = catalogue.access_policy.hr.attributes["clients"].entra
        title = "Assigned clients"
        claims = ClientsClaim("clients-claim", {"title": title, "attribute": attribute}, options).policy_id
    for system in systems:
        arguments = applications.enterprise_application(
            catalogue, context.settings, entra, system, made.roles, claims, context.as_of
        )
        application = EnterpriseApplication(system.id, arguments, options)
        made.clients[system.id] = application.client_id
        made.principals[system.id] = application.object_id
        context.handed[f"entra/app/{system.id}"] = application.client_id
        context.index[f"entra/{system.id}"] = f"system:{system.id}"


def _programs(context: Context, entra: EntraSettings, made: _Made) -> None:
    catalogue, options = context.catalogue, context.providers.with_entra()
    services = {"microsoft-graph": GRAPH}
    for system in sign_in.entra_systems(catalogue):
        service = system.identity.first_party
        if service is not None and service.principal is not None:
            services[service.value] = service.principal
    graph = FirstParty("first-party", {"services": services}, options).object_ids["microsoft-graph"]
    for account, credential in applications.programs(catalogue, entra):
        arguments = applications.workload_identity(
            catalogue, account, credential, graph, made.principals, context.as_of
        )
        program = WorkloadIdentity(account.id, arguments, options)
        context.index[f"entra/{account.id}"] = f"service-account:{account.id}"
        if context.settings.capabilities.entra_workload_identities:
            made.workloads.append({"object_id": program.object_id, "zone": account.zone})


def _rollout_groups(context: Context, made: _Made) -> None:
    catalogue, options = context.catalogue, context.providers.with_entra()
    rings = catalogue.access_policy.rings
    for ring in rings[:-1]:
        found = [
            made.roles[role.id]
            for role in groups.requested(catalogue, context.as_of)
            if role.ring == ring and role.id in made.roles
        ]
        args = groups.ring_group(catalogue, ring)
        if args is not None:
            found.insert(0, RuleGroup(ring_group_name(ring), args, options).object_id)
            context.index[f"entra/{ring_group_name(ring)}"] = f"ring:{ring}"
        made.rings[ring] = found
    vendors = groups.vendor_group(catalogue)
    if vendors is not None:
        made.vendors.append(RuleGroup(VENDOR_STAFF, vendors, options).object_id)


def _sign_in(context: Context, entra: EntraSettings, made: _Made, contained: pulumi.Output[str]) -> None:
    catalogue, options = context.catalogue, context.providers.with_entra()
    strengths = AuthenticationStrengths("strengths", sign_in.strengths(catalogue), options)
    vendor_roles = {role.id for role in catalogue.roles.values() if role.vendor_staff}
    outside = [
        made.clients[system]
        for system in sorted(made.clients)
        if vendor_roles.intersection(system_grants(catalogue, system, context.as_of))
    ]
    ConditionalAccess(
        "conditional-access",
        sign_in.conditional_access(
            catalogue,
            context.settings,
            entra,
            contained=contained,
            ring_groups=made.rings,
            client_ids=made.clients,
            vendor_groups=made.vendors,
            guest_applications=outside,
            workloads=made.workloads,
            workforce_strength=strengths.workforce_id,
            administrator_strength=strengths.administrator_id,
            bootstrap_strength=strengths.bootstrap_id,
        ),
        options,
    )


def _privileged(context: Context, entra: EntraSettings, made: _Made) -> None:
    catalogue, as_of = context.catalogue, context.as_of
    options = context.providers.with_entra()
    scopes: Mapping[str, pulumi.Output[str]] = {
        unit: AdministrativeUnit(
            unit,
            {"display_name": unit, "description": f"People that the administrators of {unit} reach"},
            options,
        ).object_id
        for unit in units(catalogue)
    }
    packages: list[Package] = []
    for role in groups.requested(catalogue, as_of):
        asking = RuleGroup(
            requestor_group_name(role.id), groups.requestor_group(catalogue, entra, role), options
        ).object_id
        member_of = made.roles[role.id]
        if privileged.activated(role):
            name = eligible_group_name(role.id)
            member_of = AssignedGroup(name, groups.eligible_group(role), options).object_id
            args = privileged.privileged_group(catalogue, entra, role, made.roles, member_of, scopes, as_of)
            PrivilegedGroup(role.id, args, options)
        packages.append(
            privileged.package(
                catalogue,
                role,
                made.roles,
                asking,
                member_of,
                as_of,
                recommendations=context.settings.capabilities.entra_governance,
            )
        )
    for role in groups.entra_roles(catalogue, as_of):
        if role.assignment is Assignment.JOB_CODE and directory_grants(catalogue, role, as_of):
            holder: AssignedGroupArgs = groups.directory_group(role)
            group = AssignedGroup(holder["group_name"], holder, options).object_id
            activation = privileged.directory_activation(
                catalogue, entra, role, group, made.roles, scopes, as_of
            )
            PrivilegedGroup(holder["group_name"], activation, options)
    if packages:
        AccessPackages(
            "requested-roles",
            {
                "catalogue_title": "Requested roles",
                "description": "Roles that are asked for, approved by somebody else, ended and reviewed",
                "packages": packages,
            },
            options,
        )
