"""Entra data sources that don't follow the common pattern."""

from billing_identity.sandbox.instance import Instance
from billing_identity.sandbox.invoke import answer
from billing_identity.sandbox.services.entra.conditional_access import BUILT_IN, PREFIX, STRENGTH
from billing_identity.sandbox.services.entra.groups import GROUPS
from billing_identity.sandbox.services.registry import ServiceError, looks_up
from billing_identity.sandbox.store import Store
from billing_identity.sandbox.wire import Properties

# Client ids of Microsoft's own applications, the same in every tenant.
PUBLISHED = {
    "MicrosoftGraph": "00000003-0000-0000-c000-000000000000",
    "Office365ExchangeOnline": "00000002-0000-0ff1-ce00-000000000000",
    "Office365SharePointOnline": "00000003-0000-0ff1-ce00-000000000000",
    "AzureServiceManagement": "797f4846-ba00-4fd7-ba43-dac1f8f63013",
}


@looks_up("azuread:index/getClientConfig:getClientConfig")
def client_config(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The tenant and the identity that the provider instance works as."""
    return {
        "id": f"{instance.account}-sandbox",
        "tenantId": instance.account,
        "clientId": "5a0d5a0d-0000-4000-8000-000000000001",
        "objectId": "5a0d5a0d-0000-4000-8000-000000000002",
    }


@looks_up("azuread:index/getDomains:getDomains")
def domains(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """The tenant's one domain."""
    domain = {
        "domainName": "example.onmicrosoft.com",
        "default": True,
        "initial": True,
        "verified": True,
        "root": True,
    }
    return {
        "id": "domains",
        "domains": [{"authenticationType": "Managed", "supportedServices": [], **domain}],
    }


@looks_up("azuread:index/getGroup:getGroup")
def group(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """A group by object id or display name."""
    found = [o for kind in GROUPS for o in store.find(kind, instance.account)]
    for name in ("objectId", "displayName"):
        found = [o for o in found if arguments.get(name) in (None, o.props.get(name))]
    if len(found) != 1:
        wanted = arguments.get("displayName") or arguments.get("objectId")
        raise ServiceError(f"{'no' if not found else 'more than one'} group found matching {wanted!r}")
    return {"members": [], "owners": [], "types": [], **answer(found[0])}


@looks_up("azuread:index/getAuthenticationStrengthPolicy:getAuthenticationStrengthPolicy")
def strength(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """An authentication strength by display name, the built-in ones included."""
    name = str(arguments.get("displayName"))
    if name in BUILT_IN:
        return {"id": PREFIX + BUILT_IN[name], "objectId": BUILT_IN[name], "displayName": name}
    for item in store.find(STRENGTH, instance.account, lambda p: p.get("displayName") == name):
        return answer(item)
    raise ServiceError(f"no authentication strength policy found with the display name {name!r}")


@looks_up("azuread:index/getApplicationPublishedAppIds:getApplicationPublishedAppIds")
def published(store: Store, instance: Instance, arguments: Properties) -> Properties:
    """Client ids of Microsoft's own applications."""
    return {"id": "appIds", "result": dict(PUBLISHED)}
