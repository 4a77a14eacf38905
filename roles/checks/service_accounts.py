"""Service accounts share no credential, rotate in time and are known to a provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import Fault, finding, findings
from billing_identity.roles.checks.reach import later
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.service_account import PrivateKeyJwt, ServiceAccount
from billing_identity.roles.model.vocabulary import Provider
from billing_identity.roles.problems import Problem

ID = "service-accounts"
TITLE = "Service accounts are sound"
CITATIONS = ("164.312(a)(2)(i)", "164.312(d)")
CODES = (ID, "shared-credential", "rotation-overdue")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Shared keys, key addresses and subjects; late rotation; accounts of no provider."""
    users: dict[tuple[str, ...], str] = {}
    identities = catalogue.access_policy.identity
    providers = {identities.primary, *(link.target for link in identities.federation)}
    for account in catalogue.service_accounts.values():
        for path, what, key in _credentials(account):
            if key in users:
                yield finding(
                    catalogue,
                    account,
                    ("credential", path),
                    code="shared-credential",
                    message=f"service account `{account.id}` has the same {what} as `{users[key]}`",
                    remedy="give each program a credential of its own",
                    severity="input",
                    citations=CITATIONS,
                )
            users.setdefault(key, account.id)
        due = later(account.rotated, account.rotation_days)
        if as_of > due:
            yield finding(
                catalogue,
                account,
                ("rotated",),
                code="rotation-overdue",
                message=f"the credential of `{account.id}` was last rotated or reviewed on {account.rotated} "
                f"and was due on {due}",
                remedy="rotate it, then write the new date",
                citations=("164.312(d)", "164.308(a)(5)(ii)(D)"),
            )
        yield from findings(
            catalogue,
            account,
            _faults(account, providers, as_of),
            code=ID,
            severity="input",
            citations=CITATIONS,
        )


def _credentials(account: ServiceAccount) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    credential = account.credential
    if isinstance(credential, PrivateKeyJwt):
        yield "key_id", f"key `{credential.key_id}`", ("kid", credential.key_id)
        yield "jwks_uri", f"key address `{credential.jwks_uri}`", ("jwks", credential.jwks_uri)
    else:
        issuer = credential.issuer.rstrip("/")
        yield "subject", f"subject `{credential.subject}` of {issuer}", ("sub", issuer, credential.subject)


def _faults(account: ServiceAccount, providers: set[Provider], as_of: date) -> Iterator[Fault]:
    if account.provider not in providers or account.provider is Provider.NONE:
        yield (
            ("provider",),
            f"service account `{account.id}` is registered with {account.provider.value}, which "
            f"signs nobody in here",
            "write okta or entra, as the access policy's identity model has it",
        )
    if account.rotated > as_of:
        yield (
            ("rotated",),
            f"service account `{account.id}` was rotated on {account.rotated}, still to come",
            "write the day of the last rotation",
        )
    for index, entitlement in enumerate(account.entitlements):
        if entitlement.system != account.system:
            yield (
                ("entitlements", index),
                f"service account `{account.id}` works for `{account.system}` and holds `{entitlement}`",
                "one service account a system: split it",
            )
    for index, scope in enumerate(account.scopes):
        if scope in account.scopes[:index]:
            yield ("scopes", index), f"scope `{scope}` of `{account.id}` stands twice", "remove one"
