"""The groups of Entra: of roles, clients, rollout rings, and of those who may ask."""

from __future__ import annotations

from datetime import date

from billing_identity.components.entra import membership
from billing_identity.components.entra.assigned_group import AssignedGroupArgs
from billing_identity.components.entra.rule_group import RuleGroupArgs
from billing_identity.roles.model.access_policy import AccessPolicy
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.naming import (
    VENDOR_STAFF,
    client_group_name,
    eligible_group_name,
    requestor_group_name,
    ring_group_name,
)
from billing_identity.stacks.bind.entra.directory import directory_grants
from billing_identity.stacks.bind.people import (
    group_access,
    groups_in,
    job_codes,
    note,
    role_data_classes,
    training_gated,
    worker_types,
)
from billing_identity.stacks.settings import EntraSettings, Settings


def federated(policy: AccessPolicy) -> bool:
    """Whether people reach Entra through another provider whose second factor Entra accepts."""
    return any(link.target is Provider.ENTRA and link.mfa_accepted for link in policy.identity.federation)


def role_condition(catalogue: Catalogue, role: Role, as_of: date) -> str:
    """Who is in a role's group: at work, trained where ePHI is reached, of the worker types that the role is
    for, with one of the job codes."""
    hr = catalogue.access_policy.hr
    conditions = _at_work(catalogue.access_policy)
    if training_gated(catalogue, role, as_of):
        conditions.append(membership.equals(hr.attributes["training_status"].entra, hr.trained))
    conditions += _of_type(catalogue, role)
    conditions.append(membership.one_of(hr.attributes["job_code"].entra, job_codes(catalogue, role)))
    return membership.all_of(conditions)


def _of_type(catalogue: Catalogue, role: Role) -> list[str]:
    types = worker_types(catalogue, role)
    attributes = catalogue.access_policy.hr.attributes
    return [membership.one_of(attributes["worker_type"].entra, types)] if types else []


def _at_work(policy: AccessPolicy) -> list[str]:
    """At work by HR's word, and the account not disabled: either alone takes a leaver out."""
    status = policy.hr.attributes["employment_status"].entra
    return [membership.enabled(), membership.equals(status, policy.hr.active)]


def rule_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> RuleGroupArgs:
    """The group of a role that job codes give."""
    args: RuleGroupArgs = {
        "group_name": role.group_name(Provider.ENTRA),
        "description": _describe(catalogue, role, as_of),
        "condition": role_condition(catalogue, role, as_of),
    }
    if (adopted := settings.adopted.get(f"entra-role:{role.id}")) is not None:
        args["adopt_group"] = adopted
    return args


def assigned_group(catalogue: Catalogue, settings: Settings, role: Role, as_of: date) -> AssignedGroupArgs:
    """The group of a role that is requested or assigned; a directory role may hang on an administrators'."""
    args: AssignedGroupArgs = {
        "group_name": role.group_name(Provider.ENTRA),
        "description": _describe(catalogue, role, as_of),
        "assignable_to_role": bool(directory_grants(catalogue, role, as_of)),
    }
    if (adopted := settings.adopted.get(f"entra-role:{role.id}")) is not None:
        args["adopt_group"] = adopted
    return args


def _describe(catalogue: Catalogue, role: Role, as_of: date) -> str:
    classes = role_data_classes(catalogue, role, as_of)
    return f"{role.title}. {note(f'role:{role.id}', role.owner, classes)}"


def client_group(policy: AccessPolicy, client: Client) -> RuleGroupArgs:
    """The group of people whom HR assigned to a client."""
    hr = policy.hr
    return {
        "group_name": client_group_name(client.id),
        "description": f"Assigned to {client.title}. {note(f'client:{client.id}', client.account_owner)}",
        "condition": membership.all_of(
            [
                *_at_work(policy),
                membership.listed(hr.attributes["clients"].entra, client.code),
            ]
        ),
    }


def requested(catalogue: Catalogue, as_of: date) -> tuple[Role, ...]:
    """Roles with access in Entra that are asked for or assigned, in order of id."""
    return tuple(
        role
        for role in groups_in(catalogue, Provider.ENTRA, as_of)
        if role.request is not None and role.assignment is not Assignment.JOB_CODE
    )


