"""Who can, what can, who reaches: effective access, and through what it comes."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.review.diff.model import Key
from billing_identity.review.diff.names import Names, counted, data_words, listed
from billing_identity.review.diff.state import View, data_of, holders_of
from billing_identity.review.questions.answer import Answer, Line, unknown
from billing_identity.review.questions.sign_in_control import account_controls, controls
from billing_identity.roles.access import Held, concrete_roles, withdrawn
from billing_identity.roles.model.catalogue import Catalogue

_WAYS = {
    "job-code": "by job code",
    "request": "on request",
    "administrator": "by assignment",
    "program": "as a program",
}


def who_can(catalogue: Catalogue, view: View, entitlement: str) -> Answer:
    """Everybody who holds an entitlement: roles with the people behind them, and service accounts.

    Raises QuestionError for an entitlement that is not there.
    """
    names = Names(view, view)
    known = [f"{system.id}/{name}" for system in catalogue.systems.values() for name in system.entitlements]
    if entitlement not in known:
        raise unknown("entitlement", entitlement, known)
    lines = [
        _role_line(catalogue, names, held)
        for role in catalogue.roles.values()
        if not role.abstract and (held := view.held(role.id).get(entitlement)) is not None
    ]
    lines += [
        Line(
            f"Service account {account.title}",
            (f"owner {names.role(account.owner)}",),
            {"holder": f"service-account:{account.id}"},
        )
        for account in catalogue.service_accounts.values()
        if entitlement in account.entitlements
    ]
    what = f"{names.title('system', entitlement.split('/')[0])}: {names.entitlement(entitlement)}"
    data = data_words(data_of(catalogue, entitlement))
    return Answer(
        f"who can {entitlement}", f"{what} ({data}): {counted(len(lines), 'holder')}", (("", tuple(lines)),)
    )


def _role_line(catalogue: Catalogue, names: Names, held: Held) -> Line:
    role = catalogue.roles[held.role]
    codes = holders_of(role)
    people = listed([f"{code} ({names.job_code(code)})" for code in codes], 20)
    reasons = [f"{_WAYS[held.way]}: {people}", f"why: {held.grant.rationale}"]
    if held.granted_by != held.role:
        reasons.append(f"inherited from {names.role(held.granted_by)}")
    if held.grant.expires is not None:
        reasons.append(f"until {held.grant.expires}")
    reasons.append(f"clients: {held.grant.clients.value}")
    data = {
        "holder": f"role:{held.role}",
        "way": held.way,
        "jobCodes": list(codes),
        "clients": held.grant.clients.value,
        "grantedBy": held.granted_by,
    }
    return Line(f"{names.role(held.role)} ({held.role})", tuple(reasons), data)


def what_can(catalogue: Catalogue, view: View, role: str) -> Answer:
    """Everything that a role gives, system by system, with the reasons and the clients.

    Raises QuestionError for a role that is not there.
    """
    names = Names(view, view)
    if role not in catalogue.roles:
        raise unknown("role", role, list(catalogue.roles))
    by_system: dict[str, list[Line]] = {}
    for held in view.held(role).values():
        access = view.state.get(Key("access", f"role:{role}", held.entitlement))
        clients = access.clients if access is not None else ()
        scope = f"clients: {held.grant.clients.value}" + (
            f", of {listed([names.title('client', c) for c in clients])}" if clients else ""
        )
        reasons = [f"why: {held.grant.rationale}", scope]
        if held.granted_by != role:
            reasons.append(f"inherited from {names.role(held.granted_by)}")
        if held.grant.expires is not None:
            reasons.append(f"until {held.grant.expires}")
        reached = data_words(data_of(catalogue, held.entitlement))
        text = f"{names.entitlement(held.entitlement)} ({held.entitlement}): {reached}"
        data = {"entitlement": held.entitlement, "grantedBy": held.granted_by, "clients": list(clients)}
        by_system.setdefault(held.system, []).append(Line(text, tuple(reasons), data))
    groups = tuple(
        (names.title("system", system), tuple(lines)) for system, lines in sorted(by_system.items())
    )
    total = sum(len(lines) for _, lines in groups)
    summary = f"{names.role(role)}: {counted(total, 'entitlement')} in {counted(len(groups), 'system')}"
    return Answer(f"what can {role}", summary, groups)


def who_reaches(catalogue: Catalogue, view: View, client: str) -> Answer:
    """Every role and program that reaches a client's data, by system, and who could by control of sign-in; a
    closed client is reached by nobody.

    Raises QuestionError for a client that is not there.
    """
    names = Names(view, view)
    if client not in catalogue.clients:
        raise unknown("client", client, list(catalogue.clients))
    found: dict[str, dict[str, list[str]]] = {}
    for key, access in view.state.items():
        if key.family == "access" and client in access.clients:
            system, _, name = key.aspect.partition("/")
            found.setdefault(key.subject, {}).setdefault(system, []).append(name)
    scopes = _scopes(catalogue, view, client)
    lines: list[Line] = []
    for subject in sorted({*found, *scopes}):
        systems = found.get(subject, {})
        reasons = [
            f"{names.title('system', system)}: "
            + listed([names.entitlement(f"{system}/{name}") for name in entitlements], 20)
            for system, entitlements in sorted(systems.items())
        ]
        reasons += scopes.get(subject, [])
        data = {
            "holder": subject,
            "systems": {system: sorted(items) for system, items in sorted(systems.items())},
        }
        kind, _, name = subject.partition(":")
        if kind == "role":
            codes = holders_of(catalogue.roles[name])
            reasons.insert(
                0, f"people with job code {listed([f'{c} ({names.job_code(c)})' for c in codes], 20)}"
            )
        lines.append(Line(names.subject(subject, kind=kind != "role"), tuple(reasons), data))
    controllers = tuple(_controllers(catalogue, view, names, client))
    groups = [("", tuple(lines))]
    if controllers:
        groups.append(("And who could, by control of sign-in", controllers))
    title = names.title("client", client)
    summary = f"{counted(len(lines), 'holder')} reach the data of {title}" + (
        f", {len(controllers)} more could by control of sign-in" if controllers else ""
    )
    return Answer(f"who reaches {client}", summary, tuple(groups))


def _scopes(catalogue: Catalogue, view: View, client: str) -> dict[str, list[str]]:
    """Programs whose API scopes reach a system of the client, without an entitlement there."""
    return {
        f"service-account:{account.id}": [
            f"{catalogue.systems[account.system].title}, by API: {listed(account.scopes, 20)}"
        ]
        for account in catalogue.service_accounts.values()
        if client in view.clients_by_system.get(account.system, ())
        and not withdrawn(catalogue, account.system, view.as_of)
        and not any(item.system == account.system for item in account.entitlements)
    }


def _controllers(catalogue: Catalogue, view: View, names: Names, client: str) -> Iterator[Line]:
    """Roles and programs that can let themselves, or anybody, into a system of the client."""
    holders = {
        f"role:{role.id}": controls(catalogue, view.held(role.id)) for role in concrete_roles(catalogue)
    }
    holders |= {
        f"service-account:{account.id}": account_controls(catalogue, account)
        for account in catalogue.service_accounts.values()
    }
    served = {system for system, clients in view.clients_by_system.items() if client in clients}
    for subject, control in sorted(holders.items()):
        reached = {through: sorted(served.intersection(systems)) for through, systems in control.items()}
        if any(reached.values()):
            reasons = tuple(
                f"{through}: {listed([names.title('system', system) for system in systems], 20)}"
                for through, systems in reached.items()
                if systems
            )
            yield Line(
                names.subject(subject, kind=not subject.startswith("role:")),
                reasons,
                {"holder": subject, "controls": reached},
            )
