"""The Invoke call: data sources.

A function registered for the token answers first. Any other `getThing` is looked up among the live objects
of the resource type `thing` of the same module, by the arguments given; no match is an error, as with the
real provider.
"""

from functools import cache

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.schema.load import resource_type
from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.registry import ServiceError
from billing_identity.sandbox.store import Object, Store, is_hash
from billing_identity.sandbox.wire import Properties

_ALIASES = {"okta:app/getOauth:getOauth": "okta:app/oAuth:OAuth"}


def invoke(store: Store, instance: Instance, token: str, arguments: Properties) -> Properties:
    """The answer of a data source; ServiceError when nothing matches, LookupError when it is not modelled."""
    given = {k: v for k, v in arguments.items() if v is not None}
    function = registry.lookups.get(token)
    if function is not None:
        return function(store, instance, given)
    kind = _resource_token(token)
    if kind is None:
        raise LookupError(
            f"the sandbox does not model the data source {token}; add it below sandbox/services"
        )
    found = [o for o in store.find(kind, instance.account) if _matches(o, given)]
    if not found:
        raise ServiceError(f"{token}: no object matches {_words(given)}; couldn't find resource")
    if len(found) > 1:
        raise ServiceError(f"{token}: {len(found)} objects match {_words(given)}; the search must name one")
    return answer(found[0])


def answer(item: Object) -> Properties:
    """The properties of an object as a data source returns them; secrets are not among them."""
    return {"id": item.id, **{k: v for k, v in item.props.items() if not is_hash(v)}}


@cache
def _resource_token(token: str) -> str | None:
    package, module, name = token.split(":")
    folder = module.split("/")[0]
    thing = name.removeprefix("get")
    kind = _ALIASES.get(token) or f"{package}:{folder}/{thing[:1].lower()}{thing[1:]}:{thing}"
    return kind if name.startswith("get") and resource_type(kind) is not None else None


def _matches(item: Object, arguments: Properties) -> bool:
    for name, value in arguments.items():
        if (
            name in ("id", f"{item.type.split(':')[-1][:1].lower()}{item.type.split(':')[-1][1:]}Id")
            and item.id == value
        ):
            continue
        if name in item.props and item.props[name] != value:
            return False
        if name not in item.props and isinstance(value, str) and name.lower().endswith(("id", "name", "arn")):
            return False
    return True


def _words(arguments: Properties) -> str:
    return ", ".join(f"{k}={v!r}" for k, v in sorted(arguments.items())) or "no arguments"
