"""What lies behind a role, system, vendor or service account when it falls into other hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from billing_identity.review.diff.names import Names, counted, data_words, listed
from billing_identity.review.diff.state import View
from billing_identity.review.questions.answer import Answer, Line, QuestionError, unknown
from billing_identity.review.questions.sign_in_control import (
    Control,
    account_controls,
    controls,
    system_controls,
)
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Playbook
from billing_identity.roles.model.vocabulary import DataClass

KINDS = ("role", "system", "vendor", "service-account")

_PLAYBOOKS = {
    "role": ("phished-credentials", "lost-device"),
    "system": ("phished-credentials", "vendor-breach"),
    "vendor": ("vendor-breach",),
    "service-account": ("phished-credentials",),
}
"""Playbooks that start from a thing of this kind."""

REGULATION_DAYS = 60
"""164.410(b): a business associate tells the covered entity without unreasonable delay, within 60 days of
discovery at the latest."""


@dataclass
class _Reach:
    """What is behind something: systems with the entitlements that count, and clients by system.

    `through` has the systems that are reached by control of their sign-in alone: which control.
    """

    systems: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    clients: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    data: set[str] = field(default_factory=set[str])
    through: dict[str, str] = field(default_factory=dict[str, str])


def exposure(catalogue: Catalogue, view: View, subject: str) -> Answer:
    """Systems, clients, data, integrations, duties and clocks behind `KIND:ID`, and how to find out what was
    really read. Raises QuestionError for anything that is not there.
    """
    kind, separator, name = subject.partition(":")
    if not separator or kind not in KINDS:
        raise QuestionError(
            f"`{subject[:80]}` names nothing: write KIND:ID with a kind of {', '.join(KINDS)}"
        )
    tables = {
        "role": catalogue.roles,
        "system": catalogue.systems,
        "vendor": catalogue.vendors,
        "service-account": catalogue.service_accounts,
    }
    if name not in tables[kind]:
        raise unknown(kind, name, list(tables[kind]))
    names = Names(view, view)
    reach = _reach(catalogue, view, kind, name)
    clients = sorted({client for found in reach.clients.values() for client in found})
    groups = (
        ("Systems", tuple(_systems(catalogue, names, reach))),
        ("Clients, and the clock of each contract", tuple(_clients(catalogue, clients))),
        ("Data flows", tuple(_flows(catalogue, reach, name if kind == "vendor" else None))),
        (
            "Vendors behind it, and what their agreements oblige them to",
            tuple(_vendors(catalogue, reach, kind, name)),
        ),
        *_playbooks(catalogue, names, kind, reach),
    )
    direct = len(reach.systems) - len(reach.through)
    more = f", {len(reach.through)} more through control of sign-in" if reach.through else ""
    summary = (
        f"{names.subject(subject)}: {counted(direct, 'system')}{more}, "
        f"{counted(len(clients), 'client')}, "
        f"data {data_words(reach.data) or 'none'}"
    )
    return Answer(f"exposure {subject}", summary[0].upper() + summary[1:], groups)


def _reach(catalogue: Catalogue, view: View, kind: str, name: str) -> _Reach:
    found = _Reach()
    if kind in ("role", "service-account"):
        for key, access in view.state.items():
            if key.family == "access" and key.subject == f"{kind}:{name}":
                system = key.aspect.split("/", 1)[0]
                found.systems.setdefault(system, set()).add(key.aspect)
                found.clients.setdefault(system, set()).update(access.clients)
                found.data.update(access.data)
    whole: list[str] = []
    if kind == "service-account":
        whole = [str(catalogue.service_accounts[name].system)]  # its API scopes reach the system as such
    elif kind == "system":
        whole = [name]
    elif kind == "vendor":
        found.data.update(catalogue.vendors[name].data_classes)
        whole = [system.id for system in catalogue.systems.values() if system.vendor == name]
    for system in whole:
        _add_whole(catalogue, view, found, system)
    for control, systems in _controls(catalogue, kind, name, found, whole).items():
        for system in systems:
            if system not in found.systems:
                found.through[system] = control
                _add_whole(catalogue, view, found, system)
    return found


def _add_whole(catalogue: Catalogue, view: View, found: _Reach, system: str) -> None:
    found.systems.setdefault(system, set())
    found.clients.setdefault(system, set()).update(view.clients_by_system.get(system, ()))
    found.data.update(catalogue.systems[system].data_classes)


def _controls(catalogue: Catalogue, kind: str, name: str, found: _Reach, whole: list[str]) -> Control:
    if kind == "service-account":
        return account_controls(catalogue, catalogue.service_accounts[name])
    if kind == "role":
        return controls(catalogue, set[str]().union(*found.systems.values()))
    return system_controls(catalogue, whole)


def _systems(catalogue: Catalogue, names: Names, reach: _Reach) -> Iterator[Line]:
    for system, entitlements in sorted(reach.systems.items()):
        entity = catalogue.systems[system]
        what = listed([names.entitlement(item) for item in sorted(entitlements)], 30) or (
            f"as somebody who signs in, through {reach.through[system]}"
            if system in reach.through
            else "the system as such"
        )
        reasons = (
            f"data: {data_words(entity.data_classes)}",
            f"audit log, for what was really read: {entity.audit_log}",
            f"owner {names.role(entity.owner)}, data owner {names.role(entity.approver)}",
        )
        yield Line(
            f"{entity.title}: {what}", reasons, {"system": system, "entitlements": sorted(entitlements)}
        )


def _clients(catalogue: Catalogue, clients: list[str]) -> Iterator[Line]:
    for name in clients:
        client = catalogue.clients[name]
        hours = client.notice.breach_hours
        reasons = (
            f"to: {client.notice.contact}",
            f"the contract's clock starts at discovery; the regulation allows {REGULATION_DAYS} days at most "
            "(164.410(b))",
        )
        data = {"client": name, "breachHours": hours}
        yield Line(f"{client.title}: breach notice within {hours} hours", reasons, data)


def _flows(catalogue: Catalogue, reach: _Reach, vendor: str | None) -> Iterator[Line]:
    for system in catalogue.systems.values():
        for flow in system.flows:
            if system.id in reach.systems or (vendor is not None and flow.vendor == vendor):
                reasons = (
                    f"{flow.direction} by {flow.channel.value}, "
                    f"{'' if flow.end_to_end_encrypted else 'not '}encrypted end to end; "
                    f"{data_words(flow.data_classes)}; {', '.join(flow.countries)}",
                )
                data = {"system": system.id, "flow": flow.name}
                yield Line(f"{system.title}, {flow.name}: {flow.counterparty}", reasons, data)


def _vendors(catalogue: Catalogue, reach: _Reach, kind: str, name: str) -> Iterator[Line]:
    found = {
        str(vendor) for system in reach.systems if (vendor := catalogue.systems[system].vendor) is not None
    }
    if kind == "vendor":
        found.add(name)
    for identifier in sorted(found):
        vendor = catalogue.vendors[identifier]
        baa = vendor.baa
        if baa is None:
            yield Line(f"{vendor.title}: no business associate agreement", (), {"vendor": identifier})
            continue
        duties = [
            word
            for field_name, word in (
                ("breach_reporting", "reports breaches"),
                ("investigation_cooperation", "works with us in investigations"),
                ("audit_rights", "can be audited"),
                ("return_or_destruction", "returns or destroys the data"),
                ("subcontractor_flow_down", "binds its subcontractors"),
            )
            if getattr(baa.terms, field_name)
        ]
        reasons = (
            f"tells us within {baa.breach_notice_hours} hours; {listed(duties, 10)}",
            f"contact: {vendor.security_contact}",
            f"agreement until {baa.expires}: {baa.reference}",
        )
        data = {"vendor": identifier, "breachHours": baa.breach_notice_hours}
        yield Line(vendor.title, reasons, data)


def _playbooks(
    catalogue: Catalogue, names: Names, kind: str, reach: _Reach
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    plan = catalogue.incident_plan
    forensics = [contact for contact in plan.contacts if contact.kind == "forensics"]
    for playbook in plan.playbooks:
        if playbook.incident not in _PLAYBOOKS[kind]:
            continue
        lines = [Line(f"Evidence: {text}", (), {"evidence": text}) for text in playbook.evidence]
        lines += _queries(catalogue, playbook, reach)
        if playbook.incident == "lost-device":
            lines.append(
                Line(
                    "Device: its state of encryption at the last contact and the confirmed wipe",
                    tuple(
                        f"from: {text}"
                        for text in plan.tooling
                        if "device" in text.lower() or "endpoint" in text.lower()
                    ),
                    {"attestation": "device"},
                )
            )
        lines += [
            Line(
                f"Forensics: {contact.organisation}, {contact.reach}",
                (contact.when,),
                {"contact": "forensics"},
            )
            for contact in forensics
        ]
        yield f"Playbook {playbook.incident}", tuple(lines)


def _queries(catalogue: Catalogue, playbook: Playbook, reach: _Reach) -> Iterator[Line]:
    """What to ask each system's log for: the accounts, the time since the first suspicion, records opened."""
    who = {
        "phished-credentials": "the contained account",
        "lost-device": "the device's user, from the device",
        "vendor-breach": "the vendor's staff and service accounts",
    }[playbook.incident]
    for system in sorted(reach.systems):
        entity = catalogue.systems[system]
        if DataClass.EPHI in entity.data_classes:
            query = f"records opened, changed or exported by {who} since the first suspicious event"
            yield Line(
                f"Query in {entity.title}: {query}",
                (f"where: {entity.audit_log}",),
                {"system": system, "query": query},
                shared=f"Query in each system's audit log: {query}",
                name=entity.title,
            )
