"""Separation of duties: which person, by job code, would hold two duties that one person may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from billing_identity.roles.access import Held, concrete_roles, job_code_access, job_code_roles, role_access
from billing_identity.roles.model.access_policy import Duty, SeparationOfDuties
from billing_identity.roles.model.catalogue import Catalogue


@dataclass(frozen=True)
class Conflict:
    """One rule reached on both sides by one holder.

    `holder` is `role:<id>` or `job-code:<code>`. `by_request` names the requested or administrator roles
    without which there would be no conflict; empty when the holder has both sides from the start.
    `acknowledged` is true when every such role lists the rule in `acknowledged_conflicts`.
    """

    rule: SeparationOfDuties
    holder: str
    left: tuple[Held, ...]
    right: tuple[Held, ...]
    by_request: tuple[str, ...] = ()
    acknowledged: bool = False


@dataclass(frozen=True)
class Sides:
    """A rule as two sets of entitlements."""

    rule: SeparationOfDuties
    left: frozenset[str]
    right: frozenset[str]

    def hit(self, held: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The entitlements on either side among `held`, or None unless both sides are reached.

        An entitlement that stands on both sides is a conflict by itself.
        """
        owned = set(held)
        left, right = owned & self.left, owned & self.right
        return (tuple(sorted(left)), tuple(sorted(right))) if left and right else None


def sides(catalogue: Catalogue) -> tuple[Sides, ...]:
    """All rules of the access policy as sets of entitlements, in the policy's order."""
    tagged: dict[str, set[str]] = {}
    for system in catalogue.systems.values():
        for name, entitlement in system.entitlements.items():
            for risk in entitlement.risks:
                tagged.setdefault(risk.value, set()).add(f"{system.id}/{name}")
    return tuple(
        Sides(rule, _members(rule.left, tagged), _members(rule.right, tagged))
        for rule in catalogue.access_policy.separation_of_duties
    )


def _members(duty: Duty, tagged: Mapping[str, set[str]]) -> frozenset[str]:
    named = {str(entitlement) for entitlement in duty.entitlements}
    return frozenset(named.union(*(tagged.get(risk.value, set[str]()) for risk in duty.risks)))


def role_conflicts(catalogue: Catalogue, as_of: date) -> Iterator[Conflict]:
    """Roles that hold both sides of a rule by themselves."""
    rules = sides(catalogue)
    for role in concrete_roles(catalogue):
        yield from _conflicts(rules, f"role:{role.id}", role_access(catalogue, role.id, as_of))


def job_code_conflicts(catalogue: Catalogue, as_of: date) -> Iterator[Conflict]:
    """Job codes whose union of roles, requestable ones included, reaches both sides of a rule.

    Conflicts inside a single role, which `role_conflicts` gives, are not repeated.
    """
    rules = sides(catalogue)
    inside = {(conflict.rule.id, conflict.holder) for conflict in role_conflicts(catalogue, as_of)}
    for code in catalogue.access_policy.hr.job_codes:
        standing = {held.role for held in job_code_access(catalogue, code, as_of, requested=False)}
        roles = {role.id: role for role in job_code_roles(catalogue, code)}
        for conflict in _conflicts(rules, f"job-code:{code}", job_code_access(catalogue, code, as_of)):
            involved = {held.role for held in conflict.left + conflict.right}
            if any((conflict.rule.id, f"role:{role}") in inside for role in involved):
                continue
            without = Sides(
                conflict.rule,
                frozenset(held.entitlement for held in conflict.left if held.role in standing),
                frozenset(held.entitlement for held in conflict.right if held.role in standing),
            )
            complete = bool(without.left and without.right)
            asked = () if complete else tuple(sorted(involved - standing))
            acknowledged = bool(asked) and all(
                (terms := roles[role].request) is not None
                and conflict.rule.id in terms.acknowledged_conflicts
                for role in asked
            )
            yield Conflict(conflict.rule, conflict.holder, conflict.left, conflict.right, asked, acknowledged)


def _conflicts(rules: tuple[Sides, ...], holder: str, access: tuple[Held, ...]) -> Iterator[Conflict]:
    for side in rules:
        if side.hit(held.entitlement for held in access) is not None:
            yield Conflict(
                side.rule,
                holder,
                tuple(held for held in access if held.entitlement in side.left),
                tuple(held for held in access if held.entitlement in side.right),
            )
