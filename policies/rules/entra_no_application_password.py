"""Applications prove themselves by federation or certificate; a password is a shared secret."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import (
    ENTRA_APP_PASSWORD,
    ENTRA_APPLICATION,
    ENTRA_PRINCIPAL_PASSWORD,
)


def _password(resource: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if resource.type != ENTRA_APPLICATION:
        yield Finding("the application gets a password, and Pulumi's state holds it")
    elif resource.node("password") is not None:
        yield Finding("`password` gives the application a password, and Pulumi's state holds it")


RULE = ResourceRule(
    title="Entra applications have no password",
    severity=Severity.HIGH,
    why="A password is known to both sides, stands in the state and outlives whoever copied it.",
    remedy="declare an ApplicationFederatedIdentityCredential, or upload the public part of a certificate",
    types=(ENTRA_APP_PASSWORD, ENTRA_PRINCIPAL_PASSWORD, ENTRA_APPLICATION),
    checks=(_password,),
    reads={"password": "safe"},
    weaker={"password": ({"displayName": "ci"}, [{"displayName": "ci"}], {})},
    allowed=(
        Example("an application without", ENTRA_APPLICATION, {"displayName": "Jira", "__defaults": []}),
    ),
    disallowed=(
        Example("an application's", ENTRA_APP_PASSWORD, {"applicationId": "/applications/1"}),
        Example(
            "a service principal's", ENTRA_PRINCIPAL_PASSWORD, {"servicePrincipalId": "/servicePrincipals/1"}
        ),
        Example(
            "inside the application",
            ENTRA_APPLICATION,
            {"displayName": "Jira", "password": {"displayName": "ci", "__defaults": []}},
        ),
    ),
    blind_spot="Passwords made in the portal: the tenant's application management policy.",
)
