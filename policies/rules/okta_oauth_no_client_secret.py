"""Okta makes a client secret for an OAuth application, and the state keeps it, unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity
from billing_identity.policies.framework.tokens import OKTA_OAUTH
from billing_identity.policies.framework.wire import secret


def _omitted(app: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if not app.flag("omitSecret", default=False):
        yield Finding("`omitSecret` is not true: the secret that Okta makes stands in the state")


def _method(app: ResourceView, _: RuleContext) -> Iterator[Finding]:
    method = app.text("tokenEndpointAuthMethod", "client_secret_basic")
    if method == "private_key_jwt":
        return
    if method == "none":
        if app.text("type") not in ("browser", "native"):
            yield Finding("`tokenEndpointAuthMethod` is none for an application that can keep a key")
        elif not app.flag("pkceRequired", default=False):
            yield Finding("`pkceRequired` is not true for a public client")
        return
    yield Finding(f"`tokenEndpointAuthMethod` is {method}: the application proves itself by a shared secret")


def _given(app: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for name in ("clientBasicSecret", "clientBasicSecretWo"):
        if app.has(name):
            yield Finding(f"`{name}` puts a secret into the state")


_SERVICE: dict[str, object] = {
    "label": "claims-export",
    "type": "service",
    "grantTypes": ["client_credentials"],
    "tokenEndpointAuthMethod": "private_key_jwt",
    "omitSecret": True,
    "jwksUri": "https://keys.example.com/jwks.json",
    "autoKeyRotation": True,
    "__defaults": ["autoKeyRotation"],
}


def _but(**changes: object) -> dict[str, object]:
    return {**_SERVICE, **changes}


RULE = ResourceRule(
    title="Okta OAuth applications prove themselves by a key, not by a shared secret",
    severity=Severity.HIGH,
    why="A client secret is known to both sides, stands in the state and outlives whoever copied it.",
    remedy="set `tokenEndpointAuthMethod` private_key_jwt, `jwksUri` (or `jwks`) and `omitSecret` true",
    types=(OKTA_OAUTH,),
    checks=(_omitted, _method, _given),
    reads={
        "omitSecret": "fails",
        "tokenEndpointAuthMethod": "fails",
        "type": "fails",
        "pkceRequired": "fails",
        "clientBasicSecret": "safe",
        "clientBasicSecretWo": "safe",
    },
    weaker={
        "omitSecret": (False, "false"),
        "tokenEndpointAuthMethod": ("client_secret_basic", "client_secret_post", "client_secret_jwt", ""),
        "type": ("web",),
        "pkceRequired": (False,),
        "clientBasicSecret": ("x", secret("x")),
        "clientBasicSecretWo": ("x",),
    },
    allowed=(
        Example("a service with a key", OKTA_OAUTH, _SERVICE),
        Example(
            "a browser application with PKCE",
            OKTA_OAUTH,
            {"type": "browser", "tokenEndpointAuthMethod": "none", "pkceRequired": True, "omitSecret": True},
        ),
    ),
    disallowed=(
        Example("secret kept", OKTA_OAUTH, _but(omitSecret=False)),
        Example("method left out", OKTA_OAUTH, {"type": "web", "omitSecret": True}),
        Example("shared secret", OKTA_OAUTH, _but(tokenEndpointAuthMethod="client_secret_post")),
        Example("a service without proof", OKTA_OAUTH, _but(tokenEndpointAuthMethod="none")),
        Example(
            "a public client without PKCE",
            OKTA_OAUTH,
            {"type": "native", "tokenEndpointAuthMethod": "none", "omitSecret": True},
        ),
        Example("a secret given", OKTA_OAUTH, _but(clientBasicSecret="x")),
    ),
)
