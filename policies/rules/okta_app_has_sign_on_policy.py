"""An Okta application without a sign-on policy of its own falls back to the organisation's default."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import (
    Example,
    Finding,
    NotApplicableError,
    ResourceRule,
    Severity,
)
from billing_identity.policies.framework.tokens import OKTA_OAUTH, OKTA_SAML


def _policy(app: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if app.type == OKTA_OAUTH and app.text("type") == "service":
        raise NotApplicableError("a service application has no sign-on")
    if not app.text("authenticationPolicy"):
        yield Finding("`authenticationPolicy` is not set: the organisation's default policy lets people in")


RULE = ResourceRule(
    title="Okta applications name their sign-on policy",
    severity=Severity.HIGH,
    why="Without one, the organisation's default policy applies, which may ask for a password only.",
    remedy="set `authenticationPolicy` to the id of the sign-on policy of the application's tier",
    types=(OKTA_SAML, OKTA_OAUTH),
    checks=(_policy,),
    reads={"authenticationPolicy": "fails", "type": "safe"},
    weaker={"authenticationPolicy": ("",)},
    neutral={"type": "a service has no sign-on: it is not judged"},
    allowed=(
        Example(
            "a SAML application with its tier's policy",
            OKTA_SAML,
            {
                "label": "athenaOne",
                "authenticationPolicy": "rst1",
                "status": "ACTIVE",
                "__defaults": ["status"],
            },
        ),
        Example(
            "an OpenID Connect application with its tier's policy",
            OKTA_OAUTH,
            {"label": "Jira", "type": "web", "authenticationPolicy": "rst1", "hideWeb": True},
        ),
    ),
    disallowed=(
        Example("a SAML application without", OKTA_SAML, {"label": "athenaOne", "status": "ACTIVE"}),
        Example("an empty policy", OKTA_SAML, {"label": "athenaOne", "authenticationPolicy": ""}),
        Example(
            "an OpenID Connect application without",
            OKTA_OAUTH,
            {"label": "Jira", "type": "web", "hideWeb": True, "__defaults": ["hideWeb"]},
        ),
    ),
    blind_spot="Okta's own applications (Admin Console, Dashboard), which no program declares.",
)
