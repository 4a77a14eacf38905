"""Which stores and keys there are, how they are named, and in which shard they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.roles.exchange import clients_with_store
from billing_identity.roles.incident_reach import holds
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.stacks.bind.aws.duties import cloud_system
from billing_identity.stacks.names import bucket_name
from billing_identity.stacks.settings import Purpose, Settings

HOME_SHARD = "01"
"""Shard whose stacks hold what all clients share. Fixed, so that nothing moves when clients do."""

STORES = {
    "edi": "X12 837 claims and 835 remittances",
    "exports": "Billing exports for clients and auditors",
    "scans": "Scanned documents",
    "landing": "Landing zone of the data warehouse",
}
"""Stores of ePHI that keep what is in them."""

EXCHANGE = "exchange"
"""Store through which files come and go: quarantined and scanned, never backed up (what is in it was either
fetched by a partner or moved on to a store that is)."""

BACKUP = "backup"
"""Id of the key of the backups of what clients share."""

ISSUER = "document-issuer"
"""Duty of the role that adds issued documents."""

CI_DOCUMENTS = "ci-documents"
"""Duty of the pipeline's role that may take it on, and nothing else."""

LOCK_DAYS = 90
"""Days for which no object of an ePHI store can be deleted.

Long enough to notice an encryption or deletion attack; short enough that a client's data can be returned and
destroyed when the contract ends (45 CFR 164.504(e)(2)(ii)(J)).
"""


@dataclass(frozen=True)
class Names:
    """Names by construction. `short` is the company's prefix."""

    short: str
    settings: Settings

    @property
    def base(self) -> str:
        """Prefix of company and environment: `meridian-prod`."""
        return f"{self.short}-{self.settings.environment}"

    @property
    def store_prefix(self) -> str:
        """What the names of all ePHI stores begin with, and nothing else does."""
        return bucket_name(self.short, self.settings, "ephi-")

    def store(self, store: str, client: Client | None = None, *, replica: bool = False) -> str:
        """Bucket of a store: shared, or a client's own. Clients go by their short code."""
        own = "" if client is None else f"-{client.code.lower()}"
        return f"{self.store_prefix}{store}{own}{'-replica' if replica else ''}"

    def access_logs(self, purpose: Purpose, *, replica: bool = False) -> str:
        """Bucket that takes the access logs of an account's buckets in one Region."""
        return bucket_name(self.short, self.settings, f"{purpose}-access-logs{'-replica' if replica else ''}")

    @property
    def archive(self) -> str:
        """Bucket of the log archive."""
        return bucket_name(self.short, self.settings, "log-archive")

    @property
    def activity(self) -> str:
        """Bucket of activity logs: identity events, network logs, exports of systems and endpoints."""
        return bucket_name(self.short, self.settings, "activity-logs")

    @property
    def documents(self) -> str:
        """Bucket of issued documents."""
        return bucket_name(self.short, self.settings, "issued-documents")

    @property
    def search_results(self) -> str:
        """Bucket of the results of queries to the logs."""
        return bucket_name(self.short, self.settings, "log-search-results")

    @property
    def trail(self) -> str:
        """The audit trail."""
        return f"{self.base}-trail"

    def log_group(self, content: str) -> str:
        """A log group: `/billing-identity/prod/trail`."""
        return f"/billing-identity/{self.settings.environment}/{content}"

    @property
    def alarms(self) -> str:
        """Topic of the security alarms."""
        return f"{self.base}-security-alarms"

    @property
    def security_bus(self) -> str:
        """Event bus of the log account that every account forwards to."""
        return f"{self.base}-security"

    @property
    def dead_letters(self) -> str:
        """Queue of events that could not be delivered."""
        return f"{self.base}-undelivered-events"

    @property
    def data_alarms(self) -> str:
        """Topic of the data account: what happens to exchange and backups."""
        return f"{self.base}-data-alarms"

    @property
    def exchange_log(self) -> str:
        """Log group of SFTP sessions. AWS keeps the resource policy for what begins like this by itself."""
        return f"/aws/vendedlogs/billing-identity/{self.settings.environment}/exchange"

    def vault(self, group: str, *, replica: bool = False) -> str:
        """Backup vault of a group of stores."""
        return f"{self.base}-{group}{'-replica' if replica else ''}"

    def role(self, duty: str, client: Client | None = None) -> str:
        """A service role in IAM."""
        return f"{self.base}-{duty}{'' if client is None else f'-{client.code.lower()}'}"

    def key(self, key: str) -> str:
        """Alias of a key, without `alias/`."""
        return f"{self.base}-{key}"


@dataclass(frozen=True)
class StoreGroup:
    """Stores under one key: those that clients share, or one client's own."""

    key: str
    """Id of the key: `ephi`, or `client-<id>`."""
    client: Client | None
    owner: str
    """Role that answers for it."""
    catalogue_id: str
    protect: bool
    """False once the client's data is returned and may be destroyed."""
    exchanges: bool = True
    """Whether files come and go: clients with a key of their own have an exchange store if a partner serves
    them."""

    @property
    def stores(self) -> tuple[str, ...]:
        """Its stores: those that keep, and the one through which files come and go."""
        return (*STORES, EXCHANGE) if self.exchanges else tuple(STORES)

    @property
    def vault_key(self) -> str:
        """Id of the key of its backups: `backup`, or the client's own, whose end is the end of all copies."""
        return BACKUP if self.client is None else self.key

    @property
    def suffix(self) -> str:
        """End of the component names: empty, or `-<client id>`."""
        return "" if self.client is None else f"-{self.client.id}"


def store_groups(catalogue: Catalogue, shard: str | None) -> Iterator[StoreGroup]:
    """The groups of a shard, shared ones first, then clients by id; every group without a shard.

    A client has stores of its own when its contract asks for a key of its own. They stay until the catalogue
    holds the certificate of their destruction, and stay protected while an incident that reaches it is open.
    """
    system = cloud_system(catalogue)
    served = clients_with_store(catalogue)
    if is_home(shard):
        yield StoreGroup("ephi", None, system.owner, f"system:{system.id}", protect=True)
    for client in catalogue.clients.values():
        if not client.own_key or (shard is not None and client.shard != shard):
            continue
        leaving = client.offboarding
        if leaving is not None and leaving.certificate is not None:
            continue
        yield StoreGroup(
            f"client-{client.id}",
            client,
            client.account_owner,
            f"client:{client.id}",
            protect=leaving is None or leaving.returned_on is None or bool(holds(catalogue, client)),
            exchanges=client.id in served,
        )


def is_home(shard: str | None) -> bool:
    """Whether a shard's stack holds what all clients share."""
    return shard is None or shard == HOME_SHARD


def tags(settings: Settings, owner: str, data_class: str, catalogue_id: str) -> dict[str, str]:
    """The tags that every AWS resource of the program carries."""
    return {
        "Owner": owner,
        "DataClass": data_class,
        "CatalogueId": catalogue_id,
        "Environment": settings.environment,
    }
