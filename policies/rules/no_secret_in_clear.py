"""What stands in clear in an argument stands in clear in state, plans and logs."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import ANY
from billing_identity.policies.framework.wire import secret
from billing_identity.roles.checks.no_secrets import PATTERNS

LOOSE = ("a password", "a bearer token")
"""Forms of the catalogue's check that code and documents of other programs hold without any secret."""
FORMS = tuple((title, pattern) for title, pattern in PATTERNS if title not in LOOSE)
FUNCTION = "aws:lambda/function:Function"
# Put together here, so that scanners of the repository don't take the examples for secrets.
KEY_ID = "AKIA" + "Q3EGRKN7YXJ2ZVHW"
PRIVATE_KEY = "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQ"
ADDRESS = "postgres://billing:" + "hunter22@db.internal/claims"


def _clear(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for path, text in resource.clear_texts():
        for title, pattern in FORMS:
            if pattern.search(text):
                yield Finding(f"`{path}` holds what looks like {title}, in clear")
                break


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
        Example("deep in a list", "other:index:Thing", {"items": [{"name": "x"}, {"value": [KEY_ID]}]}),
    ),
    blind_spot=(
        "Secrets without a form of their own: rules of single arguments want those marked. Values that are "
        "not known yet are read in the update, before the resource is made."
    ),
)
