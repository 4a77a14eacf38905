"""Objects are encrypted with a customer managed key that the program or the settings declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.documents import statements
from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import ResourceView, UndecidedError, View
from billing_identity.policies.framework.record import ResourceRecord
from billing_identity.policies.framework.rule import Finding, Missing, Severity, StackExample, StackRule
from billing_identity.policies.framework.telling import told
from billing_identity.policies.framework.tokens import (
    AWS_BUCKET,
    AWS_BUCKET_ENCRYPTION,
    AWS_BUCKET_POLICY,
    AWS_KEY,
    AWS_REPLICA_KEY,
)
from billing_identity.policies.framework.wire import UNKNOWN

LOG_DELIVERY = "Service:logging.s3.amazonaws.com"
"""S3 can't deliver access logs to a bucket whose default is a KMS key (Amazon S3 User Guide)."""


def _encrypted(graph: Graph, context: RuleContext) -> Iterator[Finding]:
    for config in graph.of(AWS_BUCKET_ENCRYPTION):
        yield from told(_config(graph, config, context), config.urn)


def _config(graph: Graph, config: ResourceView, context: RuleContext) -> Iterator[Finding]:
    rules = config.nodes("rules")
    if not rules:
        yield Finding("`rules` is empty: the bucket keeps Amazon's own encryption", urn=config.urn)
    for rule in rules:
        algorithm = rule.text("applyServerSideEncryptionByDefault.sseAlgorithm", "")
        if algorithm not in ("aws:kms", "aws:kms:dsse"):
            if algorithm == "AES256" and _takes_access_logs(graph, config):
                continue
            yield Finding(f"`sseAlgorithm` is {algorithm or 'missing'} instead of aws:kms", urn=config.urn)
            continue
        key = _key(graph, config, rule)
        if key == "":
            yield Finding("`kmsMasterKeyId` is not set: Amazon's own key is taken", urn=config.urn)
        elif key is not None and not _declared(graph, key, context):
            yield Finding(f"`kmsMasterKeyId` is {key}, which nobody declared", urn=config.urn)


def _key(graph: Graph, config: ResourceView, rule: View) -> str | None:
    """The key; empty when there is none, None for one of this program whose ARN is not known yet."""
    try:
        return rule.text("applyServerSideEncryptionByDefault.kmsMasterKeyId", "")
    except UndecidedError:
        if graph.depends_on(config, "rules", (AWS_KEY, AWS_REPLICA_KEY)):
            return None
        raise


def _declared(graph: Graph, key: str, context: RuleContext) -> bool:
    if graph.named(key, (AWS_KEY, AWS_REPLICA_KEY)):
        return True
    patterns = context.settings.declared_keys
    if patterns:
        return any(fnmatchcase(key, pattern) for pattern in patterns)
    return key.startswith("arn:") and ":kms:" in key and ":key/" in key


def _takes_access_logs(graph: Graph, config: ResourceView) -> bool:
    bucket = graph.target(config, "bucket", (AWS_BUCKET,))
    for policy in graph.of(AWS_BUCKET_POLICY):
        same = graph.target(policy, "bucket", (AWS_BUCKET,))
        if bucket is not None and same is not None:
            if bucket.urn != same.urn:
                continue
        elif policy.text("bucket") != config.text("bucket"):
            continue
        document = policy.json("policy")
        if document is not None and any(
            statement.allows and LOG_DELIVERY in statement.principals for statement in statements(document)
        ):
            return True
    return False


_ARN = "arn:aws:kms:us-east-1:111122223333:key/mrk-1"


def _records(default: dict[str, object], policy: str | None = None) -> tuple[ResourceRecord, ...]:
    props: dict[str, object] = {
        "bucket": "meridian-prod-edi-835",
        "rules": [{"applyServerSideEncryptionByDefault": default, "bucketKeyEnabled": True}],
    }
    found = [
        ResourceRecord(
            f"urn:pulumi:prod::data::{AWS_BUCKET_ENCRYPTION}::edi-835",
            AWS_BUCKET_ENCRYPTION,
            "edi-835",
            props,
        )
    ]
    if policy is not None:
        found.append(
            ResourceRecord(
                f"urn:pulumi:prod::data::{AWS_BUCKET_POLICY}::edi-835",
                AWS_BUCKET_POLICY,
                "edi-835",
                {"bucket": "meridian-prod-edi-835", "policy": policy},
            )
        )
    return tuple(found)


