"""Nobody holds two duties that one person may not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from billing_identity.roles.access import Held
from billing_identity.roles.checks.finding import finding, listed
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Role
from billing_identity.roles.problems import Problem
from billing_identity.roles.separation import Conflict, job_code_conflicts, role_conflicts, sides
from billing_identity.roles.yaml_tree import Steps

ID = "separation-of-duties"
TITLE = "Nobody holds both sides of a separation-of-duties rule"
CITATIONS = ("164.308(a)(3)(i)", "164.308(a)(4)(ii)(B)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Conflicts inside a role, over a job code's roles, and inside a service account.

    Each is reported under the rule's own id, at the grant that completes it, and can be lifted by that id
    unless the rule says otherwise. A conflict that only a request would complete, and that the requested role
    acknowledges, is a notice: the approver sees it.
    """
    for conflict in role_conflicts(catalogue, as_of):
        yield _problem(catalogue, conflict)
    for conflict in job_code_conflicts(catalogue, as_of):
        yield _problem(catalogue, conflict)
    for account in catalogue.service_accounts.values():
        for side in sides(catalogue):
            hit = side.hit(account.entitlements)
            if hit is None:
                continue
            rule = side.rule
            yield finding(
                catalogue,
                account,
                ("entitlements",),
                code=rule.id,
                message=f"service account `{account.id}` holds both sides of `{rule.id}`: "
                f"{listed(hit[0])} and {listed(hit[1])}. {rule.rationale}",
                remedy="split it into two service accounts",
                citations=rule.citations,
                liftable=rule.liftable,
            )


def _problem(catalogue: Catalogue, conflict: Conflict) -> Problem:
    rule = conflict.rule
    kind, holder = conflict.holder.split(":", 1)
    role, path = _place(catalogue, conflict, holder)
    who = f"role `{holder}`"
    if kind == "job-code":
        title = catalogue.access_policy.hr.job_codes[holder]
        who = f"a person with job code `{holder}` ({title})"
    elif codes := catalogue.roles[holder].job_codes:
        who += f", given by job code {listed(codes)},"
    message = (
        f"{who} holds both sides of `{rule.id}` ({rule.title.lower()}): "
        f"{rule.left.title.lower()} by {_through(conflict.left, holder)}; "
        f"{rule.right.title.lower()} by {_through(conflict.right, holder)}"
    )
    if conflict.by_request:
        message += f"; complete once {listed(_asked(conflict))} is asked for and given"
    remedy = "take one of the grants away, or give it to another role"
    if conflict.by_request and rule.liftable:
        remedy = (
            "take the job code out of `request.eligible`, or list the rule in "
            "`request.acknowledged_conflicts` "
            "so that the approver is shown it"
        )
    if rule.liftable:
        remedy += f"; or add an approved, dated exception for rule `{rule.id}`, subject `{conflict.holder}`"
    return finding(
        catalogue,
        role,
        path,
        code=rule.id,
        message=f"{message}. {rule.rationale}",
        remedy=remedy,
        severity="notice" if conflict.acknowledged and rule.liftable else "policy",
        subject=conflict.holder,
        citations=rule.citations,
        liftable=rule.liftable,
    )


def _through(held: Iterable[Held], holder: str) -> str:
    """The entitlements of one side, each with the role that gives it unless that is the holder."""
    parts = {
        f"`{item.entitlement}`" + ("" if item.role == holder else f" (role `{item.role}`)"): None
        for item in held
    }
    return ", ".join(parts)


def _asked(conflict: Conflict) -> tuple[str, ...]:
    """The requested roles without which there would be no conflict; all of them if each is spare."""

    def needed(role: str) -> bool:
        return any(all(held.role == role for held in side) for side in (conflict.left, conflict.right))

    return tuple(filter(needed, conflict.by_request)) or conflict.by_request


def _place(catalogue: Catalogue, conflict: Conflict, holder: str) -> tuple[Role, Steps]:
    """Where to point: at the job code that may ask, if asking completes the conflict; otherwise at the
    youngest grant involved, and among equals at the last."""
    if conflict.by_request:
        role = catalogue.roles[_asked(conflict)[0]]
        eligible = role.request.eligible if role.request is not None else ()
        return role, (
            "request",
            "eligible",
            *(index for index, code in enumerate(eligible) if code == holder),
        )

    def age(item: tuple[Role, int]) -> tuple[date, str, int]:
        role, index = item
        return (role.grants[index].since or date.max, role.id, index)

    found: list[tuple[Role, int]] = []
    for held in (*conflict.left, *conflict.right):
        role = catalogue.roles[held.granted_by]
        found.append((role, role.grants.index(held.grant)))
    role, index = max(found, key=age)
    return role, ("grants", index, "entitlement")
