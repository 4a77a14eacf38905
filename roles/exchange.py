"""Who exchanges files for whom, derived from the flows of the system that stands for AWS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.exchange import SftpPartner
from billing_identity.roles.model.system import Flow, System
from billing_identity.roles.model.vocabulary import Channel, Federation


@dataclass(frozen=True)
class PartnerAccess:
    """One partner's access for one client: the flow says how, the client which folder."""

    system: System
    flow: Flow
    client: Client
    sftp: SftpPartner

    @property
    def user(self) -> str:
        """Name of the SFTP user: `claims-to-waystar-rvbh`."""
        return f"{self.flow.name}-{self.client.code.lower()}"

    @property
    def folder(self) -> str:
        """Folder in the exchange store: `rvbh/claims-to-waystar`. Nothing is above the client's own."""
        return f"{self.client.code.lower()}/{self.flow.name}"


def exchanges(client: Client) -> bool:
    """Whether files still come and go for a client: until its data was returned."""
    leaving = client.offboarding
    return client.status != "closed" and (leaving is None or leaving.returned_on is None)


def partner_flows(catalogue: Catalogue) -> Iterator[tuple[System, int, Flow]]:
    """Flows by SFTP of the system that stands for AWS, with their place in its list."""
    for system in catalogue.systems.values():
        if system.identity.federation is Federation.PERMISSION_SET:
            for index, flow in enumerate(system.flows):
                if flow.channel is Channel.SFTP:
                    yield system, index, flow


def clients_of(catalogue: Catalogue, flow: Flow) -> tuple[Client, ...]:
    """Clients for which a flow moves files: the one that it names, or all that use a system of its vendor."""
    return tuple(client for client in _named(catalogue, flow) if exchanges(client))


def clients_with_store(catalogue: Catalogue) -> frozenset[str]:
    """Ids of the clients that have files in an exchange store: those of a flow, and of one who left until
    the certificate of destruction stands in the catalogue."""
    return frozenset(
        client.id
        for _, _, flow in partner_flows(catalogue)
        if flow.sftp is not None
        for client in _named(catalogue, flow)
        if client.offboarding is None or client.offboarding.certificate is None
    )


def _named(catalogue: Catalogue, flow: Flow) -> Iterator[Client]:
    if flow.client is not None:
        named = catalogue.clients.get(flow.client)
        if named is not None:
            yield named
        return
    theirs = {
        system.id
        for system in catalogue.systems.values()
        if flow.vendor is not None and system.vendor == flow.vendor
    }
    yield from (client for client in catalogue.clients.values() if theirs & set(client.systems))


def partner_accesses(catalogue: Catalogue) -> tuple[PartnerAccess, ...]:
    """Every partner's access for every client, by user name. A flow without `sftp` makes none."""
    found = [
        PartnerAccess(system, flow, client, flow.sftp)
        for system, _, flow in partner_flows(catalogue)
        if flow.sftp is not None
        for client in clients_of(catalogue, flow)
    ]
    return tuple(sorted(found, key=lambda access: access.user))
