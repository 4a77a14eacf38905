"""Conflicts of the head by the rules and risk tags of the base.

A change that grants the second half of a forbidden pair and takes away the rule, or the tag by which the rule
knows the pair, would otherwise be judged by what it brings itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from billing_identity.roles.checks import lifting, separation_of_duties
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.problems import Problem


def conflicts_by_base(base: Catalogue, head: Catalogue, as_of: date, environment: str) -> tuple[Problem, ...]:
    """Conflicts in the head by the rules of both sides, and by the risk tags of both; none where the head
    took nothing away."""
    before, policy = base.access_policy.separation_of_duties, head.access_policy
    lost = [rule for rule in before if rule not in policy.separation_of_duties]
    tagged = dict(_tagged(base, head))
    if not lost and not tagged:
        return ()
    armed = replace(
        head,
        access_policy=policy.model_copy(
            update={"separation_of_duties": (*policy.separation_of_duties, *lost)}
        ),
        systems={**head.systems, **tagged},
    )
    rules = {rule.id for rule in armed.access_policy.separation_of_duties}
    found = lifting.lift(armed, list(separation_of_duties.check(armed, as_of)), as_of, environment)
    return tuple(problem for problem in found if problem.code in rules)


def _tagged(base: Catalogue, head: Catalogue) -> Iterator[tuple[str, System]]:
    """Systems of the head whose entitlements lost tags, with all that they had."""
    for name, system in head.systems.items():
        old = base.systems.get(name)
        if old is None:
            continue
        entitlements = {
            key: entitlement.model_copy(
                update={"risks": tuple(dict.fromkeys((*entitlement.risks, *old.entitlements[key].risks)))}
            )
            for key, entitlement in system.entitlements.items()
            if key in old.entitlements and set(old.entitlements[key].risks) - set(entitlement.risks)
        }
        if entitlements:
            update = {"entitlements": {**system.entitlements, **entitlements}}
            yield name, system.model_copy(update=update)
