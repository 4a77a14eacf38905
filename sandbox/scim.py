"""Groups that reach AWS Identity Center by SCIM, some time after Okta or Entra decided to push them."""

import hashlib
from typing import Final

from billing_identity.sandbox.services.registry import new_uuid
from billing_identity.sandbox.store import Object, Store

GROUP: Final = "aws:identitystore/group:Group"


def instance_arn(account: str) -> str:
    """The Identity Center instance of an account; the sandbox makes it from the account's number."""
    return f"arn:aws:sso:::instance/ssoins-{_digest(account, 16)}"


def identity_store_id(account: str) -> str:
    """The identity store of an account; the sandbox makes it from the account's number."""
    return f"d-{_digest(account, 10)}"


def sync(store: Store, account: str) -> list[str]:
    """Copy groups that are pushed to AWS into the account's identity store; returns the new names, sorted.

    Okta: groups pushed by `okta:PushGroup` to an app whose label or catalogue name has "aws" or "amazon" in
    it. Entra: groups with an app role of a service principal whose application's display name has.
    """
    with store.transaction():
        present = {str(o.props.get("displayName")) for o in store.find(GROUP, account)}
        fresh = sorted((_from_okta(store) | _from_entra(store)) - present)
        for name in fresh:
            arrive(store, account, name)
    return fresh


def arrive(store: Store, account: str, name: str) -> str:
    """Put one group into the identity store; returns its id."""
    store_id = identity_store_id(account)
    group = f"{store_id[2:]}-{new_uuid()}"
    properties = {
        "id": f"{store_id}/{group}",
        "groupId": group,
        "displayName": name,
        "identityStoreId": store_id,
        "externalIds": [{"id": new_uuid(), "issuer": "scim"}],
    }
    identifier = f"{store_id}/{group}"
    store.put(Object("aws", account, "", GROUP, identifier, identifier, "", properties))
    return group


def _from_okta(store: Store) -> set[str]:
    names: set[str] = set()
    for push in store.find("okta:index/pushGroup:PushGroup"):
        app = str(push.props.get("appId"))
        apps = [
            o
            for kind in ("okta:app/saml:Saml", "okta:app/oAuth:OAuth")
            for o in store.find(kind, push.account)
            if o.id == app
        ]
        if not any(_is_aws(o, "label", "preconfiguredApp") for o in apps):
            continue
        source = push.props.get("sourceGroupId")
        groups = [g for g in store.find("okta:group/group:Group", push.account) if g.id == source]
        target = push.props.get("targetGroupName")
        names.update(str(target or g.props.get("name")) for g in groups)
    return names


def _from_entra(store: Store) -> set[str]:
    names: set[str] = set()
    for assignment in store.find("azuread:index/appRoleAssignment:AppRoleAssignment"):
        principals = store.find(
            "azuread:index/servicePrincipal:ServicePrincipal",
            assignment.account,
            lambda p, a=assignment: p.get("objectId") == a.props.get("resourceObjectId"),
        )
        if not any(_is_aws(o, "displayName") for o in principals):
            continue
        wanted = assignment.props.get("principalObjectId")
        for kind in ("azuread:index/group:Group", "azuread:index/groupWithoutMembers:GroupWithoutMembers"):
            for group in store.find(kind, assignment.account):
                if group.props.get("objectId") == wanted:
                    names.add(str(group.props.get("displayName")))
    return names


def _is_aws(item: Object, *fields: str) -> bool:
    text = " ".join(str(item.props.get(f, "")) for f in fields).lower()
    return "aws" in text or "amazon" in text


def _digest(account: str, length: int) -> str:
    return hashlib.sha256(account.encode()).hexdigest()[:length]
