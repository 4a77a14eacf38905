"""The way of a client's data out of the company, led by the status in its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from billing_identity.roles.incident_reach import holds
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.stacks.bind.aws.stores import EXCHANGE, LOCK_DAYS, STORES, Names, store_groups

KEY_DAYS = 30
"""Days that KMS waits before it ends a key: what the component asks for, the longest there is."""
State = Literal["done", "now", "later", "held"]
RETURN = 1
"""Place of the return among the steps: the last one before stores lose their protection."""


@dataclass(frozen=True)
class Step:
    """One step: what is done, by whom (an entitlement or role of the catalogue), and how."""

    state: State
    title: str
    who: str
    lines: tuple[str, ...]


def stage(client: Client) -> int:
    """Steps that are behind a client: 0 none, 1 notice given, 2 data returned, 3 destroyed and closed."""
    leaving = client.offboarding
    if leaving is None:
        return 0
    if leaving.returned_on is None:
        return 1
    return 3 if client.status == "closed" else 2


def steps(catalogue: Catalogue, client: Client, names: Names, stacks: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps in order. `stacks` are those that hold the client's keys and stores.

    While an incident that reaches the client is open, nothing goes further than the return: those steps are
    held, and say by what.
    """
    reached = stage(client)
    held = tuple(incident.id for incident in holds(catalogue, client))
    deploy = tuple(f"pulumi up --stack {stack}" for stack in stacks)
    plan: list[tuple[int, str, str, tuple[str, ...]]] = [
        (
            0,
            "Give notice",
            client.account_owner,
            ("write `status: offboarding` and `offboarding: { ends_on: YYYY-MM-DD }`",),
        ),
        (1, "Return and export", "ephi-data-operator", _export(catalogue, client, names)),
        (
            1,
            "Write that the data is returned",
            client.account_owner,
            ("write `offboarding.returned_on`: the day on which the client confirmed that it has its data",),
        ),
        (2, "Take the protection away", "cloud-engineer", deploy if client.own_key else _shared_protection()),
        (
            2,
            "Destroy",
            "key-custodian" if client.own_key else client.account_owner,
            _destroy(catalogue, client, names),
        ),
        (
            2,
            "Certify",
            client.account_owner,
            (
                f"billing-identity client certificate {client.id} --destroyed YYYY-MM-DD --by ROLE "
                "--witness ROLE --evidence REFERENCE",
                "sign it, file it; then write `offboarding.certificate` and `status: closed`, and take out "
                "of the systems' files what serves this client alone: `billing-identity check` names it",
            ),
        ),
        (3, "Let go", "cloud-engineer", _let_go(client, deploy)),
    ]
    return tuple(
        Step("held", title, who, (_held_by(held),))
        if held and number > RETURN and need >= reached
        else Step("done" if need < reached else "now" if need == reached else "later", title, who, lines)
        for number, (need, title, who, lines) in enumerate(plan)
    )


def stores(catalogue: Catalogue, client: Client, names: Names) -> tuple[str, ...]:
    """Where the client's data is: buckets of its own, or its folder in those that clients share."""
    if not client.own_key:
        return tuple(f"s3://{names.store(store)}/{client.code.lower()}/" for store in (*STORES, EXCHANGE))
    own = [group.stores for group in store_groups(catalogue, None) if group.client == client]
    return tuple(f"s3://{names.store(store, client)}/" for store in (own[0] if own else (*STORES, EXCHANGE)))


def earliest(client: Client) -> date | None:
    """First day on which the data can be gone, after the day of its return; None before that day is known.

    Own key: KMS ends the replica first, and only then does the primary's waiting begin. Shared stores: no
    version can be deleted before its lock has run out.
    """
    leaving = client.offboarding
    if leaving is None or leaving.returned_on is None:
        return None
    return leaving.returned_on + timedelta(days=2 * KEY_DAYS if client.own_key else LOCK_DAYS)


def _held_by(incidents: tuple[str, ...]) -> str:
    return (
        f"held by incident {', '.join(incidents)}: the stores show what was read. Go on when it is closed "
        "with its closure; a key administrator cancels what was ordered (`aws kms cancel-key-deletion`)"
    )


def _export(catalogue: Catalogue, client: Client, names: Names) -> tuple[str, ...]:
    return (
        *(f"aws s3 sync {store} TARGET-THAT-THE-CLIENT-NAMES" for store in stores(catalogue, client, names)),
        "count objects on both sides; the client confirms in writing that it has everything",
        f"other systems of the client, each by its own export: {', '.join(client.systems)}",
    )


def _shared_protection() -> tuple[str, ...]:
    return ("nothing to do: the client has no stores of its own; those that clients share stay protected",)


def _destroy(catalogue: Catalogue, client: Client, names: Names) -> tuple[str, ...]:
    if not client.own_key:
        return (
            f"versions below these folders can be deleted {LOCK_DAYS} days after they were written, by an "
            "approved, time-limited grant: no permission set of this program deletes objects",
            *stores(catalogue, client, names),
        )
    alias = f"alias/{names.key(f'client-{client.id}')}"
    aws = names.settings.aws
    return (
        "no key, no data: this ends every copy, those in the other Region and in the backup vaults too",
        *(
            f"aws kms schedule-key-deletion --region {region} --pending-window-in-days {KEY_DAYS} --key-id "
            f'"$(aws kms describe-key --region {region} --key-id {alias} --query KeyMetadata.Arn '
            '--output text)"'
            for region in (aws.replica_region, aws.region)
        ),
        f"the replica first: the primary's {KEY_DAYS} days begin when no replica is left",
        "alarm `key-endangered` goes off, as it should; until the days are over a key administrator can stop "
        "it with `aws kms cancel-key-deletion`",
        "do not refresh these stacks before the next step but one: the engine would take the key for gone",
    )


def _let_go(client: Client, deploy: tuple[str, ...]) -> tuple[str, ...]:
    if not client.own_key:
        return ("nothing to do in AWS: groups and access of the client ended with its status",)
    return (
        *deploy,
        "the program forgets stores and keys; AWS keeps the buckets, closed as they were, with what nobody "
        f"can read. Delete them when the last lock has run out, {LOCK_DAYS} days after the last write",
    )
