"""A case of the checks: the reference organisation with one thing spoilt, and what must be found."""

from __future__ import annotations

from dataclasses import dataclass, field

POLICY = "access-policy.yaml"


PLAN = "incident-plan.yaml"


@dataclass
class Case:
    """One spoilt catalogue. `edits` are (file, old, new); an `old` of None appends, of "" writes the file.

    Expected: a new problem `code` of `severity` at the line of `file` that holds `at`, and no other codes
    than `also`.
    """

    name: str
    edits: list[tuple[str, str | None, str]]
    code: str
    file: str
    at: str
    severity: str = "policy"
    also: set[str] = field(default_factory=set)
    subject: str | None = None


def role(name: str) -> str:
    return f"roles/{name}.yaml"


def system(name: str) -> str:
    return f"systems/{name}.yaml"


def one(
    code: str, file: str, old: str | None, new: str, at: str, severity: str = "policy", **rest: object
) -> Case:
    """A case of a single edit in the file where the problem is seen."""
    return Case(f"{code}: {new.strip()[:50]}", [(file, old, new)], code, file, at, severity, **rest)  # type: ignore[arg-type]


GRANT = """  - entitlement: {name}
    rationale: A test.
    since: 2026-11-20
risk:"""


def grant(code: str, to: str, name: str, severity: str = "policy", **rest: object) -> Case:
    """A case of one more grant."""
    return Case(
        f"{code}: {to} gets {name}",
        [(role(to), "risk:", GRANT.format(name=name))],
        code,
        role(to),
        f"entitlement: {name}",
        severity,
        **rest,  # type: ignore[arg-type]
    )
