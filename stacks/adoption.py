"""Adoption: what the settings map to a live id is imported, not made a second time.

One transformation of the whole stack does it, so that no component has to know. While an entry of `adopted`
stands, the object's name and description stay as they are live (a first diff shows no change); nothing that
decides access is left out, and the name of a role's group is the catalogue's `live_groups`. Deleting the
entry after the first deployment brings the rest under the catalogue: the next diff shows it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location, Problem
from billing_identity.stacks.adopted_kinds import KINDS, ROLE_GROUPS
from billing_identity.stacks.settings import Settings, settings_file


def unknown_adoptions(settings: Settings, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Entries of `adopted` whose id the catalogue does not have: a misspelt one would make a duplicate."""
    policy = catalogue.access_policy
    ids: Mapping[str, set[str]] = {
        "role": set(catalogue.roles),
        "client": set(catalogue.clients),
        "system": set(catalogue.systems),
        "tier": set(policy.tiers),
        "zone": set(policy.zones),
    }
    return tuple(
        Problem.at(
            Location(settings_file(settings.environment)),
            code="settings",
            message=f"`adopted` names `{key}`, and the catalogue has no such {KINDS[kind].catalogue}",
            remedy="correct the id, or remove the entry",
            subject="settings",
        )
        for key in settings.adopted
        for kind, _, name in [key.partition(":")]
        if name not in ids[KINDS[kind].catalogue]
    )


def unnamed_groups(settings: Settings, catalogue: Catalogue) -> tuple[Problem, ...]:
    """Adopted groups of roles whose name the catalogue does not say: rules would look for another one."""
    adopted = (
        (catalogue.roles[name], provider)
        for key in settings.adopted
        for kind, _, name in [key.partition(":")]
        if (provider := ROLE_GROUPS.get(kind)) is not None and name in catalogue.roles
    )
    return tuple(
        Problem.at(
            catalogue.locate(role, ("id",)),
            code="live-group",
            message=f"role `{role.id}` does not say the name of its group that is adopted in {provider}",
            remedy=f"write `live_groups: {{ {provider}: <the live group's name> }}`",
            subject=f"role:{role.id}",
        )
        for role, provider in adopted
        if provider not in role.live_groups
    )


def register(settings: Settings) -> None:
    """Imports what `settings.adopted` names as the program declares it. Call before anything is declared."""
    wanted = {
        (resource_type, known.resource_name(name)): (known.import_id.format(live), known.kept)
        for key, live in settings.adopted.items()
        for kind, _, name in [key.partition(":")]
        for known in [KINDS[kind]]
        for resource_type in known.types
    }
    if not wanted:
        return

    def adopt(args: pulumi.ResourceTransformationArgs) -> pulumi.ResourceTransformationResult | None:
        found = wanted.get((args.type_, args.name))
        if found is None:
            return None
        live, kept = found
        more = pulumi.ResourceOptions(import_=live, ignore_changes=list(kept))
        return pulumi.ResourceTransformationResult(args.props, pulumi.ResourceOptions.merge(args.opts, more))

    pulumi.runtime.register_stack_transformation(adopt)
