"""Leaver notices: which client is told, within which time, when somebody's access ends."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, hours, section, table
from billing_identity.roles.access import job_code_access
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.role import ClientScope


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    owner = w.policy.privacy_officer
    clients = [client for client in w.catalogue.clients.values() if client.status != "closed"]
    return Document(
        id="leaver-notices",
        title="Leaver Notices by Client",
        owner=w.title(owner),
        sections=(
            _how(w, clients),
            *(_client(w, client) for client in clients),
            section("Upkeep", reviewed(w, owner), kept(w, owner)),
        ),
    )


def _how(w: Writer, clients: list[Client]) -> Section:
    owner = w.policy.privacy_officer
    return section(
        "How clients are told",
        w.say(
            "The clock starts when the access ends, which is the day of leaving or of the move.",
            people=[owner],
            cite=["164.308(a)(3)(ii)(C)"],
        ),
        w.say(
            "The notice names the person's account and the systems, and nothing else about the person.",
            people=[owner],
            cite=["164.502(b)(1)"],
        ),
        w.say(
            "The notice and the hour at which it was sent are kept.", people=[owner], cite=["164.316(b)(1)"]
        ),
        table(
            ("Client", "Contact", "Within", "Account owner"),
            (
                w.row(
                    client.title,
                    client.notice.contact,
                    hours(client.notice.access_change_hours),
                    w.title(client.account_owner),
                    people=[client.account_owner],
                    checks=["client-life"],
                )
                for client in sorted(clients, key=lambda item: (item.notice.access_change_hours, item.id))
            ),
        ),
    )


def _client(w: Writer, client: Client) -> Section:
    reached: dict[str, dict[str, ClientScope]] = {system: {} for system in client.systems}
    for code in w.policy.hr.job_codes:
        for held in job_code_access(w.catalogue, code, w.as_of):
            scope = held.grant.clients
            if held.system in reached and scope is not ClientScope.NONE:
                before = reached[held.system].get(code)
                reached[held.system][code] = ClientScope.ALL if before is ClientScope.ALL else scope
    return section(
        f"{client.title}: within {hours(client.notice.access_change_hours)}",
        table(
            ("System", "Job titles whose leaving is told", "What ends the account"),
            (
                w.row(
                    w.catalogue.systems[system].title,
                    ", ".join(
                        w.policy.hr.job_codes[code]
                        + ("" if scope is ClientScope.ALL else " if assigned to this client")
                        for code, scope in codes.items()
                    ),
                    _ends(w, system),
                    people=[client.account_owner],
                )
                for system, codes in reached.items()
                if codes
            ),
        ),
    )


def _ends(w: Writer, system: str) -> str:
    local = w.catalogue.systems[system].identity.local_accounts
    if local is None:
        return "sign-in ends with the group"
    return f"{local.leaver_task.rstrip('.')}; within {hours(local.leaver_hours)}"
