"""A role says how people come to hold it, and says nothing that contradicts that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import Fault, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment, Role
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps

ID = "role-shape"
TITLE = "A role's fields agree with the way it is assigned"
CITATIONS = ("164.308(a)(3)(ii)(A)", "164.308(a)(4)(ii)(B)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Missing or superfluous job codes and request terms, by `assignment` and `abstract`."""
    for role in catalogue.roles.values():
        yield from findings(catalogue, role, _faults(role), code=ID, severity="input", citations=CITATIONS)


def _faults(role: Role) -> Iterator[Fault]:
    by_code = role.assignment is Assignment.JOB_CODE
    if role.abstract:
        if role.job_codes or role.request is not None:
            path: Steps = ("job_codes",) if role.job_codes else ("request",)
            yield (
                path,
                f"role `{role.id}` is abstract, so nobody can be given it",
                "remove the field, or `abstract`",
            )
        if not by_code:
            yield (
                ("assignment",),
                f"role `{role.id}` is abstract and can't be assigned",
                "remove `assignment`",
            )
        return
    if by_code:
        if not role.job_codes:
            yield (
                (),
                f"role `{role.id}` has no job code, so nobody would ever hold it",
                "add `job_codes`, or `assignment: request` with `request`, or `abstract: true`",
            )
        if role.request is not None:
            yield (
                ("request",),
                f"role `{role.id}` is given by job code and has request terms as well",
                "remove `request`, or write `assignment: request`",
            )
    else:
        if role.request is None:
            yield (
                ("assignment",),
                f"role `{role.id}` is `assignment: {role.assignment.value}` without `request`",
                "add `request` with eligible job codes, approvers and max_hours",
            )
        if role.job_codes:
            yield (
                ("job_codes",),
                f"role `{role.id}` is asked for, and job codes would give it without asking",
                "move the job codes to `request.eligible`",
            )
    for name, values in (
        ("job_codes", role.job_codes),
        ("inherits", role.inherits),
        ("training", role.training),
    ):
        for index, value in enumerate(values):
            if value in values[:index]:
                yield (name, index), f"`{value}` stands twice in `{name}` of role `{role.id}`", "remove one"
