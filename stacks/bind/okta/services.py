"""Programs in Okta: service apps, the authorization servers of systems' APIs, the log stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pulumi

from billing_identity.components.okta.api_authorization import ApiAuthorizationArgs
from billing_identity.components.okta.event_log import LogStreamArgs
from billing_identity.components.okta.service_app import ServiceAppArgs
from billing_identity.roles.access import withdrawn
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.service_account import PrivateKeyJwt, ServiceAccount
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.stacks.bind.people import note
from billing_identity.stacks.names import okta_event_source
from billing_identity.stacks.settings import OktaSettings, Settings

OKTA_API = "okta."
"""What scopes of Okta's own API begin with."""
LOGS = "okta.logs.read"


def accounts(catalogue: Catalogue, okta: OktaSettings) -> tuple[ServiceAccount, ...]:
    """Service accounts that are declared in Okta: all but the deployer, which declares them."""
    return tuple(
        account
        for account in catalogue.service_accounts.values()
        if account.provider is Provider.OKTA
        and account.id != okta.deployer
        and isinstance(account.credential, PrivateKeyJwt)
    )


def api_scopes(account: ServiceAccount) -> tuple[str, ...]:
    """Scopes of a system's own API, not Okta's."""
    return tuple(scope for scope in account.scopes if not scope.startswith(OKTA_API))


def admin_role_of(catalogue: Catalogue, account: ServiceAccount, console: str | None) -> str | None:
    """Name of the console entitlement that an account holds; None for none."""
    for reference in account.entitlements:
        if reference.system == console:
            return catalogue.entitlement(str(reference)).app_role or str(reference).split("/", 1)[1]
    return None


def service_app(
    catalogue: Catalogue,
    account: ServiceAccount,
    okta: OktaSettings,
    zones: Mapping[str, pulumi.Input[str]],
    as_of: date,
) -> ServiceAppArgs:
    """A service account as a service app; inactive once its system was withdrawn.

    Raises LookupError for a credential that Okta does not take: it knows keys, not workload federation.
    """
    credential = account.credential
    if not isinstance(credential, PrivateKeyJwt):
        raise LookupError(f"service-account:{account.id}: Okta takes a private-key JWT only")
    args: ServiceAppArgs = {
        "label": f"svc-{account.id}",
        "note": f"{note(f'service-account:{account.id}', account.owner)}; key {credential.key_id}, "
        f"rotated every {account.rotation_days} days",
        "jwks_uri": credential.jwks_uri,
        "zones": [zones[account.zone]],
        "org_url": okta.url,
        "enabled": not withdrawn(catalogue, account.system, as_of),
        "okta_scopes": [scope for scope in account.scopes if scope.startswith(OKTA_API)],
    }
    if LOGS in account.scopes and not account.entitlements:
        args["standard_role"] = "REPORT_ADMIN"
    return args


def api_systems(catalogue: Catalogue, okta: OktaSettings) -> dict[str, tuple[ServiceAccount, ...]]:
    """Accounts that need tokens for a system's own API, by system."""
    found: dict[str, list[ServiceAccount]] = {}
    for account in accounts(catalogue, okta):
        if api_scopes(account):
            found.setdefault(str(account.system), []).append(account)
    return {system: tuple(found[system]) for system in sorted(found)}


def api_authorization(
    catalogue: Catalogue,
    system: str,
    programs: tuple[ServiceAccount, ...],
    client_ids: Mapping[str, pulumi.Input[str]],
) -> ApiAuthorizationArgs:
    """The authorization server of one system's API."""
    entity = catalogue.systems[system]
    return {
        "server_name": f"api-{system}",
        "description": f"Tokens for programs of {entity.title}. {note(f'system:{system}', entity.owner)}",
        "audience": entity.identity.audience or f"api://{system}",
        "clients": {
            account.id: {"client_id": client_ids[account.id], "scopes": api_scopes(account)}
            for account in programs
        },
    }


def log_stream(short_name: str, settings: Settings) -> LogStreamArgs:
    """Okta's system log to the log account."""
    return {
        "stream_name": f"eventbridge-{settings.environment}",
        "account_id": settings.aws.accounts["logs"],
        "region": settings.aws.region,
        "event_source_name": okta_event_source(short_name, settings),
    }
