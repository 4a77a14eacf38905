"""Which AWS actions reach what stores hold, and whether a statement names the stores that it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from billing_identity.policies.framework.documents import Statement, statements
from billing_identity.policies.framework.key_duties import USE
from billing_identity.policies.framework.reader import View

STORES = (
    *("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"),
    *("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"),
    *("dynamodb:PartiQLSelect", "dynamodb:GetRecords", "dynamodb:PutItem", "dynamodb:UpdateItem"),
    *("dynamodb:DeleteItem", "dynamodb:BatchWriteItem"),
    *("rds-data:ExecuteStatement", "rds-data:BatchExecuteStatement", "rds-db:connect"),
    *("redshift-data:ExecuteStatement", "redshift:GetClusterCredentials"),
    *("redshift:GetClusterCredentialsWithIAM", "redshift-serverless:GetCredentials"),
    *("sqs:ReceiveMessage", "kinesis:GetRecords", "kinesis:SubscribeToShard"),
    *("es:ESHttpGet", "es:ESHttpPost", "aoss:APIAccessAll", "neptune-db:ReadDataViaQuery"),
    *("ebs:GetSnapshotBlock", "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"),
    *("healthlake:ReadResource", "healthlake:SearchWithGet", "medical-imaging:GetImageFrame"),
)
"""Actions that read or change what a store holds."""
LOGS = (
    *("logs:GetLogEvents", "logs:FilterLogEvents", "logs:GetQueryResults", "logs:StartQuery"),
    *("logs:StartLiveTail", "logs:Unmask"),
    *("athena:GetQueryResults", "athena:GetQueryResultsStream", "athena:StartQueryExecution"),
)
"""Actions that read what logs, and queries over them, hold."""
SECRETS = (
    *("secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"),
    *("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"),
)
"""Actions that read secrets."""
CONTENTS = (*STORES, *LOGS, *SECRETS, *USE)

_LITERAL = re.compile(r"^[\w${.-]{3,}")
"""What a name must begin with: three characters, the least that a bucket's name has."""
_TAGGED = ("aws:resourcetag/", "secretsmanager:resourcetag/", "ssm:resourcetag/")
_KEYS_NAMED = ("kms:viaservice", "kms:requestalias", "kms:resourcealiases")
_EQUAL = ("stringequals", "stringlike", "foranyvalue:stringequals", "foranyvalue:stringlike")


@dataclass(frozen=True)
class Allowance:
    """What a policy document allows: its Allow statements, less what it denies without condition."""

    allowing: tuple[Statement, ...]
    denied: tuple[str, ...]
    """Patterns of actions that it denies on everything, always."""

    def holding(self, actions: Iterable[str]) -> Iterator[tuple[Statement, str]]:
        """Each statement that gives at least one of the actions, with the first that it gives."""
        for statement in self.allowing:
            for action in actions:
                if self.gives(statement, action):
                    yield statement, action
                    break

    def gives(self, statement: Statement, action: str) -> bool:
        """Whether one of its statements really gives the action. One that allows by exclusion gives all."""
        if any(fnmatchcase(action.lower(), pattern.lower()) for pattern in self.denied):
            return False
        return statement.inverted or statement.matches(action)


def allowance(document: View) -> Allowance:
    """Reads a policy document. Raises `MalformedError` for one that can't be read."""
    found = list(statements(document))
    return Allowance(
        tuple(statement for statement in found if statement.allows),
        tuple(
            pattern
            for statement in found
            if not (statement.allows or statement.conditions or statement.inverted)
            and "*" in statement.resources
            for pattern in statement.actions
        ),
    )


def unnamed(allowed: Allowance) -> Iterator[str]:
    """What reaches the contents of stores that it does not name, one text a statement."""
    for statement in allowed.allowing:
        for action in CONTENTS:
            if allowed.gives(statement, action) and not _narrowed(statement, action):
                sid = statement.sid or "without Sid"
                yield f"statement {sid} allows {action} on stores that it does not name"
                break


def through_a_service(statement: Statement) -> bool:
    """Whether keys are used only through services that the statement names."""
    return any(
        operator.lower() in _EQUAL and key.lower() == "kms:viaservice" and _said(values)
        for operator, key, values in statement.conditions
    )


def _narrowed(statement: Statement, action: str) -> bool:
    if statement.inverted:
        return False
    named = _KEYS_NAMED if action.startswith("kms:") else ()
    if any(
        operator.lower() in _EQUAL and key.lower().startswith((*_TAGGED, *named)) and _said(values)
        for operator, key, values in statement.conditions
    ):
        return True
    return bool(statement.resources) and all(map(names_something, statement.resources))


def _said(values: tuple[str, ...]) -> bool:
    return bool(values) and all(set(value) - set("*?") for value in values)


def names_something(resource: str) -> bool:
    """Whether an ARN pattern names a resource: what follows its kind begins with a text."""
    fields = resource.split(":", 5)
    if len(fields) < 6 or set(fields[2]) & set("*?"):
        return False
    parts = [part for part in re.split(r"[:/]", fields[5]) if part]
    kinded = fields[2] not in ("s3", "sqs") and len(parts) > 1
    name = parts[1] if kinded else parts[0] if parts else ""
    return _LITERAL.match(name) is not None
