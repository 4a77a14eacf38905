"""Profile attributes and groups: who is in a role, who may ask for one, which ring somebody is in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from billing_identity.components.okta import expressions
from billing_identity.components.okta.assigned_group import AssignedGroupArgs
from billing_identity.components.okta.profile_attributes import ProfileAttributesArgs
from billing_identity.components.okta.rule_group import RuleGroupArgs
from billing_identity.roles.access import concrete_roles
from billing_identity.roles.model.access_policy import AccessPolicy
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.naming import (
    HELP_DESK_SCOPE,
    client_group_name,
    eligible_group_name,
    ring_group_name,
)
from billing_identity.stacks.bind.people import (
    job_codes,
    note,
    role_data_classes,
    training_gated,
    worker_types,
)


def profile_attributes(policy: AccessPolicy) -> ProfileAttributesArgs:
    """The attributes that HR feeds, in the order of the policy."""
    return {
        "attributes": [
            {
                "index": attribute.okta,
                "title": attribute.title,
                "array": attribute.type == "array",
                "values": attribute.values,
            }
            for attribute in policy.hr.attributes.values()
        ]
    }


def condition(policy: AccessPolicy, codes: Sequence[str], *, trained: bool, types: Sequence[str] = ()) -> str:
    """At work, trained where that is a condition, of one of the worker types if any is named, with one of the
    job codes."""
    hr = policy.hr
    conditions = [expressions.equals(hr.attributes["employment_status"].okta, hr.active)]
    if trained:
        conditions.append(expressions.equals(hr.attributes["training_status"].okta, hr.trained))
    if types:
        worker_type = hr.attributes["worker_type"].okta
        conditions.append(expressions.any_of([expressions.equals(worker_type, one) for one in types]))
    job_code = hr.attributes["job_code"].okta
    conditions.append(expressions.any_of([expressions.equals(job_code, code) for code in codes]))
    return expressions.all_of(conditions)


def role_condition(catalogue: Catalogue, role: Role, as_of: date) -> str:
    """Who is in a role's group: at work, trained where ePHI is reached, of the worker types that the role is
    for, with one of the job codes."""
    return condition(
        catalogue.access_policy,
        job_codes(catalogue, role),
        trained=training_gated(catalogue, role, as_of),
        types=worker_types(catalogue, role),
    )


def rule_group(catalogue: Catalogue, role: Role, as_of: date) -> RuleGroupArgs:
    """The group of a role that job codes give."""
    return {
        "group_name": role.group_name(Provider.OKTA),
        "description": _describe(catalogue, role, as_of),
        "rule_name": f"jml-{role.id}",
        "condition": role_condition(catalogue, role, as_of),
    }


def assigned_group(catalogue: Catalogue, role: Role, as_of: date) -> AssignedGroupArgs:
    """The group of a role that is requested or assigned."""
    return {
        "group_name": role.group_name(Provider.OKTA),
        "description": _describe(catalogue, role, as_of),
    }


def eligible_group(catalogue: Catalogue, role: Role, as_of: date) -> RuleGroupArgs:
    """People who may ask for a requested role. It gives nothing by itself.

    Raises LookupError for a role that nobody can ask for.
    """
    if role.request is None:
        raise LookupError(f"role:{role.id}: it has no request terms")
    return {
        "group_name": eligible_group_name(role.id),
        "description": f"May ask for {role.title}. {note(f'role:{role.id}', role.owner)}",
        "rule_name": eligible_group_name(role.id),
        "condition": condition(
            catalogue.access_policy,
            sorted(role.request.eligible),
            trained=training_gated(catalogue, role, as_of),
            types=worker_types(catalogue, role),
        ),
    }


def _describe(catalogue: Catalogue, role: Role, as_of: date) -> str:
    classes = role_data_classes(catalogue, role, as_of)
    return f"{role.title}. {note(f'role:{role.id}', role.owner, classes)}"


def client_group(policy: AccessPolicy, client: Client) -> RuleGroupArgs:
    """The group of people whom HR assigned to a client."""
    hr = policy.hr
    return {
        "group_name": client_group_name(client.id),
        "description": f"Assigned to {client.title}. {note(f'client:{client.id}', client.account_owner)}",
        "rule_name": f"client-{client.id}",
        "condition": expressions.all_of(
            [
                expressions.equals(hr.attributes["employment_status"].okta, hr.active),
                expressions.contains(hr.attributes["clients"].okta, client.code),
            ]
        ),
    }


def ring_codes(catalogue: Catalogue, ring: str) -> tuple[str, ...]:
    """Job codes that a ring of the rollout reaches, sorted."""
    return tuple(
        sorted(
            {
                str(code)
                for role in concrete_roles(catalogue)
                if role.assignment is Assignment.JOB_CODE and role.ring == ring
                for code in role.job_codes
            }
        )
    )


def ring_groups(catalogue: Catalogue) -> dict[str, RuleGroupArgs]:
    """A group for each ring that somebody is in, by ring, in the order of the rollout."""
    policy = catalogue.access_policy
    return {
        str(ring): {
            "group_name": ring_group_name(ring),
            "description": f"Stricter sign-in reaches them in ring {ring}. access-policy; gives no access",
            "rule_name": ring_group_name(ring),
            "condition": condition(policy, codes, trained=False),
        }
        for ring in policy.rings
        if (codes := ring_codes(catalogue, ring))
    }


def enforced_rings(policy: AccessPolicy) -> tuple[str, ...]:
    """Rings that the rollout has reached, in order."""
    return tuple(map(str, policy.rings[: policy.rings.index(policy.enforced_ring) + 1]))


def enforced_assigned(catalogue: Catalogue) -> tuple[str, ...]:
    """Requested and administrator roles whose ring the rollout has reached: no rule puts them into a ring."""
    reached = enforced_rings(catalogue.access_policy)
    return tuple(
        role.id
        for role in concrete_roles(catalogue)
        if role.assignment is not Assignment.JOB_CODE and role.ring in reached
    )


def everybody_enforced(policy: AccessPolicy) -> bool:
    """Whether the rollout is complete."""
    return policy.enforced_ring == policy.rings[-1]


def help_desk_codes(catalogue: Catalogue) -> tuple[str, ...]:
    """Job codes whose holders the help desk may reset: of no privileged role, and eligible for none."""
    privileged = {
        str(code)
        for role in catalogue.roles.values()
        if role.privileged
        for code in (*role.job_codes, *(role.request.eligible if role.request is not None else ()))
    }
    return tuple(sorted(set(map(str, catalogue.access_policy.hr.job_codes)) - privileged))


def help_desk_scope(catalogue: Catalogue) -> RuleGroupArgs:
    """The people whom the help desk may reset: no administrator, and nobody who may become one by request."""
    return {
        "group_name": HELP_DESK_SCOPE,
        "description": "People whom the help desk may reset; administrators left out. access-policy",
        "rule_name": HELP_DESK_SCOPE,
        "condition": condition(catalogue.access_policy, help_desk_codes(catalogue), trained=False),
    }
