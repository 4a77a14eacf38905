"""Reading AWS policy documents: whom they name, and whether they let someone do something."""

import fnmatch
import re
from dataclasses import dataclass
from typing import Final, cast

from billing_identity.sandbox.services.registry import load_json
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties, Value

_PRINCIPAL: Final = re.compile(
    r"arn:aws[\w-]*:(iam|sts)::(\d{12}):(root|role/.+|user/.+|assumed-role/[^/]+/.+)"
)
_KINDS: Final = {"role": "aws:iam/role:Role", "user": "aws:iam/user:User"}


def listed(value: Value) -> list[Value]:
    """What may be one or many, as a list."""
    if value is None:
        return []
    return cast("list[Value]", value) if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `principals` is {kind: names} with kind AWS, Service, Federated or *."""

    allows: bool
    principals: dict[str, list[str]]
    actions: list[str]
    inverted: bool
    resources: list[str]
    conditions: dict[str, dict[str, list[str]]]

    def covers(self, action: str) -> bool:
        """Whether the statement speaks of an action (`kms:PutKeyPolicy`)."""
        hit = any(fnmatch.fnmatchcase(action.lower(), a.lower()) for a in self.actions)
        return hit != self.inverted

    def speaks_of(self, resource: str) -> bool:
        """Whether the statement speaks of a resource ARN."""
        return not self.resources or any(fnmatch.fnmatchcase(resource, r) for r in self.resources)


def statements(document: Value) -> list[Statement] | None:
    """The statements of a policy in a string; None when it is no policy."""
    parsed = load_json(document)
    if not isinstance(parsed, dict):
        return None
    found: list[Statement] = []
    for raw in listed(cast("Properties", parsed).get("Statement")):
        if not isinstance(raw, dict) or cast("Properties", raw).get("Effect") not in ("Allow", "Deny"):
            return None
        entry = cast("Properties", raw)
        inverted = "NotAction" in entry
        found.append(
            Statement(
                allows=entry["Effect"] == "Allow",
                principals=_principals(entry.get("Principal")),
                actions=[str(a) for a in listed(entry.get("NotAction" if inverted else "Action"))],
                inverted=inverted,
                resources=[str(r) for r in listed(entry.get("Resource"))],
                conditions=_conditions(entry.get("Condition")),
            )
        )
    return found or None


def _principals(value: Value) -> dict[str, list[str]]:
    if value == "*":
        return {"*": ["*"]}
    if not isinstance(value, dict):
        return {}
    return {k: [str(v) for v in listed(names)] for k, names in cast("Properties", value).items()}


def _conditions(value: Value) -> dict[str, dict[str, list[str]]]:
    if not isinstance(value, dict):
        return {}
    found: dict[str, dict[str, list[str]]] = {}
    for operator, keys in cast("Properties", value).items():
        if isinstance(keys, dict):
            pairs = cast("Properties", keys).items()
            found[operator] = {k.lower(): [str(v) for v in listed(vs)] for k, vs in pairs}
    return found


def strangers(store: Store, found: list[Statement]) -> list[str]:
    """Principals that do not exist: malformed ones, and roles and users that an account of the sandbox lacks.

    A principal of an account that the sandbox does not know can't be looked up and is taken as real.
    """
    names = [name for s in found for name in s.principals.get("AWS", [])]
    return sorted({name for name in names if not _exists(store, name)})


def _exists(store: Store, name: str) -> bool:
    if name == "*" or re.fullmatch(r"\d{12}", name):
        return True
    match = _PRINCIPAL.fullmatch(name)
    if match is None or "*" in name:
        return False
    account, rest = match.group(2), match.group(3)
    if rest == "root" or not store.has_account("aws", account):
        return True
    kind, _, path = rest.partition("/")
    if kind == "assumed-role":
        return any(o.id == path.split("/")[0] for o in store.find(_KINDS["role"], account))
    return any(o.props.get("arn") == name for o in store.find(_KINDS[kind], account))


def lets_caller(found: list[Statement], action: str, account: str, caller: str) -> bool:
    """Whether a resource policy lets the caller (a role's ARN) do `action`, directly or by its account.

    With no known caller (""), a condition on the principal's ARN counts as met by an Allow and as missed by
    a Deny.
    """
    allowed = any(
        s.allows and s.covers(action) and _means(s, account, caller) and _met(s, caller) for s in found
    )
    denied = any(
        not s.allows and s.covers(action) and _means(s, account, caller) and caller and _met(s, caller)
        for s in found
    )
    return allowed and not denied


def _means(statement: Statement, account: str, caller: str) -> bool:
    root = f"arn:aws:iam::{account}:root"
    names = statement.principals.get("AWS", []) + statement.principals.get("*", [])
    return any(name in ("*", root, account, caller) for name in names)


def _met(statement: Statement, caller: str) -> bool:
    """Whether every condition holds; a key that is not about the principal's ARN or type is taken as not
    met.
    """
    for operator, keys in statement.conditions.items():
        bare = operator.removesuffix("IfExists").split(":")[-1]
        for key, values in keys.items():
            if key == "aws:principalarn":
                if caller and not _compares(bare, caller, values):
                    return False
            elif key == "aws:principaltype":
                if not _compares(bare, "AssumedRole" if caller else (values or [""])[0], values):
                    return False
            elif key in ("aws:principalaccount", "kms:calleraccount") and bare.startswith(
                ("StringEquals", "StringLike")
            ):
                if caller and caller.split(":")[4] not in values:
                    return False
            else:
                return False
    return True


def _compares(operator: str, actual: str, values: list[str]) -> bool:
    hit = any(fnmatch.fnmatchcase(actual, v) for v in values)
    return not hit if "Not" in operator else hit


def lets_service(
    document: Value,
    service: str,
    action: str,
    resource: str = "",
    source_arn: str = "",
    encryption_arn: str = "",
) -> bool:
    """Whether a resource policy lets an AWS service do `action`.

    `source_arn` is what the service sends as aws:SourceArn, `encryption_arn` the value of the service's
    encryption context; a condition on one of them must match, other conditions are taken as met.
    """
    found = statements(document) or []
    allowed = [s for s in found if s.allows and s.covers(action) and _serves(s, service)]
    return any(
        (not resource or s.speaks_of(resource)) and _matches_source(s, source_arn, encryption_arn)
        for s in allowed
    )


def _serves(statement: Statement, service: str) -> bool:
    names = statement.principals.get("Service", [])
    return "*" in statement.principals or any(n in (service, "*") for n in names)


def _matches_source(statement: Statement, source_arn: str, encryption_arn: str) -> bool:
    for operator, keys in statement.conditions.items():
        for key, values in keys.items():
            sent = (
                source_arn if key == "aws:sourcearn" else encryption_arn if "encryptioncontext" in key else ""
            )
            if sent and not _compares(operator, sent, values):
                return False
    return True
