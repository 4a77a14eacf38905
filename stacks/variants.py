"""The same organisation with one identity provider: what a company that has only Okta, or only Entra, gets.

Pure functions: they change how people reach a system, never what a role gives. The missing provider's own
services and consoles become SAML applications of the remaining one, so that access can be compared system by
system.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.service_account import PrivateKeyJwt, ServiceAccount, WorkloadFederation
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider, SystemKind
from billing_identity.stacks.settings import Settings, SingleAccount

Organisation = tuple[Catalogue, Settings]


def okta_only(catalogue: Catalogue, settings: Settings) -> Organisation:
    """Everything through Okta. Raises ValueError when the settings name no Okta organisation."""
    if settings.okta is None:
        raise ValueError("the settings name no Okta organisation")
    return _only(catalogue, Provider.OKTA), settings.model_copy(update={"entra": None})


def entra_only(catalogue: Catalogue, settings: Settings) -> Organisation:
    """Everything through Entra. Raises ValueError when the settings name no Entra tenant."""
    if settings.entra is None:
        raise ValueError("the settings name no Entra tenant")
    return _only(catalogue, Provider.ENTRA), settings.model_copy(update={"okta": None})


def licensed(settings: Settings, **flags: bool) -> Settings:
    """The settings with some licences on or off, by their fields in `Capabilities`."""
    return settings.model_copy(update={"capabilities": settings.capabilities.model_copy(update=flags)})


def one_account(settings: Settings) -> Settings:
    """The settings of a small company that keeps everything in one AWS account, as its own decision says."""
    decision = SingleAccount(
        reason="a company of a few people",
        approver="security-officer",
        approved=date(2026, 1, 5),
        review=date(2027, 1, 5),
    )
    accounts = dict.fromkeys(settings.aws.accounts, settings.aws.accounts["keys"])
    aws = settings.aws.model_copy(update={"accounts": accounts, "single_account": decision})
    return settings.model_copy(update={"aws": aws})


def _only(catalogue: Catalogue, provider: Provider) -> Catalogue:
    """The catalogue with `provider` as the only one; places of its values stay those of the files."""
    policy = catalogue.access_policy
    model = policy.identity.model_copy(update={"primary": provider, "federation": ()})
    return replace(
        catalogue,
        access_policy=policy.model_copy(update={"identity": model}),
        systems={name: _moved(system, provider) for name, system in catalogue.systems.items()},
        service_accounts={
            name: _account(account, provider)
            for name, account in catalogue.service_accounts.items()
            if account.provider is provider or not _serves_provider(catalogue, account)
        },
    )


def _moved(system: System, provider: Provider) -> System:
    identity = system.identity
    if identity.provider in (provider, Provider.NONE):
        return system
    fields: dict[str, object] = {"provider": provider}
    if "first_party" in type(identity).model_fields:
        fields["first_party"] = None
    if identity.federation is Federation.BUILT_IN:
        host = f"https://{system.id}.example"
        fields |= {"federation": Federation.SAML, "sso_url": f"{host}/saml/acs", "audience": f"{host}/saml"}
    return system.model_copy(update={"identity": identity.model_copy(update=fields)})


def _serves_provider(catalogue: Catalogue, account: ServiceAccount) -> bool:
    """Whether an account calls the missing provider's own interface: its deployer, drift and log readers."""
    console = catalogue.systems[account.system].system_kind is SystemKind.IDENTITY_PROVIDER
    return console or all(
        scope.startswith("okta.") or scope.endswith(".Read.All") for scope in account.scopes
    )


def _account(account: ServiceAccount, provider: Provider) -> ServiceAccount:
    if account.provider is provider:
        return account
    credential = (
        PrivateKeyJwt(
            method="private-key-jwt",
            key_id=f"{account.id}-1",
            jwks_uri=f"https://keys.{account.id}.example/jwks.json",
        )
        if provider is Provider.OKTA
        else WorkloadFederation(
            method="workload-federation",
            issuer="https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE",
            subject=f"system:serviceaccount:integration:{account.id}",
            audience="api://AzureADTokenExchange",
        )
    )
    return account.model_copy(update={"provider": provider, "credential": credential})
