"""Policy documents that a caller gives as text: what a component refuses before it registers them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

WHO = (
    *("aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths"),
    *("aws:sourceaccount", "aws:sourcearn"),
)
"""Condition keys that say whose a caller is, in lower case."""
Statement = Mapping[str, object]


def document_faults(text: str, what: str) -> Iterator[str]:
    """Faults of the form: JSON with statements, each with an effect and actions (IAM's grammar)."""
    if _statements(text) is None:
        yield f"{what}: no policy document; write JSON whose statements have Effect and Action or NotAction"


def trust_faults(text: str, what: str = "trust") -> Iterator[str]:
    """Faults of a role's trust: everybody without a word on whose they are, a federation without its subject
    and audience, everybody but some."""
    statements = _statements(text)
    if statements is None:
        yield from document_faults(text, what)
        return
    granted = [statement for statement in statements if statement["Effect"] == "Allow"]
    if not granted:
        yield f"{what}: nobody may take the role on; name who"
    for statement in granted:
        if "NotPrincipal" in statement or "NotAction" in statement or "*" in _listed(statement.get("Action")):
            yield f"{what}: name principals and actions; NotPrincipal, NotAction and `*` let in too many"
        principal = statement.get("Principal")
        if not principal:
            yield f"{what}: a statement without Principal; name who may take the role on"
        held = cast("Statement", principal) if isinstance(principal, dict) else {"AWS": principal}
        bound = _bound(statement)
        if "*" in _listed(held.get("AWS")) and not bound & set(WHO):
            yield (
                f"{what}: everybody may take the role on; name roles or accounts, or add a condition on "
                "aws:PrincipalOrgID"
            )
        for provider in _listed(held.get("Federated")):
            ends = ("saml:aud",) if ":saml-provider/" in provider else (":sub", ":aud")
            missing = [end for end in ends if not any(key.endswith(end) for key in bound)]
            if missing:
                yield f"{what}: {provider} speaks for anybody; add conditions on {' and '.join(missing)}"


def duty_faults(text: str, what: str, boundary: str | None) -> Iterator[str]:
    """Faults of a role's or set's own policy: full administration, and whole services everywhere without a
    `boundary` (its ARN or name)."""
    statements = _statements(text)
    if statements is None:
        yield from document_faults(text, what)
        return
    for statement in statements:
        if statement["Effect"] != "Allow" or "*" not in _listed(statement.get("Resource", "*")):
            continue
        actions = _listed(statement.get("Action"))
        if "NotAction" in statement or any(action in ("*", "*:*") for action in actions):
            yield f"{what}: grants everything; name the actions of the duty"
        wide = sorted(action for action in actions if action.endswith(":*"))
        if wide and not boundary:
            yield f"{what}: grants {', '.join(wide)} everywhere; name resources, or give a boundary"


def control_faults(text: str, what: str, limit: int) -> Iterator[str]:
    """Faults of a control policy: no document, too long, or a denial of everything to everybody, which closes
    every account that it binds, the deployment's and the emergency role's way included."""
    statements = _statements(text)
    if statements is None:
        yield from document_faults(text, what)
        return
    if len(text) > limit:
        yield f"{what}: {len(text)} characters; {limit} at most"
    for statement in statements:
        everything = "*" in _listed(statement.get("Action")) and "*" in _listed(
            statement.get("Resource", "*")
        )
        if statement["Effect"] == "Deny" and everything and not statement.get("Condition"):
            yield f"{what}: denies everything to everybody; name actions, or except who must act"


def _statements(text: str) -> list[Statement] | None:
    """The statements of a document; None when it is none."""
    try:
        found: object = json.loads(text)
    except (TypeError, ValueError):
        return None
    if not isinstance(found, dict):
        return None
    held = cast("Statement", found).get("Statement")
    statements = cast("list[object]", held) if isinstance(held, list) else [held]
    good = [cast("Statement", item) for item in statements if isinstance(item, dict)]
    return good if good and len(good) == len(statements) and all(map(_whole, good)) else None


def _whole(statement: Statement) -> bool:
    return statement.get("Effect") in ("Allow", "Deny") and ("Action" in statement) != (
        "NotAction" in statement
    )


def _listed(value: object) -> Sequence[str]:
    if isinstance(value, list):
        return [str(item) for item in cast("list[object]", value)]
    return [] if value is None else [str(value)]


def _bound(statement: Statement) -> set[str]:
    """Condition keys, in lower case, whose values a statement demands: by a positive operator, present, and
    not just any value."""
    found: set[str] = set()
    conditions = statement.get("Condition")
    if not isinstance(conditions, dict):
        return found
    for operator, keys in cast("dict[str, object]", conditions).items():
        name = operator.lower()
        if not name.startswith(("stringequals", "stringlike", "arnequals", "arnlike", "foranyvalue:string")):
            continue
        if name.endswith("ifexists") or not isinstance(keys, dict):
            continue
        for key, value in cast("dict[str, object]", keys).items():
            if set(_listed(value)) - {"*", ""} == set(_listed(value)):
                found.add(key.lower())
    return found
