"""A store's key is one that the program or the pack's settings declare, not just anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView, UndecidedError
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import (
    Finding,
    NotApplicableError,
    Severity,
    StackExample,
    StackRule,
)
from billing_identity.policies.framework.stores import STORE_KEYS
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import AWS_KEY, AWS_REPLICA_KEY
from billing_identity.policies.framework.want import put
from billing_identity.policies.framework.wire import UNKNOWN

KEYS = (AWS_KEY, AWS_REPLICA_KEY, "aws:kms/alias:Alias")


def _declared(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    patterns = context.settings.declared_keys
    if not patterns:
        raise NotApplicableError("the pack's settings declare no keys (`declaredKeys`)")
    for type_, paths in STORE_KEYS.items():
        for store in graph.of(type_):
            for path in paths:
                yield from told(_key(graph, store, path, patterns), store.urn)


def _key(graph: Graph, store: ResourceView, path: str, patterns: tuple[str, ...]) -> Iterator[Finding]:
    try:
        key = store.text(path, "")
    except UndecidedError:
        if graph.depends_on(store, path.partition(".")[0], KEYS):
            return
        raise
    if not key or graph.named(key, KEYS) or any(fnmatchcase(key, pattern) for pattern in patterns):
        return  # a store without a key is another rule's
    yield Finding(f"`{path}` is {key}, which nobody declared", urn=store.urn)


_QUEUE = "aws:sqs/queue:Queue"
_SETTINGS = {"declaredKeys": ["arn:aws:kms:*:111122223333:key/*"]}


def _queue(key: str) -> tuple[ResourceRecord, ...]:
    props = {"name": "claims", "kmsMasterKeyId": key}
    return (ResourceRecord(f"urn:pulumi:prod::data::{_QUEUE}::claims", _QUEUE, "claims", props),)


def _store(type_: str, path: str) -> ResourceRecord:
    props: dict[str, object] = {"name": "claims"}
    put(props, path, "arn:aws:kms:us-east-1:111122223333:key/k")
    return ResourceRecord(f"urn:pulumi:prod::data::{type_}::claims", type_, "claims", props)


_FOREIGN = "arn:aws:kms:us-east-1:444455556666:key/k"
_PLACES = [f"{type_}: {path}" for type_, paths in STORE_KEYS.items() for path in paths]
_ALIAS = ResourceRecord(
    f"urn:pulumi:prod::data::{KEYS[2]}::ephi", KEYS[2], "ephi", {"name": "alias/ephi"}, id="alias/ephi"
)

RULE = StackRule(
    title="Stores are encrypted with keys that somebody declared",
    severity=Severity.HIGH,
    why="Data under another account's key is in that account's hand: it can be shut out, or read.",
    remedy="use a key of this program, or add the key's ARN to `declaredKeys`",
    types=tuple(STORE_KEYS),
    checks=(_declared,),
    reads=dict.fromkeys(_PLACES, "safe"),
    weaker=dict.fromkeys(_PLACES, (_FOREIGN, "alias/other")),
    allowed=(
        *(
            StackExample(f"a key of the declared account: {type_}", (_store(type_, path),), _SETTINGS)
            for type_, paths in STORE_KEYS.items()
            for path in paths
        ),
        StackExample("a key of the same program", (*_queue("alias/ephi"), _ALIAS), _SETTINGS),
    ),
    disallowed=(StackExample("another account's key", _queue(_FOREIGN), _SETTINGS),),
    undecided=(StackExample("a key not known yet", _queue(UNKNOWN), _SETTINGS),),
    blind_spot="S3: aws-s3-kms-encrypted-with-declared-key. Without `declaredKeys` nothing is judged.",
)