_KMS: dict[str, object] = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": _ARN}
_DELIVERY = (
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},'
    '"Action":"s3:PutObject","Resource":"arn:aws:s3:::meridian-prod-edi-835/*"}]}'
)

_RULES = f"{AWS_BUCKET_ENCRYPTION}: rules"
_DEFAULT = f"{_RULES}[*].applyServerSideEncryptionByDefault"
_POLICY = f"{AWS_BUCKET_POLICY}: policy#"
_STATEMENT: Mapping[str, Missing] = {
    "Statement": "fails",
    **dict.fromkeys(
        (f"Statement[*].{name}" for name in ("Effect", "Action", "Principal", "Principal.Service")), "fails"
    ),
    **dict.fromkeys(
        (
            f"Statement[*].{name}"
            for name in ("Sid", "NotAction", "NotPrincipal", "NotResource", "Resource", "Condition")
        ),
        "safe",
    ),
}

RULE = StackRule(
    title="S3 buckets are encrypted with a declared customer managed key",
    severity=Severity.HIGH,
    why="Amazon's own keys answer to anyone who may read the bucket; a key of our own is a second lock.",
    remedy="set `sseAlgorithm` aws:kms and `kmsMasterKeyId` to the ARN of a declared key",
    types=(AWS_BUCKET_ENCRYPTION,),
    checks=(_encrypted,),
    reads={
        f"{_RULES}": "fails",
        f"{_DEFAULT}.sseAlgorithm": "fails",
        f"{_DEFAULT}.kmsMasterKeyId": "fails",
        f"{AWS_BUCKET_ENCRYPTION}: bucket": "fails",
        f"{AWS_BUCKET_POLICY}: bucket": "fails",
        f"{AWS_BUCKET_POLICY}: policy": "fails",
        **{f"{_POLICY}.{place}": missing for place, missing in _STATEMENT.items()},
    },
    weaker={
        _RULES: (
            [],
            [dict[str, object]()],
            [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}],
        ),
        f"{_DEFAULT}.sseAlgorithm": ("AES256", "aws:kms2", ""),
        f"{_DEFAULT}.kmsMasterKeyId": ("alias/aws/s3", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3", ""),
    },
    neutral=dict.fromkeys(
        (
            f"{AWS_BUCKET_ENCRYPTION}: bucket",
            f"{AWS_BUCKET_POLICY}: bucket",
            f"{AWS_BUCKET_POLICY}: policy",
            *(f"{_POLICY}.{place}" for place in _STATEMENT),
        ),
        "see the example of a bucket that takes access logs",
    ),
    allowed=(
        StackExample("a customer managed key", _records(_KMS)),
        StackExample(
            "a declared key", _records(_KMS), {"declaredKeys": ["arn:aws:kms:*:111122223333:key/*"]}
        ),
        StackExample(
            "a bucket that takes access logs",
            _records({"sseAlgorithm": "AES256"}, _DELIVERY),
            weaker={
                f"{_DEFAULT}.sseAlgorithm": ("aws:kms", "none", ""),
                f"{AWS_BUCKET_ENCRYPTION}: bucket": ("other",),
                f"{AWS_BUCKET_POLICY}: bucket": ("other",),
                f"{AWS_BUCKET_POLICY}: policy": ("{}", "allow"),
                f"{_POLICY}.Statement": ([], "allow"),
                f"{_POLICY}.Statement[*].Effect": ("Deny", "allow"),
                f"{_POLICY}.Statement[*].Action": ([],),
                f"{_POLICY}.Statement[*].Principal": ("*", {"AWS": "logging.s3.amazonaws.com"}),
                f"{_POLICY}.Statement[*].Principal.Service": ("ec2.amazonaws.com", []),
            },
        ),
    ),
    disallowed=(
        StackExample("Amazon's own encryption", _records({"sseAlgorithm": "AES256"})),
        StackExample("Amazon's own key", _records({"sseAlgorithm": "aws:kms"})),
        StackExample(
            "an alias of Amazon's", _records({"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/aws/s3"})
        ),
        StackExample(
            "somebody else's key", _records(_KMS), {"declaredKeys": ["arn:aws:kms:*:444455556666:key/*"]}
        ),
        StackExample("nothing", _records({})),
    ),
    undecided=(
        StackExample("a key not known yet", _records({"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN})),
        StackExample("an algorithm not known yet", _records({"sseAlgorithm": UNKNOWN})),
    ),
    blind_spot="A bucket without the configuration: aws-s3-bucket-complete.",
)
