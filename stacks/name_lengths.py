"""Names of buckets, vaults and roles that company, environment and client make together, and AWS refuses."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.components.aws.checks import bucket_name
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.problems import Problem
from billing_identity.stacks.bind.aws.stores import EXCHANGE, STORES, Names, store_groups
from billing_identity.stacks.settings import Settings

VAULT = 50
"""Characters of a backup vault's name (AWS Backup, CreateBackupVault)."""


def name_faults(settings: Settings, catalogue: Catalogue) -> Iterator[Problem]:
    """The first fault of the company's names, else the first of each client's, at the line that makes it."""
    names = Names(catalogue.organisation.short_name, settings)
    shared = [names.archive, names.activity, names.documents, names.search_results]
    shared += [names.access_logs(purpose, replica=True) for purpose in ("data", "logs")]
    shared += _stores(names, None)
    fault = next(_refused(shared, names.vault("ephi", replica=True)), None)
    if fault is not None:
        yield finding(
            catalogue,
            catalogue.organisation,
            ("short_name",),
            code="aws-name",
            message=f"`{names.short}` and `{settings.environment}` make a name that AWS refuses: {fault}",
            remedy="write another `short_name`, or a shorter name of the environment",
            severity="input",
        )
        return
    for group in store_groups(catalogue, None):
        if group.client is None:
            continue
        vault = names.vault(group.key, replica=True)
        fault = next(_refused(_stores(names, group.client), vault), None)
        if fault is not None:
            yield finding(
                catalogue,
                group.client,
                (),
                code="aws-name",
                message=f"client `{group.client.id}` makes a name that AWS refuses: {fault}",
                remedy=f"shorten its file's name, `{names.short}` or `{settings.environment}`",
                severity="input",
            )


def _stores(names: Names, client: Client | None) -> list[str]:
    return [names.store(store, client, replica=True) for store in (*STORES, EXCHANGE)]


def _refused(buckets: list[str], vault: str) -> Iterator[str]:
    for name in buckets:
        yield from bucket_name(name)
    if len(vault) > VAULT:
        yield f"vault {vault!r} has {len(vault)} characters, {VAULT} at most"
