"""A provider's requests go to its own cloud, over TLS that it checks."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity

AWS, OKTA, ENTRA = "pulumi:providers:aws", "pulumi:providers:okta", "pulumi:providers:azuread"
OKTA_CLOUDS = ("okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com", "okta.mil")
ENTRA_CLOUDS = ("public", "global", "usgovernment", "usgovernmentl4", "usgovernmentl5", "dod")
ELSEWHERE = {
    AWS: ("endpoints", "httpProxy", "httpsProxy", "customCaBundle", "ec2MetadataServiceEndpoint"),
    OKTA: ("httpProxy",),
    ENTRA: ("metadataHost", "msiEndpoint"),
}
"""Arguments that lead requests, or the token behind them, over somebody else."""


def _elsewhere(provider: ResourceView, _: RuleContext) -> Iterator[Finding]:
    for name in ELSEWHERE[provider.type]:
        if provider.has(name) and provider.text(name, "") not in ("", "[]", "{}"):
            yield Finding(f"`{name}` leads the provider's requests over somebody else")


def _cloud(provider: ResourceView, _: RuleContext) -> Iterator[Finding]:
    if provider.type == AWS:
        if provider.flag("insecure", default=False):
            yield Finding("`insecure` is true: nobody checks whom the provider speaks to")
    elif provider.type == OKTA:
        cloud = provider.text("baseUrl", OKTA_CLOUDS[0])
        if cloud not in OKTA_CLOUDS:
            yield Finding(f"`baseUrl` is {cloud}, which is no cloud of Okta's")
    else:
        cloud = provider.text("environment", ENTRA_CLOUDS[0])
        if cloud.lower() not in ENTRA_CLOUDS:
            yield Finding(f"`environment` is {cloud}, which is none of Microsoft's for the United States")


_NAMES = tuple(dict.fromkeys(name for found in ELSEWHERE.values() for name in found))
_TEXTS = ("http://198.51.100.7:8080",)

RULE = ResourceRule(
    title="Providers speak to their own cloud",
    severity=Severity.CRITICAL,
    why="Whoever stands between reads the deployment's token and answers what he likes.",
    remedy="leave out endpoints, proxies and `insecure`; name the provider's own cloud",
    types=(AWS, OKTA, ENTRA),
    checks=(_elsewhere, _cloud),
    reads={
        **dict.fromkeys((name for found in ELSEWHERE.values() for name in found), "safe"),
        "insecure": "safe",
        "baseUrl": "safe",
        "environment": "safe",
    },
    weaker={
        **dict.fromkeys((name for found in ELSEWHERE.values() for name in found), _TEXTS),
        "insecure": (True, "true"),
        "baseUrl": ("okta.com.example.net", "example.com", "0kta.com", ""),
        "environment": ("china", "elsewhere", ""),
    },
    allowed=(
        Example("AWS", AWS, {"region": "us-east-1", "endpoints": "[]", "insecure": "false"}),
        Example("Okta", OKTA, {"orgName": "meridian", "baseUrl": "okta.com"}),
        Example("Entra", ENTRA, {"environment": "public"}),
        Example("all left out", AWS, {"region": "us-east-1"}),
    ),
    disallowed=(
        Example("another endpoint", AWS, {"endpoints": '[{"sts": "http://198.51.100.7"}]'}),
        Example("a certificate nobody checks", AWS, {"insecure": "true"}),
        Example("somebody's copy of Okta", OKTA, {"baseUrl": "example.com"}),
        Example("another metadata host", ENTRA, {"metadataHost": "198.51.100.7"}),
    ),
    blind_spot="Proxies in the environment of the machine that deploys: the definition of CI.",
)
