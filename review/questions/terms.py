"""Everything in a catalogue, and in a deployment's settings, that a date ends: with what has to be done then.

Whatever makes a check block from one day to the next stands here with the last day on which it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from billing_identity.review.diff.names import Names
from billing_identity.review.diff.state import View
from billing_identity.review.questions.answer import Line
from billing_identity.roles.checks.client_life import return_due
from billing_identity.roles.model.base import Entity
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.moment import utc
from billing_identity.roles.model.vendor import Vendor
from billing_identity.stacks.settings import Settings

Term = tuple[date, Line]
"""The last day, and what it is about."""


def terms_of(catalogue: Catalogue, view: View, settings: Settings | None) -> Iterator[Term]:
    """Every term, in no order."""
    for record in catalogue.exceptions.values():
        text = f"exception {record.id}: {record.lifts.rule} for {record.lifts.subject}"
        yield _term(record.expires, text, f"exception:{record.id}", record.reason)
    for vendor in catalogue.vendors.values():
        yield from _vendor(vendor)
    yield from _clients(catalogue)
    yield from _access(catalogue, Names(view, view))
    yield from _policy(catalogue)
    yield from _emergencies(catalogue)
    yield from _training(catalogue, view.as_of)
    if settings is not None and (decision := settings.aws.single_account) is not None:
        text = "decision to keep everything in one account is weighed again"
        yield _term(decision.review, text, "settings:aws.single_account", decision.reason)


def _term(last: date, text: str, subject: str, *reasons: str) -> Term:
    return last, Line(text, reasons, {"subject": subject})


def _vendor(vendor: Vendor) -> Iterator[Term]:
    subject = f"vendor:{vendor.id}"
    if vendor.baa is not None:
        grace = f"access is withdrawn {vendor.baa.grace_days} days later"
        yield _term(vendor.baa.expires, f"agreement with {vendor.title}", subject, grace)
    yield _term(vendor.due_diligence.next_due, f"due diligence of {vendor.title}", subject)
    for report in vendor.due_diligence.reports:
        yield _term(report.valid_until, f"{report.kind} report of {vendor.title}", subject)


def _clients(catalogue: Catalogue) -> Iterator[Term]:
    for client in catalogue.clients.values():
        subject = f"client:{client.id}"
        if client.status == "closed":
            continue
        if client.agreement.expires is not None:
            yield _term(client.agreement.expires, f"agreement with client {client.title}", subject)
        if client.offboarding is not None:
            yield _term(client.offboarding.ends_on, f"contract of client {client.title}", subject)
            due = return_due(client, client.offboarding)
            if due != client.offboarding.ends_on:
                yield _term(due, f"destruction of the data of client {client.title}", subject)


def _access(catalogue: Catalogue, names: Names) -> Iterator[Term]:
    for role in catalogue.roles.values():
        for grant in role.grants:
            if grant.expires is not None:
                text = f"grant {role.title}: {names.entitlement(grant.entitlement)} ({grant.entitlement})"
                yield _term(grant.expires, text, f"role:{role.id}", grant.rationale)
    for account in catalogue.service_accounts.values():
        due = account.rotated + timedelta(days=account.rotation_days)
        yield _term(due, f"credential of {account.title}", f"service-account:{account.id}")
    for system in catalogue.systems.values():
        for flow in system.flows:
            for number, key in enumerate(flow.sftp.keys if flow.sftp is not None else (), start=1):
                text = f"key {number} of the partner of flow {flow.name}"
                yield _term(key.replace_by, text, f"system:{system.id}")


def _policy(catalogue: Catalogue) -> Iterator[Term]:
    policy, subject = catalogue.access_policy, "access-policy:access-policy"
    if policy.sms_fallback is not None:
        ends = date.fromisoformat(policy.sms_fallback.ends)
        yield _term(ends, "text-code fallback", subject, policy.sms_fallback.reason)
    for ring in policy.rings_to_come:
        if ring in policy.ring_deadlines:
            yield _term(policy.ring_deadlines[ring], f"ring {ring} of the rollout must be enforced", subject)
    for decision in catalogue.decisions.values():
        text = f"decision on {decision.id} ({decision.specification}) is weighed again"
        yield _term(decision.review, text, f"decision:{decision.id}")


def _emergencies(catalogue: Catalogue) -> Iterator[Term]:
    terms = catalogue.access_policy.break_glass
    for use in catalogue.break_glass_uses.values():
        subject = f"break-glass-use:{use.id}"
        if use.ended is None:
            latest = utc(use.started + timedelta(hours=terms.max_hours)).date()
            yield _term(latest, f"break-glass use {use.id} must have ended", subject, use.reason or "")
        if use.review is None:
            due = utc(use.review_due(terms)).date()
            yield _term(due, f"review of break-glass use {use.id}", subject, use.reason or "")
    for incident in catalogue.incidents.values():
        if incident.closed is None:
            text, subject = f"containment of {incident.id}", f"incident:{incident.id}"
            yield _term(incident.expires.date(), text, subject, incident.summary)


def _training(catalogue: Catalogue, today: date) -> Iterator[Term]:
    """Micro-lessons on the last change of a role, system or policy. Whether a past one was taken is not known
    here."""
    changed: list[tuple[str, Entity]] = [("access-policy", catalogue.access_policy)]
    changed += [("role", role) for role in catalogue.roles.values()]
    changed += [("system", system) for system in catalogue.systems.values()]
    for kind, entity in changed:
        change = getattr(entity, "changed", None)
        if change is not None:
            lesson = catalogue.training[change.micro_lesson]
            due = change.on + timedelta(days=lesson.due_days)
            if due < today:
                continue
            yield _term(due, f"micro-lesson {lesson.title}", f"{kind}:{entity.id}", change.summary)
