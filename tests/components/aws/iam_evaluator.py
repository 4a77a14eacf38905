"""A small evaluator of resource policies: may this principal do this action with this context?

It knows the operators that the documents use and raises on any other, so that a new one can't pass unjudged.
What the principal's own policy grants is not looked at: the tests ask what a resource policy still forbids to
somebody whose own policy grants everything, which is the worst case.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache


@dataclass(frozen=True)
class Caller:
    """Who asks: a role's session, the root user, an AWS service, or a token of an identity provider."""

    arn: str = ""
    service: str = ""
    federated: str = ""
    """ARN of the identity provider that vouches, for AssumeRoleWithWebIdentity."""
    organization: str | None = "o-example1234"

    def context(self) -> dict[str, str]:
        if self.service:
            return {"aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": self.service}
        if self.federated:
            return {"aws:PrincipalIsAWSService": "false"}
        account = self.arn.split(":")[4]
        root = self.arn.endswith(":root")
        found = {
            "aws:PrincipalArn": self.arn,
            "aws:PrincipalAccount": account,
            "aws:PrincipalType": "Account" if root else "AssumedRole",
            "aws:PrincipalIsAWSService": "false",
        }
        if self.organization is not None:
            found["aws:PrincipalOrgID"] = self.organization
        return found


@dataclass(frozen=True)
class Request:
    """One call. TLS 1.3 unless the context says otherwise."""

    caller: Caller
    action: str
    resource: str = "*"
    context: Mapping[str, str] = field(default_factory=dict)

    def keys(self) -> dict[str, str]:
        found = {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3", **self.caller.context()}
        found.update(self.context)
        return {key.lower(): value for key, value in found.items()}


def allowed(policy: str, request: Request) -> bool:
    """Whether a statement permits the call and none denies it."""
    effects = {statement["Effect"] for statement in matching(policy, request)}
    return "Allow" in effects and "Deny" not in effects


def verdict(policy: str, request: Request) -> str:
    """`refused` when a statement denies the call, else `granted` when one permits it, else `silent`."""
    effects = {statement["Effect"] for statement in matching(policy, request)}
    return "refused" if "Deny" in effects else "granted" if effects else "silent"


def denied_by(policy: str, request: Request) -> set[str]:
    """Sids of the statements that deny the call."""
    return {item["Sid"] for item in matching(policy, request) if item["Effect"] == "Deny"}


def matching(policy: str, request: Request) -> Iterator[dict]:
    """The statements that are about the call."""
    known = request.keys()
    for statement in _statements(policy):
        unknown = {"NotResource", "NotPrincipal"} & set(statement)
        assert not unknown, f"the evaluator does not know {unknown}"
        if (
            _principal(statement.get("Principal"), request.caller)
            and _action(statement, request.action)
            and any(
                _glob(resource, request.resource)
                for pattern in _list(statement.get("Resource", "*"))
                if (resource := _filled(pattern, known)) is not None
            )
            and all(
                _condition(operator, key, _list(values), known)
                for operator, keys in statement.get("Condition", {}).items()
                for key, values in keys.items()
            )
        ):
            yield statement


def names_the_caller(statement: dict, caller: Caller) -> bool:
    """Whether a matching statement names the caller itself, not its account: such a grant needs nothing more
    within the account. A grant to everybody would do so too; none of the documents has one."""
    principal = statement["Principal"]
    assert principal != "*", f"{statement.get('Sid')}: grants to everybody are not judged"
    return bool(caller.service or caller.federated) or caller.arn in _list(principal.get("AWS", []))


def _filled(pattern: str, keys: Mapping[str, str]) -> str | None:
    """The pattern with its policy variables filled in; None when one has no value: nothing matches then."""
    missing = False

    def value(found: re.Match[str]) -> str:
        nonlocal missing
        known = keys.get(found[1].lower())
        missing = missing or known is None
        return known or ""

    text = re.sub(r"\$\{([^}]+)\}", value, pattern)
    return None if missing else text


def _action(statement: dict, action: str) -> bool:
    named = _list(statement["NotAction"] if "NotAction" in statement else statement["Action"])
    return any(_glob(pattern, action, True) for pattern in named) != ("NotAction" in statement)


def _list(value: object) -> list[str]:
    return list(value) if isinstance(value, list) else [str(value)]


def _principal(principal: object, caller: Caller) -> bool:
    if principal is None or principal == "*":
        return True
    assert isinstance(principal, dict)
    for kind, names in principal.items():
        if kind == "Service" and caller.service in _list(names):
            return True
        if kind == "Federated" and caller.federated in _list(names):
            return True
        if kind == "AWS" and not caller.service and not caller.federated:
            account = caller.arn.split(":")[4]
            for name in _list(names):
                if name in (caller.arn, account) or (
                    name.endswith(":root") and name.split(":")[4] == account
                ):
                    return True
    return False


@cache
def _statements(policy: str) -> list[dict]:
    return json.loads(policy)["Statement"]


@cache
def _compiled(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    parts = [".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern]
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def _glob(pattern: str, text: str, ignore_case: bool = False) -> bool:
    return _compiled(pattern, ignore_case).fullmatch(text) is not None


def _arn(pattern: str, text: str) -> bool:
    left, right = pattern.split(":", 5), text.split(":", 5)
    return len(left) == len(right) == 6 and all(_glob(a, b) for a, b in zip(left, right, strict=True))


_TESTS = {
    "StringEquals": lambda value, text: value == text,
    "StringLike": _glob,
    "ArnEquals": _arn,
    "ArnLike": _arn,
    "Bool": lambda value, text: value.lower() == text.lower(),
    "DateLessThan": lambda value, text: datetime.fromisoformat(text) < datetime.fromisoformat(value),
    "NumericLessThan": lambda value, text: float(text) < float(value),
    "NumericGreaterThan": lambda value, text: float(text) > float(value),
}
_NEGATED = {
    "StringNotEquals": "StringEquals",
    "StringNotLike": "StringLike",
    "ArnNotLike": "ArnLike",
    "ArnNotEquals": "ArnEquals",
}


def _condition(operator: str, key: str, values: list[str], keys: Mapping[str, str]) -> bool:
    present = keys.get(key.lower())
    if operator == "Null":
        return (present is None) == (values[0] == "true")
    base = operator.removesuffix("IfExists")
    if base in _NEGATED:
        # A negated operator matches an absent key, with or without IfExists.
        return present is None or not any(_TESTS[_NEGATED[base]](value, present) for value in values)
    if base not in _TESTS:
        raise AssertionError(f"the evaluator does not know {operator}")
    if present is None:
        return operator.endswith("IfExists")
    return any(_TESTS[base](value, present) for value in values)
