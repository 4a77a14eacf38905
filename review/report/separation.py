"""Separation of duties: for each rule and job code, which side its holder has or could ask for."""

from __future__ import annotations

from datetime import date

from billing_identity.roles.access import job_code_access
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.separation import job_code_conflicts, role_conflicts, sides

Json = dict[str, object]


def separation(catalogue: Catalogue, as_of: date) -> Json:
    """Rules, and `cells[rule][job code]`: `L`, `R` (a side), `Q` (both by an acknowledged request), `C`."""
    codes = tuple(catalogue.access_policy.hr.job_codes)
    standing = {
        code: {held.entitlement for held in job_code_access(catalogue, code, as_of)} for code in codes
    }
    conflicts = {
        (conflict.rule.id, conflict.holder.partition(":")[2]): conflict
        for conflict in job_code_conflicts(catalogue, as_of)
    }
    alone: dict[str, set[str]] = {}
    for conflict in role_conflicts(catalogue, as_of):
        role = catalogue.roles[conflict.holder.partition(":")[2]]
        eligible = role.request.eligible if role.request else ()
        alone.setdefault(conflict.rule.id, set()).update([*role.job_codes, *eligible])
    rows: list[Json] = []
    for side in sides(catalogue):
        cells: dict[str, str] = {}
        for code in codes:
            left, right = standing[code] & side.left, standing[code] & side.right
            if left and right:
                found = conflicts.get((side.rule.id, code))
                acknowledged = found is not None and found.acknowledged
                cells[code] = "Q" if acknowledged and code not in alone.get(side.rule.id, ()) else "C"
            elif left or right:
                cells[code] = "L" if left else "R"
        rows.append(
            {
                "id": side.rule.id,
                "title": side.rule.title,
                "left": side.rule.left.title,
                "right": side.rule.right.title,
                "why": side.rule.rationale,
                "liftable": side.rule.liftable,
                "cells": cells,
            }
        )
    return {"rules": rows}
