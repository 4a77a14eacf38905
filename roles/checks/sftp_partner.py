"""Partners of the SFTP server: where they come from, whose keys these are, and until when."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import date, timedelta

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.exchange import clients_of, clients_with_store, partner_flows
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.exchange import SftpPartner
from billing_identity.roles.model.system import Flow, System
from billing_identity.roles.model.vocabulary import Channel, Federation
from billing_identity.roles.problems import Problem
from billing_identity.roles.ssh_keys import material, public_key_fault
from billing_identity.roles.yaml_tree import Steps

ID = "sftp-partner"
TITLE = "Partners reach the SFTP server from their own networks, with keys of their own"
CITATIONS = ("164.312(d)", "164.312(e)(1)", "164.312(a)(1)")
CODES = (ID, "sftp-key", "sftp-key-shared", "sftp-key-age", "sftp-undeclared")

WIDEST_PREFIX = {4: 24, 6: 48}
"""Shortest prefix of a partner's network by IP version. A partner's gateways are a handful of addresses."""
LONGEST_DAYS = 731
"""Days ahead at most that a key may be accepted: two years."""
WARN_DAYS = 30
"""Days before the last one on which a replacement is asked for."""


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Networks that are none or too wide, keys that are none, private, shared, over age; misplaced `sftp`."""
    owners: dict[str, tuple[str, str]] = {}
    for system in catalogue.systems.values():
        for index, flow in enumerate(system.flows):
            if flow.sftp is None:
                continue
            at: Steps = ("flows", index, "sftp")
            where = f"flow `{flow.name}` of `{system.id}`"
            for path, message, remedy in _shape(catalogue, system, flow, flow.sftp):
                yield finding(
                    catalogue,
                    system,
                    (*at, *path),
                    code=ID,
                    message=f"{where} {message}",
                    remedy=remedy,
                    severity="input",
                    citations=CITATIONS,
                )
            yield from _keys(catalogue, system, flow, flow.sftp, index, as_of, owners)
    yield from _undeclared(catalogue)


def _shape(
    catalogue: Catalogue, system: System, flow: Flow, sftp: SftpPartner
) -> Iterator[tuple[Steps, str, str]]:
    if flow.channel is not Channel.SFTP:
        yield (), f"has `sftp` and goes by {flow.channel.value}", "write `channel: sftp`, or remove `sftp`"
    if system.identity.federation is not Federation.PERMISSION_SET:
        yield (
            (),
            "has `sftp`, and only the system that stands for AWS has an SFTP server",
            "move the flow there, or remove `sftp`",
        )
    if flow.client is None and flow.vendor is None:
        yield (), "says neither `vendor` nor `client`", "name whose server connects"
    elif not clients_of(catalogue, flow) and flow.client not in clients_with_store(catalogue):
        yield (
            (),
            "serves no client: nobody has its folder",
            "name a client that is still served, or remove `sftp`",
        )
    for index, address in enumerate(sftp.addresses):
        if fault := network_fault(address):
            yield (
                ("addresses", index),
                f"lets `{address}` in, which {fault}",
                "write the partner's own network, such as 203.0.113.16/28",
            )


def network_fault(text: str) -> str:
    """What is wrong with a partner's network; empty when nothing is."""
    try:
        network = ipaddress.ip_network(text, strict=True)
    except ValueError:
        return "is not a network"
    if network.is_loopback or network.is_multicast or network.is_link_local or network.is_unspecified:
        return "is no network from which a partner can connect"
    if network.prefixlen < WIDEST_PREFIX[network.version]:
        return f"is wider than a /{WIDEST_PREFIX[network.version]}"
    return ""


def _keys(
    catalogue: Catalogue,
    system: System,
    flow: Flow,
    sftp: SftpPartner,
    place: int,
    as_of: date,
    owners: dict[str, tuple[str, str]],
) -> Iterator[Problem]:
    partner = str(flow.vendor or flow.client or flow.counterparty)
    for index, key in enumerate(sftp.keys):
        path: Steps = ("flows", place, "sftp", "keys", index)
        if fault := public_key_fault(key.public_key):
            private = "private" in fault
            yield finding(
                catalogue,
                system,
                (*path, "public_key"),
                code="sftp-key",
                message=f"key {index + 1} of flow `{flow.name}` {fault}",
                remedy="remove it from the file and from the history, tell the partner that its key is out, "
                "and ask for the public half of a new one"
                if private
                else "write the one line of the partner's .pub file",
                severity="input",
                citations=CITATIONS,
            )
            continue
        holder, other = owners.setdefault(material(key.public_key), (partner, flow.name))
        if holder != partner:
            yield finding(
                catalogue,
                system,
                (*path, "public_key"),
                code="sftp-key-shared",
                message=f"key {index + 1} of flow `{flow.name}` is also that of `{holder}` (flow `{other}`)",
                remedy="ask both for keys of their own: who holds one could read the other's folder",
                citations=CITATIONS,
                liftable=False,
            )
        yield from _age(catalogue, system, flow, path, key.replace_by, as_of)


def _age(
    catalogue: Catalogue, system: System, flow: Flow, path: Steps, last: date, as_of: date
) -> Iterator[Problem]:
    if last < as_of:
        message, severity = f"was to be replaced by {last}", "policy"
    elif last > as_of + timedelta(days=LONGEST_DAYS):
        message, severity = f"is to be kept until {last}, more than {LONGEST_DAYS} days", "policy"
    elif last <= as_of + timedelta(days=WARN_DAYS):
        message, severity = f"is to be replaced by {last}", "notice"
    else:
        return
    yield finding(
        catalogue,
        system,
        (*path, "replace_by"),
        code="sftp-key-age",
        message=f"the key of flow `{flow.name}` {message}",
        remedy="ask the partner for a new public key, add it, and remove the old one once it is in use",
        severity="policy" if severity == "policy" else "notice",
        citations=CITATIONS,
    )


def _undeclared(catalogue: Catalogue) -> Iterator[Problem]:
    for system, index, flow in partner_flows(catalogue):
        if flow.sftp is None:
            yield finding(
                catalogue,
                system,
                ("flows", index),
                code="sftp-undeclared",
                message=f"flow `{flow.name}` goes by sftp and names no keys: the server has no user for it",
                remedy="add `sftp` with the partner's networks and keys, unless we connect to its server",
                severity="notice",
                citations=CITATIONS,
            )
