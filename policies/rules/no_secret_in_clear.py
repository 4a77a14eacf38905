"""What stands in clear in an argument stands in clear in state, plans and logs."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.framework.wire import secret
from billing_identity.roles.checks.no_secrets import PATTERNS

LOOSE = ("a password", "a bearer token")
"""Forms of the catalogue's check that code and documents of other programs hold without any secret."""
KEYS = ("", "RSA ", "EC ", "DSA ", "OPENSSH ", "ENCRYPTED ")
IN_BASE64 = "|".join(
    # without the last group, which what follows would change
    re.escape(b64encode(f"-----BEGIN {kind}PRIVATE KEY".encode()).decode()[:-4])
    for kind in KEYS
)
FORMS = (
    *((title, pattern) for title, pattern in PATTERNS if title not in LOOSE),
    ("a private key in base64", re.compile(IN_BASE64)),
)
NAMES = re.compile(
    r"(?i)(password|passwd|passphrase|secret_?key|api_?key|private_?key|client_?secret|secret_?access_?key"
    r"|(access|auth|api|bearer)_?token)$"
)
"""Ends of names whose value is a secret, unless it says where the secret is."""
ELSEWHERE = re.compile(
    r"[/\s]|^arn:|^\$|\{\{|^(true|false|required|optional|none|enabled|disabled)$", re.IGNORECASE
)
"""What stands in such a value and is none: a path, an ARN, a reference, a switch, words."""
FUNCTION = "aws:lambda/function:Function"
AWS_KEY = re.compile(r"[A-Za-z0-9+][A-Za-z0-9/+]{39}")
"""The form of AWS's secret access keys, which may hold slashes."""
SHORTEST = 6
"""Characters of the shortest value that is taken for a secret."""
# Put together here, so that scanners of the repository don't take the examples for secrets.
KEY_ID = "AKIA" + "Q3EGRKN7YXJ2ZVHW"
PRIVATE_KEY = "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQ"
CERTIFICATE = b64encode(b"-----BEGIN CERTIFICATE-----").decode()
ADDRESS = "postgres://billing:" + "hunter22@db.internal/claims"


def _clear(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    texts = dict(resource.clear_texts())
    for path, text in texts.items():
        name = texts.get(path.removesuffix(".value") + ".name", "") if path.endswith(".value") else path
        if NAMES.search(name) and _secret(text):
            yield Finding(f"`{path}` holds what its name calls a secret, in clear")
            continue
        for title, pattern in FORMS:
            if pattern.search(text):
                yield Finding(f"`{path}` holds what looks like {title}, in clear")
                break


def _secret(text: str) -> bool:
    """Whether a value whose name is a secret's is one, and not where one is."""
    return len(text) >= SHORTEST and (AWS_KEY.fullmatch(text) is not None or not ELSEWHERE.search(text))


def _function(**variables: object) -> dict[str, object]:
    return {"handler": "post.handler", "environment": {"variables": variables}, "__defaults": []}


RULE = ResourceRule(
    title="No secret stands in clear in any argument",
    severity=Severity.CRITICAL,
    why="Whoever reads the state, a plan or a log has the secret, and nobody knows who did.",
    remedy="take it from a secret store at run time, or mark it as a secret; and replace it, since it is out",
    types=(ANY,),
    checks=(_clear,),
    reads={ANY: "safe"},
    weaker={ANY: (KEY_ID, PRIVATE_KEY, ADDRESS)},
    tolerates={ANY: "read again in the update, before the resource is made: there nothing is unknown"},
    allowed=(
        Example("names of secrets", FUNCTION, _function(NAMED="prod/claims", QUEUE="remittances")),
        Example("marked as a secret", FUNCTION, _function(KEY=secret(KEY_ID))),
        Example(
            "where a password is",
            FUNCTION,
            _function(
                **{"DB_PASSWORD": "/prod/db/password"},
                API_KEY="arn:aws:secretsmanager:us-east-1:1:secret:k",
                TOKEN="",
            ),
        ),
        Example(
            "a certificate in base64",
            FUNCTION,
            _function(CA=CERTIFICATE),
        ),
        Example("an address without a password", FUNCTION, _function(DB="postgres://db.internal/claims")),
        Example("a public key", "aws:ec2/keyPair:KeyPair", {"publicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5"}),
    ),
    disallowed=(
        Example("an access key", FUNCTION, _function(KEY=KEY_ID)),
        Example(
            "a private key", "tls:index/locallySignedCert:LocallySignedCert", {"caPrivateKeyPem": PRIVATE_KEY}
        ),
        Example("a password in an address", FUNCTION, _function(DB=ADDRESS)),
        Example(
            "in a script",
            "aws:ec2/instance:Instance",
            {"userData": f"#!/bin/sh\nexport AWS_ACCESS_KEY_ID={KEY_ID}\n"},
        ),
        Example("a variable called a password", FUNCTION, _function(**{"DB_PASSWORD": "correct-horse"})),
        Example(
            "a variable in a list",
            "aws:codebuild/project:Project",
            {"environment": {"environmentVariables": [{"name": "DB_PASSWORD", "value": "hunter22"}]}},
        ),
        Example("a key of a role's", "other:index:Thing", {"secretAccessKey": "wJalr/" + "x9" * 17}),
        Example("a private key in base64", FUNCTION, _function(PEM=b64encode(PRIVATE_KEY.encode()).decode())),
        Example("deep in a list", "other:index:Thing", {"items": [{"name": "x"}, {"value": [KEY_ID]}]}),
    ),
    blind_spot=(
        "Secrets without a form or a name of their own, and names inside documents given as text: rules of "
        "single arguments want those marked. Values that are not known yet are read in the update, before "
        "the resource is made."
    ),
)
