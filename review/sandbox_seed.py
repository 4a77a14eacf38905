"""What exists before the program, put into the sandbox: the things that the settings name by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from billing_identity.roles.naming import role_group_name
from billing_identity.sandbox import commands
from billing_identity.stacks.settings import Settings, load_settings


@dataclass(frozen=True)
class Prerequisite:
    """One object that predates the program."""

    account: str
    type: str
    id: str
    properties: dict[str, Any]


def prerequisites(settings: Settings) -> Iterator[Prerequisite]:
    """Break-glass and administrators' groups, Okta's own group and applications."""
    okta, entra = settings.okta, settings.entra
    if okta is not None:
        for identifier, name in (
            (okta.everyone_group, "Everyone"),
            (okta.break_glass_group, "break-glass"),
            (okta.administrators_group, "administrators"),
        ):
            yield Prerequisite(
                okta.url.removeprefix("https://"), "okta:group/group:Group", identifier, {"name": name}
            )
        for identifier, name in ((okta.admin_console_app, "saasure"), (okta.dashboard_app, "okta_enduser")):
            yield Prerequisite(
                okta.url.removeprefix("https://"),
                "okta:app/saml:Saml",
                identifier,
                {"label": name, "name": name},
            )
        for identifier, kind, name in (
            (okta.default_session_policy, "okta:policy/signon:Signon", "Default Policy"),
            (
                okta.account_management_policy,
                "okta:index/appSignonPolicy:AppSignonPolicy",
                "Account management",
            ),
            (okta.brand, "okta:index/brand:Brand", "default"),
        ):
            if identifier is not None:
                yield Prerequisite(okta.url.removeprefix("https://"), kind, identifier, {"name": name})
    if entra is not None:
        for identifier, name in (
            (entra.break_glass_group, "break-glass"),
            (entra.administrators_group, "administrators"),
        ):
            yield Prerequisite(
                entra.tenant_id,
                "azuread:index/group:Group",
                f"/groups/{identifier}",
                {
                    "displayName": name,
                    "objectId": identifier,
                    "securityEnabled": True,
                    "assignableToRole": True,
                },
            )


def directory_groups(settings: Settings) -> Iterator[Prerequisite]:
    """Groups of IAM Identity Center that the settings name by id: SCIM has brought them already."""
    workforce = settings.aws.workforce
    for role, group in workforce.groups.items() if workforce is not None else ():
        store = workforce.identity_store_id if workforce is not None else ""
        yield Prerequisite(
            settings.aws.accounts["workforce"],
            "aws:identitystore/group:Group",
            f"{store}/{group}",
            {"groupId": group, "displayName": role_group_name(role), "identityStoreId": store},
        )


def seed(root: Path, state: Path) -> None:
    """Puts the prerequisites of every environment with settings under `root` into the sandbox's state.

    What is there already stays as it is, tampered or not.
    """
    for path in sorted((root / "stacks" / "config").glob("settings.*.yaml")):
        settings, _ = load_settings(root, path.name.split(".")[1])
        for item in (*prerequisites(settings), *directory_groups(settings)) if settings is not None else ():
            if not _there(state, item):
                commands.seed(state, item.type, item.id, item.properties, item.account)


def _there(state: Path, item: Prerequisite) -> bool:
    try:
        commands.show(state, item.type, item.id, item.account)
    except LookupError:
        return False
    return True
