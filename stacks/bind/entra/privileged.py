"""Requested and administrator roles: who may ask, who approves, how long, who reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pulumi

from billing_identity.components.entra.access_packages import Package
from billing_identity.components.entra.conditional_access_personas import HIGHLY_PRIVILEGED_ROLES
from billing_identity.components.entra.privileged_group import DirectoryRoleGrant, PrivilegedGroupArgs
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.vocabulary import Cadence, Level
from billing_identity.stacks.bind.entra.directory import DirectoryGrant, directory_grants
from billing_identity.stacks.bind.entra.groups import approvers, data_owners, federated
from billing_identity.stacks.bind.people import note
from billing_identity.stacks.settings import EntraSettings

Ids = Mapping[str, pulumi.Input[str]]
LONGEST_ACTIVATION = 24
"""Hours; what lasts longer is a membership with an end, not an activation."""
ELIGIBLE_DAYS = 180
"""Days that somebody stays eligible before asking again; reviewed in between."""
FREQUENCY = {
    Cadence.MONTHLY: "monthly",
    Cadence.QUARTERLY: "quarterly",
    Cadence.HALF_YEARLY: "halfyearly",
    Cadence.YEARLY: "annual",
}


def activated(role: Role) -> bool:
    """Whether a requested role is short enough to be activated, hour by hour."""
    return role.request is not None and role.request.max_hours <= LONGEST_ACTIVATION


def privileged_group(
    catalogue: Catalogue,
    entra: EntraSettings,
    role: Role,
    groups: Ids,
    eligible: pulumi.Input[str],
    units: Ids,
    as_of: date,
) -> PrivilegedGroupArgs:
    """Activation of a requested role. `groups` are object ids by role, `units` by administrative unit."""
    return {
        "group_id": groups[role.id],
        "eligible_groups": {"eligible": eligible},
        "approvers": [groups[name] for name in approvers(role)],
        "hours": role.request.max_hours if role.request is not None else 1,
        "notified": _notified(entra),
        "directory_roles": _grants(directory_grants(catalogue, role, as_of), units),
    }


def directory_activation(
    catalogue: Catalogue,
    entra: EntraSettings,
    role: Role,
    holder: pulumi.Input[str],
    groups: Ids,
    units: Ids,
    as_of: date,
) -> PrivilegedGroupArgs:
    """Activation of the directory roles of a job-code role, by everybody who holds it.

    The role's owner approves, except where the directory roles only read. As long as the strictest session.
    Raises LookupError for one of the highest directory roles where people are federated: conditional access
    asks its holders for a native key, which federated people can't bring.
    """
    grants = directory_grants(catalogue, role, as_of)
    high = [grant.role.value for grant in grants if grant.role.template_id in HIGHLY_PRIVILEGED_ROLES]
    if high and federated(catalogue.access_policy):
        raise LookupError(
            f"role:{role.id}: {', '.join(high)} is for cloud-only administrators: give it to a role with "
            "`assignment: administrator`"
        )
    reads = all(grant.role.reads_only for grant in grants)
    return {
        "group_id": holder,
        "eligible_groups": {role.id: groups[role.id]},
        "approvers": [] if reads else [groups[role.owner]],
        "hours": min(tier.session.lifetime_hours for tier in catalogue.access_policy.tiers.values()),
        "notified": _notified(entra),
        "directory_roles": _grants(grants, units),
    }


def package(
    catalogue: Catalogue,
    role: Role,
    groups: Ids,
    requestors: pulumi.Input[str],
    member_of: pulumi.Input[str],
    as_of: date,
    *,
    recommendations: bool,
) -> Package:
    """How a requested role is asked for: the role itself, or (for hours at a time) being eligible for it.

    First the role's own approvers, then the data owners who are not among them.
    """
    named = approvers(role)
    owners = [name for name in data_owners(catalogue, role, as_of) if name not in named]
    stages = [[groups[name] for name in named], [groups[name] for name in owners]]
    hours = role.request.max_hours if role.request is not None else 0
    return {
        "name": role.id,
        "title": role.title,
        "description": f"{role.purpose} {note(f'role:{role.id}', role.owner)}",
        "group_id": member_of,
        "requestors": requestors,
        "stages": [stage for stage in stages if stage],
        "days": ELIGIBLE_DAYS if activated(role) else max(1, hours // 24),
        "review_frequency": FREQUENCY[_cadence(catalogue, role)],
        "review_days": catalogue.access_policy.reviews.duration_days,
        "reviewers": [groups[reviewer(catalogue, role)]],
        "recommendations": recommendations,
    }


def reviewer(catalogue: Catalogue, role: Role) -> str:
    """Who reviews a requested role: its owner, or the policy's next reviewer who can't hold the role himself.

    Raises LookupError where everybody who could review may also ask.
    """
    reviews = catalogue.access_policy.reviews
    eligible = set(role.request.eligible) if role.request is not None else set[str]()
    for name in (role.owner, reviews.reviewer, reviews.fallback_reviewer):
        if name != role.id and not eligible.intersection(catalogue.roles[name].job_codes):
            return name
    raise LookupError(f"role:{role.id}: nobody can review it who may not ask for it: name another owner")


def _cadence(catalogue: Catalogue, role: Role) -> Cadence:
    reviews = catalogue.access_policy.reviews
    found = [reviews.high_risk_roles if role.risk is Level.HIGH or role.privileged else reviews.other_roles]
    if role.vendor_staff:
        found.append(reviews.vendor_users)
    return min(found, key=lambda cadence: cadence.months)


def _notified(entra: EntraSettings) -> list[str]:
    return [entra.security_mailbox] if entra.security_mailbox is not None else []


def _grants(grants: tuple[DirectoryGrant, ...], units: Ids) -> list[DirectoryRoleGrant]:
    found: list[DirectoryRoleGrant] = []
    for grant in grants:
        entry: DirectoryRoleGrant = {"name": grant.role.value, "template_id": grant.role.template_id}
        if grant.unit is not None:
            entry["name"] = f"{grant.role.value}-{grant.unit}"
            entry["administrative_unit"] = units[grant.unit]
        found.append(entry)
    return found
