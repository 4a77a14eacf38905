"""Policy documents: a typed statement, and canonical JSON that refuses anything but plain text."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from billing_identity.components.errors import ComponentInputError

Conditions = Mapping[str, Mapping[str, str | Sequence[str]]]
"""Operator to condition key to value or values; the keys of one operator and the operators are ANDed."""

EVERYONE: Mapping[str, Sequence[str]] = {"*": ()}
"""Principal `*`, for denials only."""

KMS_LIMIT = 32 * 1024
"""Bytes of a key policy (KMS PutKeyPolicy)."""
BUCKET_LIMIT = 20 * 1024
"""Bytes of a bucket policy (S3 PutBucketPolicy)."""
TOPIC_LIMIT = 30 * 1024
"""Bytes of a topic policy (SNS)."""
MANAGED_LIMIT = 6144
"""Characters of a managed policy without white space (IAM quotas)."""
INLINE_LIMIT = 10240
"""Characters of all in-line policies of a role (IAM quotas)."""
SCP_LIMIT = 5120
"""Characters of a service or resource control policy. AWS takes 10,240 of the former since May 2026; older
tooling still checks for this."""
TRUST_LIMIT = 2048
"""Characters of a role's trust policy (IAM quotas, default)."""

_SID = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Statement:
    """One statement. `sid` says in words why it is there; letters and digits only, unique in its document."""

    sid: str
    effect: str
    actions: Sequence[str]
    resources: Sequence[str] = ()
    """Empty in a trust policy, which has none."""
    principals: Mapping[str, Sequence[str]] | None = None
    """`{"AWS": [...]}`, `{"Service": [...]}` or EVERYONE; None in a policy attached to a role."""
    conditions: Conditions = field(default_factory=dict[str, Mapping[str, str | Sequence[str]]])

    but: bool = False
    """Whether the statement is about every action except for `actions`; for denials only."""

    def render(self) -> dict[str, object]:
        """The statement as AWS writes it, every list sorted and without repetition."""
        key = "NotAction" if self.but else "Action"
        out: dict[str, object] = {"Sid": self.sid, "Effect": self.effect, key: _flat(self.actions)}
        if self.resources:
            out["Resource"] = _flat(self.resources)
        if self.principals is not None:
            out["Principal"] = (
                "*" if "*" in self.principals else {kind: _flat(who) for kind, who in self.principals.items()}
            )
        if self.conditions:
            out["Condition"] = {
                operator: {key: _flat(value) for key, value in keys.items()}
                for operator, keys in self.conditions.items()
            }
        return out


def allow(
    sid: str,
    actions: Sequence[str],
    *,
    resources: Sequence[str] = (),
    principals: Mapping[str, Sequence[str]] | None = None,
    conditions: Conditions | None = None,
) -> Statement:
    """A permission. A principal `*` is refused: a permission names whom it is for."""
    if principals is not None and "*" in principals:
        raise ComponentInputError(f"statement {sid}: a permission can't be for everyone; name the principals")
    return Statement(sid, "Allow", actions, resources, principals, conditions or {})


def deny(
    sid: str,
    actions: Sequence[str],
    *,
    resources: Sequence[str] = (),
    principals: Mapping[str, Sequence[str]] | None = EVERYONE,
    conditions: Conditions | None = None,
    but: bool = False,
) -> Statement:
    """A denial, for everyone unless `principals` says otherwise (None in a policy attached to a role).

    With `but`, of every action except for the named ones.
    """
    return Statement(sid, "Deny", actions, resources, principals, conditions or {}, but)


def document(what: str, statements: Iterable[Statement], limit: int) -> str:
    """Canonical JSON (sorted keys, no white space) of a policy document.

    `what` names the document in errors, `limit` is the most characters that the service takes. Raises
    ComponentInputError for a repeated or unspeakable Sid, an empty document, a value that is not plain text
    (such as a Pulumi Output, which no policy document may hold), and a document that is too long.
    """
    rendered = [statement.render() for statement in statements]
    faults: list[str] = []
    seen: set[str] = set()
    for statement in rendered:
        sid = str(statement["Sid"])
        if not _SID.fullmatch(sid) or sid in seen:
            faults.append(f"{what}: Sid {sid!r} must be letters and digits, and unique in the document")
        seen.add(sid)
        faults.extend(f"{what}: statement {sid}: {fault}" for fault in _unspeakable(statement))
    if not rendered:
        faults.append(f"{what}: no statement")
    if faults:
        raise ComponentInputError("\n".join(faults))
    text = json.dumps({"Version": "2012-10-17", "Statement": rendered}, sort_keys=True, separators=(",", ":"))
    if len(text) > limit:
        raise ComponentInputError(
            f"{what}: {len(text)} characters, and the service takes {limit}; name fewer principals or buckets"
        )
    return text


def _flat(values: str | Sequence[str]) -> object:
    if not isinstance(values, (list, tuple)):
        return values
    try:
        return sorted(set(values))
    except TypeError:
        return list(values)


def _unspeakable(value: object) -> Iterable[str]:
    if isinstance(value, str):
        if "Output[T]" in value or not value:
            yield "an empty or unresolved value; policy documents are built from names known in advance"
    elif isinstance(value, dict):
        for item in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _unspeakable(item)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        if not value:
            yield "an empty list"
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _unspeakable(item)  # pyright: ignore[reportUnknownArgumentType]
    else:
        yield f"{type(value).__name__} instead of text; a policy document never holds an Output"
