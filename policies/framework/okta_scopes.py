"""Okta's OAuth scopes with which a program can make itself, or anybody, administrator."""

TAKE_OVER = (
    "okta.roles.manage",
    "okta.clients.manage",
    "okta.apiTokens.manage",
    "okta.idps.manage",
    "okta.policies.manage",
    "okta.authenticators.manage",
    "okta.domains.manage",
)
"""Okta, "OAuth 2.0 scopes for Okta APIs"; what a scope allows ends where the program's role does."""


def takes_over(scope: str) -> bool:
    """Whether the scope is one of them; letter case doesn't count."""
    return scope.lower() in {name.lower() for name in TAKE_OVER}