def entra_roles(catalogue: Catalogue, as_of: date) -> tuple[Role, ...]:
    """Roles that need a group: those with access in Entra, and those that approve or review it."""
    found = {role.id: role for role in groups_in(catalogue, Provider.ENTRA, as_of)}
    reviews = catalogue.access_policy.reviews
    for role in requested(catalogue, as_of):
        for name in (
            *approvers(role),
            *data_owners(catalogue, role, as_of),
            reviews.reviewer,
            reviews.fallback_reviewer,
        ):
            found.setdefault(name, catalogue.roles[name])
    return tuple(found[name] for name in sorted(found))


def approvers(role: Role) -> tuple[str, ...]:
    """Roles that approve a request, sorted."""
    return tuple(sorted(role.request.approvers)) if role.request is not None else ()


def data_owners(catalogue: Catalogue, role: Role, as_of: date) -> tuple[str, ...]:
    """Approvers of the systems in Entra that a role reaches, sorted."""
    systems = (catalogue.systems[held.system] for held in group_access(catalogue, role, as_of))
    return tuple(
        sorted({system.approver for system in systems if system.identity.provider is Provider.ENTRA})
    )


def requestor_group(catalogue: Catalogue, entra: EntraSettings, role: Role) -> RuleGroupArgs:
    """Who may ask for a role: at work, trained where the role names training, of an eligible job code.

    A role that administers the directory is for cloud-only accounts where people are federated.
    """
    policy = catalogue.access_policy
    hr = policy.hr
    eligible = role.request.eligible if role.request is not None else ()
    conditions = _at_work(policy)
    if role.training:
        conditions.append(membership.equals(hr.attributes["training_status"].entra, hr.trained))
    if role.assignment is Assignment.ADMINISTRATOR and federated(policy):
        conditions.append(membership.outside_domain(entra.federated_domain))
    conditions += _of_type(catalogue, role)
    conditions.append(membership.one_of(hr.attributes["job_code"].entra, sorted(eligible)))
    return {
        "group_name": requestor_group_name(role.id),
        "description": f"May ask for {role.title}. {note(f'role:{role.id}', role.owner)}",
        "condition": membership.all_of(conditions),
    }


def eligible_group(role: Role) -> AssignedGroupArgs:
    """Who was let in to activate a role; an access package fills and empties it."""
    return {
        "group_name": eligible_group_name(role.id),
        "description": f"May activate {role.title}. {note(f'role:{role.id}', role.owner)}",
        "assignable_to_role": False,
    }


def directory_group(role: Role) -> AssignedGroupArgs:
    """Holds the directory roles of a role that job codes give: its own group is dynamic and can't."""
    return {
        "group_name": f"directory-{role.id}",
        "description": f"Directory roles of {role.title}. {note(f'role:{role.id}', role.owner)}",
        "assignable_to_role": True,
    }


def ring_group(catalogue: Catalogue, ring: str) -> RuleGroupArgs | None:
    """People whose job code gives a role of a rollout ring; None where no job code does."""
    codes = {
        code
        for role in catalogue.roles.values()
        if role.ring == ring and role.assignment is Assignment.JOB_CODE and not role.abstract
        for code in role.job_codes
    }
    if not codes:
        return None
    policy = catalogue.access_policy
    return {
        "group_name": ring_group_name(ring),
        "description": f"Rollout ring {ring}. {note(f'ring:{ring}', policy.security_officer)}",
        "condition": membership.all_of(
            [
                *_at_work(policy),
                membership.one_of(policy.hr.attributes["job_code"].entra, sorted(codes)),
            ]
        ),
    }


def vendor_group(catalogue: Catalogue) -> RuleGroupArgs | None:
    """Staff of vendors: by worker type, and whoever may ask for, or is given, such a role. None where there
    is none."""
    codes: set[str] = set()
    for role in catalogue.roles.values():
        if role.vendor_staff:
            codes |= {*role.job_codes, *(role.request.eligible if role.request is not None else ())}
    if not codes:
        return None
    policy = catalogue.access_policy
    hr = policy.hr
    either = [membership.one_of(hr.attributes["job_code"].entra, sorted(codes))]
    if hr.outside is not None:
        either.append(membership.equals(hr.attributes["worker_type"].entra, hr.outside))
    return {
        "group_name": VENDOR_STAFF,
        "description": f"Staff of vendors. {note('tier:vendors', policy.security_officer)}",
        "condition": membership.all_of(
            [
                *_at_work(policy),
                membership.any_of(either),
            ]
        ),
    }
