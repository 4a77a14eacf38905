"""The certificate of destruction of a client's data, as Markdown to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from billing_identity.review.clients.leaving import KEY_DAYS, earliest, stores
from billing_identity.roles.checks.finding import finding
from billing_identity.roles.incident_reach import holds
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.problems import Problem
from billing_identity.roles.yaml_tree import Steps
from billing_identity.stacks.bind.aws.stores import LOCK_DAYS, Names

CITATION = "164.504(e)(2)(ii)(J)"


@dataclass(frozen=True)
class Destruction:
    """What the certificate says beside the catalogue. `by` and `witness` are roles of the catalogue."""

    destroyed: date
    by: str
    witness: str
    evidence: str


def faults(catalogue: Catalogue, client: Client, given: Destruction, as_of: date) -> list[Problem]:
    """Why no certificate can be given yet, each at its place in the client's file."""
    found: list[tuple[Steps, str, str]] = []
    leaving = client.offboarding
    first = earliest(client)
    if leaving is None:
        found.append((("status",), f"is {client.status}: nothing was destroyed", "begin with `client plan`"))
    elif leaving.returned_on is None or first is None:
        found.append(
            (
                ("offboarding",),
                "has not got its data back: return comes before destruction",
                "return the data, write `offboarding.returned_on`, then destroy",
            )
        )
    elif given.destroyed < first:
        why = (
            f"its keys end {2 * KEY_DAYS} days after their deletion was ordered, on {first} at the earliest"
            if client.own_key
            else f"its last versions are locked for {LOCK_DAYS} days, until {first} at the earliest"
        )
        found.append(
            (
                ("offboarding", "returned_on"),
                f"can't have been destroyed on {given.destroyed}: {why}",
                "give the day on which it is gone",
            )
        )
    for incident in holds(catalogue, client):
        found.append(
            (
                ("offboarding",),
                f"is held by incident `{incident.id}`, which is open and reaches it",
                "close the incident with its closure first",
            )
        )
    if given.destroyed > as_of:
        found.append((("offboarding",), f"is to be destroyed on {given.destroyed}, still to come", "wait"))
    if given.by == given.witness:
        found.append((("offboarding",), "needs a witness beside the one who destroys", "name two roles"))
    for role in {given.by, given.witness} - set(catalogue.roles):
        found.append((("offboarding",), f"names `{role}`, which is no role", "name a role of the catalogue"))
    return [
        finding(
            catalogue,
            client,
            path,
            code="client-certificate",
            message=f"client `{client.id}` {message}",
            remedy=remedy,
            severity="input",
            citations=(CITATION,),
        )
        for path, message, remedy in sorted(found, key=lambda item: item[1])
    ]


def certificate(catalogue: Catalogue, client: Client, names: Names, given: Destruction) -> str:
    """The certificate. Raises ValueError where `faults` finds that
    nothing was returned."""
    leaving = client.offboarding
    if leaving is None or leaving.returned_on is None:
        raise ValueError(f"client {client.id}: nothing was returned")
    aws = names.settings.aws
    method = (
        (
            f"The key `alias/{names.key(f'client-{client.id}')}` was ended by AWS KMS in {aws.region} and "
            f"{aws.replica_region}. Every copy, backups included, was encrypted under it (AES-256 GCM), and "
            "nobody can read it any more: cryptographic erase, NIST SP 800-88 Rev. 1."
        )
        if client.own_key
        else (
            "Every version of every object below the folders was deleted, in both Regions, after its lock "
            "had run out; copies in backups end with their retention."
        )
    )
    places = "\n".join(f"- `{place}`" for place in stores(catalogue, client, names))
    return f"""# Certificate of destruction

Business associate: {catalogue.organisation.company}.
Covered entity: {client.title} (`{client.id}`, code {client.code}).
Agreement: {client.agreement.reference}, signed {client.agreement.signed}, ended {leaving.ends_on}.

1. The protected health information of the covered entity was returned, and the covered entity confirmed
   it, on {leaving.returned_on}.
2. What remained was destroyed on {given.destroyed}. {method}
3. No copy is kept. If one should be found, the agreement's protections last as long as it does (45
   CFR {CITATION}).

Where it was:
{places}

Evidence: {given.evidence}

Destroyed by (role {given.by}): ______________________________  Date: ______________

Witnessed by (role {given.witness}): ______________________________  Date: ______________
"""
