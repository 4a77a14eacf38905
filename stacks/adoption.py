"""Adoption: what the settings map to a live id is imported, not made a second time.

One transformation of the whole stack does it, so that no component has to know. While an entry of `adopted`
stands, the object's name and description stay as they are live (a first diff shows no change); nothing that
decides access is left out. Deleting the entry after the first deployment brings name and description under
the catalogue: the next diff shows it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Location, Problem
from billing_identity.stacks.adopted_kinds import KINDS
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
