"""An account that nobody declared may be anybody's: a former vendor's, a mistyped number, an intruder's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import Statement, statements
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView, parse_document
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.resource_policies import (
    DOCUMENTS,
    FILLED_IN,
    OWNED,
    PRINCIPALS,
    account_of,
    own_accounts,
    parties,
)
from billing_identity.policies.framework.rule import Finding, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import AWS_KEY
from billing_identity.policies.framework.wire import UNKNOWN

_OF_AWS = ("aws", "cloudfront")
"""What stands for the account in ARNs of AWS's own principals."""


def _shared(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    known = own_accounts(graph) | set(context.settings.trusted_accounts)
    for kind, path in DOCUMENTS.items():
        for resource in graph.of(kind):
            yield from told(_documented(graph, resource, path, known), resource.urn)
    for kind, paths in PRINCIPALS.items():
        for resource in graph.of(kind):
            for path in paths:
                yield from told(_plain(resource, path, known), resource.urn)


def _documented(graph: Graph, resource: ResourceView, path: str, known: frozenset[str]) -> Iterator[Finding]:
    for statement in _statements(graph, resource, path):
        if statement.allows:
            for party in parties(statement):
                sid = statement.sid or "without Sid"
                yield from _judged(party, f"`{path}`, statement {sid}", resource, known)


def _statements(graph: Graph, resource: ResourceView, path: str) -> Iterator[Statement]:
    if resource.type in FILLED_IN and graph.left_to_provider(resource, path):
        return
    text = resource.text(path, "")
    if text:
        yield from statements(parse_document(text, path))


def _plain(resource: ResourceView, path: str, known: frozenset[str]) -> Iterator[Finding]:
    party = resource.text(path, "")
    if party and "*" not in party and not party.endswith(".amazonaws.com"):
        yield from _judged(party, f"`{path}`", resource, known)


def _judged(party: str, where: str, resource: ResourceView, known: frozenset[str]) -> Iterator[Finding]:
    account = account_of(party)
    if account in known or account in _OF_AWS or "*" in account or party.startswith("arn:aws:s3:"):
        return
    if not account:
        yield Finding(f"{where} names {party}, whose account can't be told", urn=resource.urn)
    elif known:
        yield Finding(f"{where} names {party}, of an account that is not declared", urn=resource.urn)
    else:
        said = f"{where} names {party}: no account is declared, and none of this program is known yet"
        yield Finding(said, urn=resource.urn, doubt=True)


_OURS, _PARTNERS, _STRANGER = "111122223333", "444455556666", "999988887777"
_ORGANISATION = "o-exampleorg1"
_SETTINGS: dict[str, object] = {"trustedAccounts": [_OURS, _PARTNERS, _ORGANISATION]}


def _document(principal: object, condition: object = None) -> str:
    entry = {"Effect": "Allow", "Principal": principal, "Action": "service:Read", "Resource": "*"}
    return json.dumps({"Statement": [entry if condition is None else {**entry, "Condition": condition}]})


def _root(account: str) -> dict[str, object]:
    return {"AWS": f"arn:aws:iam::{account}:root"}


def _record(kind: str, path: str, value: object) -> ResourceRecord:
    first, _, rest = path.partition(".")
    return ResourceRecord(
        f"urn:pulumi:prod::a::{kind}::x", kind, "x", {first: {rest: value} if rest else value}
    )


_TOPIC = "aws:sns/topicPolicy:TopicPolicy"


def _made() -> ResourceRecord:
    record = _record(AWS_KEY, "policy", UNKNOWN)
    return replace(record, property_dependencies={"policy": ("urn:pulumi:prod::a::other::role",)})


def _documents(kind: str, path: str) -> Iterator[StackExample]:
    yield StackExample(f"{kind}: a partner", (_record(kind, path, _document(_root(_PARTNERS))),), _SETTINGS)


_OWN = tuple(
    ResourceRecord(
        f"urn:pulumi:prod::a::{kind}::own",
        kind,
        "own",
        {},
        outputs={"arn": f"arn:aws:x:us-east-1:{_OURS}:own"},
    )
    for kind in OWNED
)
_PLACES = [f"{kind}: {path}" for kind, path in DOCUMENTS.items()]
_ACCOUNTS = [f"{kind}: {path}" for kind, paths in PRINCIPALS.items() for path in paths]
_ARNS = {f"{kind}: arn": "it only tells our own accounts" for kind in OWNED}
_LATER = "unknown where the program leaves it out; what it takes from another resource is undecided"
_STRANGERS = (
    _document(_root(_STRANGER)),
    _document({"AWS": _STRANGER}),
    _document({"AWS": [_OURS, f"arn:aws:iam::{_STRANGER}:role/reader"]}),
    _document({"AWS": "AIDAEXAMPLEUSER"}),
    _document("*", {"StringEquals": {"aws:PrincipalOrgID": "o-otherorg99"}}),
    _document({"Service": "sns.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": _STRANGER}}),
    _document("*", {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{_STRANGER}:*"}}),
    "Allow *",
)

RULE = StackRule(
    title="AWS resources are shared with declared accounts only",
    severity=Severity.HIGH,
    why="An account that nobody declared may be a former vendor's, a mistyped number, or an intruder's.",
    remedy=(
        "take the account out, or add it to `trustedAccounts` of the pack's settings, with its agreement in "
        "place (organisations by `o-...`; accounts of this program are known by its resources)"
    ),
    types=(*DOCUMENTS, *PRINCIPALS),
    checks=(_shared,),
    reads=dict.fromkeys((*_PLACES, *_ACCOUNTS, *_ARNS), "safe"),
    weaker={
        **dict.fromkeys(_PLACES, _STRANGERS),
        **dict.fromkeys(_ACCOUNTS, (_STRANGER, f"arn:aws:iam::{_STRANGER}:root")),
    },
    neutral=_ARNS,
    tolerates={**_ARNS, **dict.fromkeys((f"{kind}: {DOCUMENTS[kind]}" for kind in FILLED_IN), _LATER)},
    allowed=(
        *(example for kind, path in DOCUMENTS.items() for example in _documents(kind, path)),
        StackExample(
            "an account of the program's own", (*_OWN, _record(AWS_KEY, "policy", _document(_root(_OURS))))
        ),
        *(
            StackExample(f"{kind}: a partner as {path}", (_record(kind, path, _PARTNERS),), _SETTINGS)
            for kind, paths in PRINCIPALS.items()
            for path in paths
        ),
    ),
    disallowed=(
        StackExample("a stranger", (_record(AWS_KEY, "policy", _document(_root(_STRANGER))),), _SETTINGS),
    ),
    undecided=(
        StackExample("a policy not known yet", (_record(_TOPIC, "policy", UNKNOWN),), _SETTINGS),
        StackExample("a policy made of another resource", (_made(),), _SETTINGS),
        StackExample("nothing declared", (_record(AWS_KEY, "policy", _document(_root(_OURS))),)),
    ),
    blind_spot=(
        "Buckets as sources, whose ARNs have no account; who is behind a declared account. Grants, shares "
        "of the resource manager and shared snapshots are refused whoever takes them."
    ),
)
