"""Create, read, update and delete: what is common to every resource type."""

import json
from copy import deepcopy
from typing import Final, cast

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.schema.load import ResourceType
from billing_identity.sandbox.services import registry
from billing_identity.sandbox.services.registry import Call, ServiceError
from billing_identity.sandbox.store import HASH, Object, Store, is_hash
from billing_identity.sandbox.wire import UNKNOWN, Properties, Secret, Value, unwrap, without_defaults

CHANGED: Final = "(changed outside Pulumi; the sandbox does not keep secrets)"
_GLOBAL: Final = frozenset(
    {
        "iam",
        "organizations",
        "s3",
        "account",
        "cloudfront",
        "route53",
        "ssoadmin",
        "identitystore",
        "s3control",
    }
)
_ZERO: Final[Properties] = {"s": "", "b": False, "i": 0.0, "n": 0.0, "[": [], "{": {}, "?": None}


def region_of(instance: Instance, token: str, properties: Properties) -> str:
    """The region that an object is kept under; "" for services without regions."""
    if instance.package != "aws" or token.split(":")[1].split("/")[0] in _GLOBAL:
        return ""
    region = properties.get("region")
    return str(region) if region else instance.region


def key_of(token: str, properties: Properties, identifier: str) -> str:
    """What tells an object apart within its type."""
    make = registry.keys.get(token)
    return make(properties, identifier) if make else identifier


def preview(schema: ResourceType, inputs: Properties, old: Properties | None) -> Properties:
    """What a create (old is None) or update would leave, before it is done: computed outputs are unknown."""
    outputs: Properties = without_defaults(inputs)
    for name in schema.outputs:
        outputs.setdefault(name, UNKNOWN if old is None else old.get(name))
    if old is None:
        outputs["id"] = UNKNOWN
    return _secret(schema, {k: v for k, v in outputs.items() if v is not None})


def create(
    store: Store, instance: Instance, schema: ResourceType, urn: str, inputs: Properties
) -> tuple[str, Properties]:
    """Make a live object; returns (id, outputs) or raises ServiceError."""
    token = schema.token
    kept: Properties = without_defaults(inputs)
    plain: Properties = unwrap(kept)
    with store.transaction():
        call = Call(store, instance, token, urn, plain, region_of(instance, token, plain))
        for step in registry.before_create[token]:
            step(call)
        identify = registry.identities.get(token) or registry.identities[f"{instance.package}:*"]
        call.id = identify(call)
        outputs: Properties = deepcopy(kept)
        outputs.update({k: v for k, v in _outputs(schema, call).items() if k not in kept})
        call.outputs = outputs
        outputs = _secret(schema, _contained(outputs, kept))
        key = key_of(token, unwrap(outputs), call.id)
        store.put(Object(instance.package, instance.account, call.region, token, key, call.id, urn, outputs))
        for step in registry.after_write[token]:
            step(call)
    return call.id, outputs


def update(
    store: Store,
    instance: Instance,
    schema: ResourceType,
    urn: str,
    identifier: str,
    olds: Properties,
    news: Properties,
) -> Properties:
    """Change a live object to `news`; returns its outputs or raises ServiceError."""
    kept: Properties = without_defaults(news)
    with store.transaction():
        live = _live(store, instance, schema, identifier, unwrap(olds))
        if live is None:
            raise ServiceError(f"updating {schema.token} ({identifier}): couldn't find resource")
        call = Call(store, instance, schema.token, urn, unwrap(kept), live.region, identifier, live)
        for step in registry.before_update[schema.token]:
            step(call)
        outputs: Properties = deepcopy(kept)
        for name in schema.outputs.keys() | live.props.keys():
            if name not in outputs and name not in schema.inputs and name in olds:
                outputs[name] = olds[name]
        call.outputs = outputs
        for derive in registry.derived[schema.token] + registry.derived[f"{instance.package}:*"]:
            outputs.update({k: v for k, v in derive(call).items() if v is not None})
        outputs["id"] = identifier
        outputs = _secret(schema, _contained(outputs, kept))
        store.put(Object(*live.place, identifier, urn, outputs))
        for step in registry.after_write[schema.token]:
            step(call)
    return outputs


def read(
    store: Store,
    instance: Instance,
    schema: ResourceType,
    identifier: str,
    olds: Properties,
    inputs: Properties,
) -> tuple[Properties, Properties] | None:
    """(outputs, inputs) of the live object as a refresh or an import sees it; None when it is gone."""
    live = _live(store, instance, schema, identifier, unwrap(olds))
    if live is None:
        return None
    # An import knows nothing yet; what was made here always has its id among the outputs.
    fresh = "id" not in olds
    outputs: Properties = {}
    changed: Properties = {}
    for name, value in live.props.items():
        if name in olds and _same(store, value, olds[name]):
            outputs[name] = olds[name]
            continue
        if fresh and is_hash(value):
            continue
        shown = _shown(value)
        if isinstance(olds.get(name), Secret) and not isinstance(shown, Secret):
            shown = Secret(shown)
        outputs[name] = changed[name] = shown
    if fresh:
        answer = {k: v for k, v in outputs.items() if k in schema.inputs and v is not None}
        return outputs, {**answer, "__defaults": []} if schema.marks else answer
    answer = {k: v for k, v in inputs.items() if k not in schema.inputs or k not in olds or k in live.props}
    answer.update({k: v for k, v in changed.items() if k in schema.inputs and v is not None})
    return outputs, answer


