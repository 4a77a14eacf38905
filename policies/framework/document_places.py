"""Places inside an IAM policy document, for the `reads`, `weaker` and examples of rules about rights."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from billing_identity.policies.framework.rule import Missing, Weaker

_STATEMENT: Mapping[str, Missing] = {
    "Statement": "fails",
    "Statement[*].Effect": "fails",
    "Statement[*].Action": "fails",
    "Statement[*].Resource": "fails",
    **dict.fromkeys(
        (
            f"Statement[*].{name}"
            for name in ("Sid", "NotAction", "NotPrincipal", "NotResource", "Principal", "Condition")
        ),
        "safe",
    ),
}
_NEUTRAL = {
    "Sid": "a name, for the message",
    "NotPrincipal": "an identity's policy has none",
    "Principal": "an identity's policy has none",
    "Condition": "a condition only takes away",
}


def document_reads(place: str) -> Mapping[str, Missing]:
    """What `statements` reads of the document at a place, and the place itself."""
    return {place: "fails", **{f"{place}#.{inside}": missing for inside, missing in _STATEMENT.items()}}


def document_weaker(place: str, whole: Sequence[object], **inside: Sequence[object]) -> Weaker:
    """Weaker documents, and weaker values by key of a statement (`Action=...`) beside the usual ones."""
    found: dict[str, tuple[object, ...]] = {
        "Effect": ("allow",),
        "Action": (list[str](),),
        "NotAction": ("s3:Delete*",),
        "NotResource": ("arn:aws:s3:::x",),
    }
    for name, values in inside.items():
        found[name] = (*values, *found.get(name, ()))
    return {
        place: tuple(whole),
        f"{place}#.Statement": ([],),
        **{f"{place}#.Statement[*].{name}": values for name, values in found.items()},
    }


def document_neutral(place: str) -> Mapping[str, str]:
    """Places of a statement for which no value is weaker, each with why."""
    return {f"{place}#.Statement[*].{name}": why for name, why in _NEUTRAL.items()}


def policy_text(action: object, resource: object = "*") -> str:
    """A document of one statement that allows the action on the resource."""
    entry = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [entry]})
