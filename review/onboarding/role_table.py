"""A company's roles and entitlements from one CSV, as files of a catalogue.

Columns: `role` (id), `title`, `job_code`, `entitlement` (`system/entitlement` of the reference) and
`rationale`; may be added: `owner` (role id, `billing-supervisor` by default), `risk` (low, moderate, high;
high by default). One line a grant; a role's title, job code, owner and risk are the same in all its lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from billing_identity.review.onboarding.tables import Record, fault, read_csv
from billing_identity.roles.model.base import SLUG
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Level
from billing_identity.roles.problems import Problem

REQUIRED = ("role", "title", "job_code", "entitlement", "rationale")
OPTIONAL = ("owner", "risk")
JOB_CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")


@dataclass
class TableRole:
    """One role of the table."""

    first: Record
    grants: dict[str, str] = field(default_factory=dict[str, str])
    """Rationale by entitlement."""


def read_roles(path: Path, reference: Catalogue) -> tuple[dict[str, TableRole], tuple[Problem, ...]]:
    """The table's roles by id, or every fault with its line."""
    table = read_csv(path, REQUIRED, OPTIONAL)
    roles: dict[str, TableRole] = {}
    problems = list(table.problems)
    for record in table.records:
        problems += _faults(record, reference, {row.fields["role"] for row in table.records})
        role = roles.setdefault(record.fields["role"], TableRole(record))
        for column in ("title", "job_code", *OPTIONAL):
            if record.fields.get(column) != role.first.fields.get(column):
                message = f"`{column}` differs from line {role.first.location.line} of the same role"
                problems.append(fault(record.location, message, "write it the same in all lines of a role"))
        if record.fields["entitlement"] in role.grants:
            problems.append(fault(record.location, "the grant stands twice", "keep one of the lines"))
        role.grants[record.fields["entitlement"]] = record.fields["rationale"]
    return ({}, tuple(problems)) if problems else (roles, ())


def _faults(record: Record, reference: Catalogue, own: set[str]) -> list[Problem]:
    found: list[tuple[str, str]] = []
    values = record.fields
    if re.fullmatch(SLUG, values["role"]) is None or len(values["role"]) > 40:
        found.append((f"`{values['role'][:60]}` is not an identifier", "write words such as payment-poster"))
    if not 2 <= len(values["title"]) <= 80:
        found.append(("the title has not 2 to 80 characters", "write a short name for people"))
    if len(values["rationale"]) < 3:
        found.append(("no rationale", "say why the job can't be done without it: 164.514(d)(2)"))
    if JOB_CODE.fullmatch(values["job_code"]) is None or len(values["job_code"]) > 24:
        found.append((f"`{values['job_code'][:60]}` is not a job code", "write it such as RCM-POSTER"))
    known = [f"{system.id}/{name}" for system in reference.systems.values() for name in system.entitlements]
    if values["entitlement"] not in known:
        close = get_close_matches(values["entitlement"], known, n=1)
        remedy = f"did you mean `{close[0]}`?" if close else "add the system to the catalogue after `init`"
        found.append((f"there is no entitlement `{values['entitlement'][:60]}`", remedy))
    if values.get("owner") and values["owner"] not in {*reference.roles, *own}:
        found.append(
            (f"there is no role `{values['owner'][:60]}`", "name the role that answers for this one")
        )
    if values.get("risk") and values["risk"] not in set(Level):
        found.append((f"`{values['risk'][:60]}` is no risk", f"write one of {', '.join(Level)}"))
    return [fault(record.location, message, remedy) for message, remedy in found]


def role_files(roles: Mapping[str, TableRole], reference: Catalogue) -> dict[str, str]:
    """Text by file name, and the access policy with the job codes that are new."""
    files = {f"roles/{name}.yaml": _role(name, role) for name, role in sorted(roles.items())}
    policy = (reference.root / "access-policy.yaml").read_text(encoding="utf-8")
    known = set(reference.access_policy.hr.job_codes)
    new = {role.first.fields["job_code"]: role.first.fields["title"] for role in roles.values()}
    lines = "".join(
        f"    {code}: {quoted(title)}\n" for code, title in sorted(new.items()) if code not in known
    )
    files["access-policy.yaml"] = policy.replace("  job_codes:\n", f"  job_codes:\n{lines}", 1)
    return files


def quoted(text: str) -> str:
    """Text as a YAML scalar that can't be read as anything else."""
    return json.dumps(text, ensure_ascii=False)


def _role(name: str, role: TableRole) -> str:
    values = role.first.fields
    ring = "high-risk"
    lines = [
        "# yaml-language-server: $schema=../../schema/role.schema.json",
        f"title: {quoted(values['title'])}",
        f"purpose: {quoted(values['title'] + ', as the table of roles has it.')}",
        "minimum_necessary:",
        f"  rationale: {quoted('; '.join(dict.fromkeys(role.grants.values())))}",
        f"owner: {values.get('owner') or 'billing-supervisor'}",
        f"job_codes: [{values['job_code']}]",
        "grants:",
    ]
    for entitlement, rationale in role.grants.items():
        lines += [f"  - entitlement: {entitlement}", f"    rationale: {quoted(rationale)}"]
    return "\n".join([*lines, f"risk: {values.get('risk') or 'high'}", f"ring: {ring}", ""])
