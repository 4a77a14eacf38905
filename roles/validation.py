"""Checks the content of a YAML file against a model, and says each fault at its line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Generic, NamedTuple, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from billing_identity.roles.model.base import SLUG
from billing_identity.roles.partial import known_of
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps, Tree

M = TypeVar("M", bound=BaseModel)

_FAULTS: dict[str, str] = {
    "string_type": "is not text",
    "bool_type": "is not true or false",
    "int_type": "is not a whole number",
    "date_type": "is not a date",
    "date_from_datetime_parsing": "is not a date",
    "date_parsing": "is not a date",
    "datetime_type": "is not a time",
    "datetime_parsing": "is not a time",
    "tuple_type": "is not a list",
    "model_type": "is not a mapping of fields",
    "dict_type": "is not a mapping",
    "too_short": "has too few entries",
    "string_too_short": "is too short",
    "string_too_long": "is too long",
    "string_pattern_mismatch": "has not the form that it must have",
}
"""What is wrong, in words that follow the field's name; pydantic's own where none stand here."""

_REMEDIES: dict[str, str] = {
    "extra_forbidden": "remove it, or look up the field's name in the schema",
    "missing": "add it",
    "string_type": "write text; put it in quotes if it looks like a number",
    "bool_type": "write true or false",
    "int_type": "write a whole number",
    "date_type": "write a date as YYYY-MM-DD",
    "date_from_datetime_parsing": "write a date as YYYY-MM-DD",
    "date_parsing": "write a date as YYYY-MM-DD",
    "datetime_type": "write a time as YYYY-MM-DDTHH:MM:SSZ",
    "datetime_parsing": "write a time as YYYY-MM-DDTHH:MM:SSZ",
    "tuple_type": "write a list",
    "model_type": "write a mapping of fields",
    "dict_type": "write a mapping",
    "too_short": "add at least one entry",
}


class Examined(NamedTuple, Generic[M]):
    """What a file says: the whole value if it is sound, else the problems and what is known all the same."""

    value: M | None
    problems: list[Problem]
    known: M
    faulty: frozenset[Steps]
    """Paths of what is not known."""


def validate(
    model: type[M], tree: Tree, kind: str, filled: Mapping[str, str] | None = None
) -> tuple[M | None, list[Problem]]:
    """The tree as an instance of `model`, or None with the problems; see `examine`."""
    examined = examine(model, tree, kind, filled)
    return examined.value, examined.problems


def examine(model: type[M], tree: Tree, kind: str, filled: Mapping[str, str] | None = None) -> Examined[M]:
    """The tree as an instance of `model`, as far as it is one.

    `kind` is what messages call the file; `filled` are fields that the file's place decides: they may be
    written in the file only with that very value. Nothing is known of a tree that has problems itself.
    """
    given = dict(filled or {})
    content = cast("object", tree.data)
    if tree.problems or not isinstance(content, dict):
        problems = list(tree.problems) or [
            Problem.at(
                tree.locate(()),
                code="schema",
                message="the file is not a mapping of fields",
                remedy=f"start from another {kind} file",
            )
        ]
        unwritten = frozenset[Steps]((name,) for name in model.model_fields if name not in given)
        return Examined(None, problems, known_of(model, given, unwritten), unwritten)
    fields = cast("dict[str, Any]", content)
    problems = [
        Problem.at(
            tree.locate((name,)),
            code="schema",
            message=f"`{name}` is `{fields[name]}`, the file's place says `{value}`",
            remedy=f"remove the line, or write `{name}: {value}`",
        )
        for name, value in given.items()
        if fields.get(name, value) != value
    ]
    data = {**fields, **given}
    try:
        entity = model.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_problem(kind, tree, detail) for detail in details]
        faulty = frozenset(_tree_path(tree, detail["loc"]) for detail in details)
        return Examined(None, problems, known_of(model, data, faulty), faulty)
    return Examined(None if problems else entity, problems, entity, frozenset())


def worded(field: str, detail: ErrorDetails, otherwise: str) -> tuple[str, str]:
    """pydantic's fault at `field` as (what is wrong, what to write instead). `otherwise`: the remedy for
    what has none of its own here."""
    code = detail["type"]
    if code == "extra_forbidden":
        message = f"unknown field `{field}`"
    elif code == "missing":
        message = f"the field `{field}` is missing"
    elif code == "string_pattern_mismatch" and SLUG in detail["msg"]:
        return (
            f"`{field}` is not an identifier",
            "use lower-case words joined by hyphens, such as `payment-poster`",
        )
    elif code in _FAULTS:
        message = f"`{field}` {_FAULTS[code]}"
    else:
        message = f"`{field}`: {detail['msg'][:1].lower()}{detail['msg'][1:]}"
    return message, _REMEDIES.get(code, otherwise)


def _problem(kind: str, tree: Tree, detail: ErrorDetails) -> Problem:
    path = _tree_path(tree, detail["loc"])
    field = ".".join(str(step) for step in path) or kind
    message, remedy = worded(field, detail, "see the schema that the file's first line names")
    if field == "schema_version" and detail["type"] == "literal_error":
        remedy = "move an older catalogue forward with `billing-identity migrate`; for a newer one, update it"
    elif field == "id" and detail["type"] == "string_pattern_mismatch":
        message = f"the file's name gives the id, and `{detail['input']}` is not an identifier"
        remedy = "rename the file: lower-case words joined by hyphens, a letter first, such as `inc-2026-014`"
    return Problem.at(tree.locate(path), code="schema", message=message, remedy=remedy, subject=kind)


def _tree_path(tree: Tree, loc: Steps) -> Steps:
    """pydantic's path, without the steps that name a union's branch or mark a mapping's key."""
    path: Steps = ()
    for position, step in enumerate(loc):
        missing = position == len(loc) - 1 and isinstance(step, str) and "[" not in step and "(" not in step
        if (*path, step) in tree.places or missing:
            path = (*path, step)
    return path
