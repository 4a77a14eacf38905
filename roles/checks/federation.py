"""A system says how it trusts its identity provider, completely."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import Fault, findings
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.system import System
from billing_identity.roles.model.vocabulary import Federation, Provider, Provisioning, SystemKind
from billing_identity.roles.problems import Problem

ID = "federation"
TITLE = "Every system has one complete way in"
CITATIONS = ("164.312(d)", "164.312(a)(2)(i)")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Fields that the provider and the kind of federation need, or forbid."""
    for system in catalogue.systems.values():
        yield from findings(
            catalogue,
            system,
            _faults(system),
            code=ID,
            severity="input",
            citations=CITATIONS,
            about=f"system `{system.id}` ",
        )


def _faults(system: System) -> Iterator[Fault]:
    identity = system.identity
    if identity.provider is Provider.NONE:
        yield from _local(system)
        return
    if identity.local_accounts is not None:
        yield (
            ("identity", "local_accounts"),
            f"has local accounts and signs in through {identity.provider.value} as well",
            "keep one way in: remove `local_accounts`, or write `provider: none`",
        )
    federation = identity.federation
    if federation is None:
        yield (
            ("identity", "provider"),
            f"signs in through {identity.provider.value} and does not say how",
            "add `federation`: saml, oidc, permission-set or built-in",
        )
        return
    yield from _addresses(system, federation)
    if federation is Federation.PERMISSION_SET and system.system_kind is not SystemKind.CLOUD:
        yield (
            ("identity", "federation"),
            f"is a {system.system_kind.value}; permission sets exist only in AWS",
            "write `system_kind: cloud`, or another federation",
        )
    for name, entitlement in system.entitlements.items():
        has = entitlement.permission_set is not None
        if has != (federation is Federation.PERMISSION_SET):
            yield (
                ("entitlements", name),
                f"has the entitlement `{name}` "
                + ("with a permission set, and is not AWS" if has else "without a permission set"),
                "remove `permission_set`"
                if has
                else "add `permission_set` with a name of at most 32 characters",
            )


def _local(system: System) -> Iterator[Fault]:
    identity = system.identity
    if identity.federation is not None:
        yield (
            ("identity", "federation"),
            "has no identity provider, so it can't be federated",
            "remove `federation`, or name the provider",
        )
    if identity.local_accounts is None:
        yield (
            ("identity", "provider"),
            "has no identity provider and does not say how its accounts are kept",
            "add `local_accounts`: individual accounts, the second factor, who makes them, the leaver task",
        )
    if identity.passwords is None:
        yield (
            ("identity", "provider"),
            "keeps passwords of its own and does not say how",
            "add `passwords` with algorithm, cost, attested_by and attested_on",
        )
    if identity.provisioning is not Provisioning.MANUAL:
        yield (
            ("identity", "provisioning"),
            f"has local accounts that can't come by {identity.provisioning.value}",
            "write `provisioning: manual`",
        )


def _addresses(system: System, federation: Federation) -> Iterator[Fault]:
    identity = system.identity
    fields: dict[str, object] = {
        "sso_url": identity.sso_url,
        "audience": identity.audience,
        "redirect_uris": identity.redirect_uris,
        "jwks_uri": identity.jwks_uri,
    }
    needed = {
        Federation.SAML: ("sso_url", "audience"),
        Federation.OIDC: ("redirect_uris", "jwks_uri"),
    }.get(federation, ())
    for name, value in fields.items():
        if name in needed and not value:
            yield (
                ("identity", "federation"),
                f"is federated by {federation.value} without `{name}`",
                f"add `identity.{name}`",
            )
        if name not in needed and value:
            yield (
                ("identity", name),
                f"is federated by {federation.value}, which has no `{name}`",
                f"remove `identity.{name}`",
            )
