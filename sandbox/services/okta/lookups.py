"""Okta data sources that don't follow the common pattern."""

from collections.abc import Callable

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.invoke import answer
from billing_identity.sandbox.services.okta.apps import APPS
from billing_identity.sandbox.services.okta.organization import (
    APP_POLICY,
    GROUP,
    POLICY_TYPES,
    USER_TYPE,
    ZONE,
)
from billing_identity.sandbox.services.registry import ServiceError, looks_up
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties


def _first(found: list[Object], what: str) -> Object:
    if not found:
        raise ServiceError(f"failed to find {what}: no matches found")
    return found[0]


def _by(arguments: Properties, *names: str) -> Callable[[Properties], bool]:
    wanted: Properties = {n: arguments[n] for n in names if arguments.get(n) is not None}
    return lambda p: all(p.get(n) == v for n, v in wanted.items())


@looks_up("okta:policy/getDefaultPolicy:getDefaultPolicy")
def default_policy(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The default policy of a type."""
    kind = POLICY_TYPES.get(str(arguments.get("type")))
    if kind is None:
        raise ServiceError(
            f"failed to get default policy: no policy type {arguments.get('type')!r} in the sandbox"
        )
    system = store.find(kind, instance.account, lambda p: p.get("default") is True)
    return {"type": arguments["type"], "id": _first(system, f"default policy {arguments['type']}").id}


@looks_up("okta:policy/getPolicy:getPolicy")
def policy(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A policy by type and name."""
    kind = POLICY_TYPES.get(str(arguments.get("type")), "")
    found = store.find(kind, instance.account, _by(arguments, "name"))
    return {**arguments, "id": _first(found, f"policy {arguments.get('name')!r}").id, "status": "ACTIVE"}


@looks_up("okta:index/getAppSignonPolicy:getAppSignonPolicy")
def app_policy(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The authentication policy of an app."""
    apps = [o for kind in APPS for o in store.find(kind, instance.account) if o.id == arguments.get("appId")]
    app = _first(apps, f"app {arguments.get('appId')!r}")
    identifier = app.props.get("authenticationPolicy")
    found = [o for o in store.find(APP_POLICY, instance.account) if identifier in (None, o.id)]
    item = _first(found, f"authentication policy of {app.id}")
    return {"appId": app.id, "id": item.id, "name": item.props.get("name")}


@looks_up("okta:group/getGroup:getGroup")
def group(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A group by id or name."""
    found = store.find(GROUP, instance.account, _by(arguments, "name"))
    found = [o for o in found if arguments.get("id") in (None, o.id)]
    wanted = arguments.get("name") or arguments.get("id")
    item = _first(found, f"group {wanted!r}")
    return {"description": "", "type": "OKTA_GROUP", "users": [], **answer(item)}


@looks_up("okta:group/getEveryoneGroup:getEveryoneGroup")
def everyone(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The group that everyone is in."""
    return answer(
        _first(store.find(GROUP, instance.account, lambda p: p.get("name") == "Everyone"), "Everyone")
    )


@looks_up("okta:index/getGroups:getGroups")
def groups(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Groups whose name starts with `q`."""
    start = str(arguments.get("q") or "")
    found = [o for o in store.find(GROUP, instance.account) if str(o.props.get("name", "")).startswith(start)]
    return {"id": "groups", "groups": [{"type": "OKTA_GROUP", **answer(o)} for o in found]}


@looks_up("okta:app/getApp:getApp")
def app(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """An app of any kind by id, label or label prefix."""
    found = [o for kind in APPS for o in store.find(kind, instance.account)]
    found = [o for o in found if arguments.get("id") in (None, o.id)]
    found = [o for o in found if arguments.get("label") in (None, o.props.get("label"))]
    start = str(arguments.get("labelPrefix") or "")
    found = [o for o in found if str(o.props.get("label", "")).startswith(start)]
    item = _first(found, f"app {arguments}")
    return {"links": "{}", "groups": [], "users": [], **answer(item)}


@looks_up("okta:index/getApps:getApps")
def apps(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Apps of every kind, by label, label prefix or name."""
    found = [o for kind in APPS for o in store.find(kind, instance.account, _by(arguments, "label"))]
    start = str(arguments.get("labelPrefix") or "")
    chosen = [o for o in found if str(o.props.get("label", "")).startswith(start)]
    listed = [
        {"id": o.id, "name": o.props.get("name"), "label": o.props.get("label"), "status": "ACTIVE"}
        for o in chosen
    ]
    return {"id": "apps", "apps": listed}


@looks_up("okta:index/getNetworkZone:getNetworkZone")
def zone(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A zone by id or name, the system ones included."""
    found = store.find(ZONE, instance.account, _by(arguments, "name"))
    return answer(
        _first([o for o in found if arguments.get("id") in (None, o.id)], f"network zone {arguments}")
    )


@looks_up("okta:user/getUserType:getUserType")
def user_type(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A user type by name."""
    return answer(
        _first(store.find(USER_TYPE, instance.account, _by(arguments, "name")), f"user type {arguments}")
    )


@looks_up("okta:user/getUserProfileMappingSource:getUserProfileMappingSource")
def mapping_source(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The Okta user profile as one side of a mapping."""
    found = store.find(USER_TYPE, instance.account, lambda p: p.get("system") is True)
    return {
        "id": _first(found, "user profile mapping source").id,
        "name": "user",
        "source": "user",
        "type": "user",
    }