def delete(store: Store, instance: Instance, schema: ResourceType, identifier: str, olds: Properties) -> None:
    """Take an object away; nothing happens when it is gone already. Raises ServiceError when it is in use."""
    with store.transaction():
        live = _live(store, instance, schema, identifier, unwrap(olds))
        if live is None:
            return
        call = Call(store, instance, schema.token, live.urn, live.props, live.region, identifier, live)
        for step in registry.before_delete[schema.token]:
            step(call)
        if schema.token not in registry.kept_on_delete:
            store.delete(live)
        for step in registry.after_delete[schema.token]:
            step(call)


def _live(
    store: Store, instance: Instance, schema: ResourceType, identifier: str, properties: Properties
) -> Object | None:
    if instance.package == "aws" and "@" in identifier and identifier.rsplit("@", 1)[1].count("-") >= 2:
        # The import form of the AWS provider: id@region.
        identifier, _, region = identifier.rpartition("@")
        properties = {**properties, "region": region}
    region = region_of(instance, schema.token, properties)
    candidates = (key_of(schema.token, properties, identifier), identifier)
    for key in candidates:
        found = store.get(instance.package, instance.account, region, schema.token, key)
        if found is not None:
            return None if found.props.get("keyState") == "PendingDeletion" else found
    return None


def _outputs(schema: ResourceType, call: Call) -> Properties:
    package = call.instance.package
    answer: Properties = {"id": call.id}
    specific = registry.computed.get(schema.token)
    general = registry.computed.get(f"{package}:*")
    call.outputs = answer
    for make in (general, specific):
        if make is not None:
            answer.update({k: v for k, v in make(call).items() if v is not None})
    for derive in registry.derived[schema.token] + registry.derived[f"{package}:*"]:
        answer.update({k: v for k, v in derive(call).items() if v is not None})
    for name, kind in schema.outputs.items():
        zero = _ZERO[kind[0]]
        if name not in answer and zero is not None:
            answer[name] = deepcopy(zero)
    known = schema.outputs.keys() | schema.inputs.keys() | {"id"}
    return {k: v for k, v in answer.items() if k in known}


def _secret(schema: ResourceType, properties: Properties) -> Properties:
    return {
        k: Secret(v) if k in schema.secrets and not isinstance(v, Secret) and v is not UNKNOWN else v
        for k, v in properties.items()
    }


def _contained(outputs: Properties, inputs: Properties) -> Properties:
    """`outputs` with every computed value wrapped that has a secret input somewhere in it; an id can't be."""
    hidden = [text for value in inputs.values() for text in _secret_texts(value, False)]
    if not hidden:
        return outputs
    return {
        name: Secret(value)
        if name not in inputs and name != "id" and any(text in json.dumps(unwrap(value)) for text in hidden)
        else value
        for name, value in outputs.items()
    }


def _secret_texts(value: Value, inside: bool) -> list[str]:
    """Strings under a secret, in lower and given case; shorter ones than 4 characters occur by chance."""
    match value:
        case Secret():
            return _secret_texts(value.value, True)
        case dict():
            entries = cast("Properties", value).values()
            return [text for entry in entries for text in _secret_texts(entry, inside)]
        case list():
            return [text for entry in cast("list[Value]", value) for text in _secret_texts(entry, inside)]
        case str() if inside and len(value) >= 4:
            return [value, value.lower()]
        case _:
            return []


def _same(store: Store, live: Value, held: Value) -> bool:
    """Whether a stored value is the one that the engine holds; secrets are compared by hash."""
    if is_hash(live):
        return bool(live == store.hashed(Secret(unwrap(held))))
    if isinstance(held, Secret):
        return _same(store, live, held.value)
    if isinstance(live, dict) and isinstance(held, dict):
        old, new = cast("Properties", live), cast("Properties", held)
        return old.keys() == new.keys() and all(_same(store, old[k], new[k]) for k in old)
    if isinstance(live, list) and isinstance(held, list):
        olds, news = cast("list[Value]", live), cast("list[Value]", held)
        return len(olds) == len(news) and all(_same(store, o, n) for o, n in zip(olds, news, strict=True))
    return bool(live == held)


def _shown(value: Value) -> Value:
    """A stored value for the engine: what stands for a secret becomes a secret that says so."""
    if is_hash(value):
        return Secret(CHANGED)
    if isinstance(value, dict):
        return {k: _shown(v) for k, v in cast("Properties", value).items() if k != HASH}
    if isinstance(value, list):
        return [_shown(v) for v in cast("list[Value]", value)]
    return value
