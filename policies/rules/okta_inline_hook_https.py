"""An inline hook is asked in the middle of a sign-in, and its answer is believed."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.reader import ResourceView
from billing_identity.policies.framework.rule import Example, Finding, ResourceRule, Severity

_HOOK = "okta:inline/hook:Hook"


def _https(hook: ResourceView, _: RuleContext) -> Iterator[Finding]:
    document = hook.json("channelJson")
    uri = document.text("config.uri", "") if document is not None else hook.text("channel.uri", "")
    if not uri.startswith("https://"):
        yield Finding(f"the hook calls {uri or 'an address that is not set'}: it must begin with https://")


_URI = "https://hooks.example.com/okta"
_CHANNEL = {"type": "HTTP", "uri": _URI, "method": "POST"}
_JSON = '{"type":"HTTP","config":{"uri":"https://hooks.example.com/okta","method":"POST"}}'


def _hook(**changes: object) -> dict[str, object]:
    return {"name": "claims", "type": "com.okta.saml.tokens.transform", "version": "1.0.2", **changes}


RULE = ResourceRule(
    title="Okta's inline hooks call HTTPS addresses",
    severity=Severity.HIGH,
    why="Whoever answers in the hook's place writes the claims of everybody who signs in.",
    remedy="write an https:// address in `channel.uri` (or `config.uri` of `channelJson`)",
    types=(_HOOK,),
    checks=(_https,),
    reads={
        "channel.uri": "fails",
        "channelJson": "fails",
        "channelJson#.config.uri": "fails",
    },
    weaker={
        "channel.uri": ("http://hooks.example.com", "", "ftp://hooks.example.com"),
        "channelJson": ("{}", "not JSON"),
        "channelJson#.config.uri": ("http://hooks.example.com", ""),
    },
    allowed=(
        Example("an HTTPS address", _HOOK, _hook(channel=_CHANNEL)),
        Example("in JSON", _HOOK, _hook(channelJson=_JSON)),
    ),
    disallowed=(
        Example("a plain address", _HOOK, _hook(channel={**_CHANNEL, "uri": "http://hooks.example.com"})),
        Example("none", _HOOK, _hook()),
    ),
)
