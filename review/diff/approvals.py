"""Who must approve a change, why, and whether they have."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from billing_identity.review.diff.direction import concerns_everybody
from billing_identity.review.diff.model import Direction, Sentence, Topic
from billing_identity.review.diff.names import short
from billing_identity.review.diff.risk import PRIVILEGED, classified_lower, gained
from billing_identity.review.diff.state import View
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import DataClass

_SECURITY = (Topic.SIGN_IN, Topic.BREAK_GLASS, Topic.DATA, Topic.SEPARATION)
"""Topics whose weakening the security officer approves."""
_PRIVACY = (Topic.VENDORS, Topic.CLIENTS)
"""Topics whose weakening the privacy officer approves: where ePHI goes and on what terms."""

MAX_BYTES = 1_000_000
"""Bytes of the largest file of approvals."""


class ApprovalsError(Exception):
    """The file of approvals can't be used; the message says why."""


@dataclass(frozen=True)
class Required:
    """One approval that is needed: the role, its title and why. `given_by` are the people who gave it,
    `gaining` the roles that gain by what is approved: nobody who holds one of them gives it."""

    role: str
    title: str
    reasons: tuple[str, ...]
    given_by: tuple[str, ...] = ()
    gaining: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Approvals:
    """What a file of approvals says: the author of the change, for each role who approved, and for each of
    these people all the roles that they are in."""

    author: str
    by_role: Mapping[str, tuple[str, ...]]
    roles_of: Mapping[str, frozenset[str]]


def required(sentences: Iterable[Sentence], base: View, head: View) -> tuple[Required, ...]:
    """The approvals that a change needs, by the rules of the access policy of the base (of the head where
    there is no base: a change can't choose its own approvers), sorted by role.

    The owner of what changes; the approver of a system for access that is gained to it; the privacy officer
    for ePHI; the security officer for privileged access and weaker protection; the access approver for every
    change of access; an approver of exceptions for those. A role never approves what it gains itself: the
    other officer does.
    """
    catalogue = base.catalogue or head.catalogue
    if catalogue is None:
        return ()
    found: dict[str, dict[str, None]] = {}
    gaining: dict[str, set[str]] = {}
    for sentence in sentences:
        for role, why in _needed(sentence, catalogue, base, head):
            stand_in = _stand_in(role, sentence, catalogue)
            found.setdefault(stand_in, {})[why] = None
            gaining.setdefault(stand_in, set()).update(_gaining(sentence))
    titles = {**(head.catalogue.roles if head.catalogue else {}), **catalogue.roles}
    return tuple(
        Required(
            role,
            short(titles[role].title) if role in titles else role,
            tuple(reasons),
            gaining=frozenset(gaining[role]),
        )
        for role, reasons in sorted(found.items())
    )


def _needed(sentence: Sentence, catalogue: Catalogue, base: View, head: View) -> list[tuple[str, str]]:
    policy = catalogue.access_policy
    if sentence.topic is Topic.WORDING:
        return []
    subjects = {change.key.subject for change in sentence.changes}
    found = [(owner, "owns what changes") for owner in sorted(_owners(subjects, base, head))]
    accesses = gained(sentence)
    if sentence.topic in (Topic.ACCESS, Topic.HOLDERS):
        found.append((policy.access_approver, "approves every change of access"))
    lower = classified_lower(sentence)
    if accesses or lower:
        systems = {change.key.aspect.split("/", 1)[0] for change in sentence.changes}
        for name in sorted(systems):
            system = catalogue.systems.get(name) or (
                head.catalogue.systems.get(name) if head.catalogue else None
            )
            if system is not None:
                found.append((system.approver, f"data owner of {short(system.title)}"))
    if any(DataClass.EPHI in access.data for access in accesses):
        found.append((policy.privacy_officer, "access to ePHI is gained"))
    if any(set(access.risks) & PRIVILEGED for access in accesses):
        found.append((policy.security_officer, "privileged access is gained"))
    if sentence.direction is Direction.WEAKER or sentence.blocks:
        if sentence.topic in _SECURITY:
            found.append((policy.security_officer, "a protection is weakened"))
            if sentence.topic is Topic.SIGN_IN and _before_ephi(sentence, base, head):
                found.append((policy.privacy_officer, "sign-in to ePHI is weakened"))
        elif lower:
            found.append((policy.privacy_officer, "data is classified lower"))
        elif sentence.topic in _PRIVACY:
            found.append((policy.privacy_officer, "terms on which ePHI is held are weakened"))
        elif sentence.topic is Topic.EXCEPTIONS:
            names = {subject.partition(":")[2] for subject in subjects}
            found += [
                (str(record.approver), "an exception is opened or extended")
                for record in (head.catalogue.exceptions.values() if head.catalogue is not None else ())
                if record.id in names
            ]
    found += _for_programs(sentence, catalogue, head)
    if any(subject.startswith("incident:") for subject in subjects):
        found += [
            (policy.security_officer, "containment changes"),
            (policy.privacy_officer, "an incident is opened, changed or closed"),
        ]
    if sentence.topic is Topic.SETTINGS:
        found.append((policy.security_officer, "settings of the deployment change"))
    if sentence.topic is Topic.RESPONSIBLE:
        found.append((policy.access_approver, "who answers or approves changes"))
    return found


_REACH = ("", "scopes", "system")
"""What of a service account decides about its reach: that it is there, its API scopes, its system."""


def _for_programs(sentence: Sentence, catalogue: Catalogue, head: View) -> list[tuple[str, str]]:
    """Approvals for what a program reaches by its scopes, which are no entitlements: of its system's data.

    The approvers are those of `catalogue`; the program and a new system are the head's.
    """
    proposed = head.catalogue
    if proposed is None or sentence.direction in (Direction.LOSS, Direction.STRONGER):
        return []
    found: list[tuple[str, str]] = []
    for change in sentence.changes:
        kind, _, name = change.key.subject.partition(":")
        account = proposed.service_accounts.get(name) if kind == "service-account" else None
        if account is None or change.key.aspect not in _REACH:
            continue
        new = proposed.systems[account.system]
        system = catalogue.systems.get(account.system, new)
        found.append((system.approver, f"data owner of {short(system.title)}"))
        if DataClass.EPHI in {*system.data_classes, *new.data_classes}:
            found.append((catalogue.access_policy.privacy_officer, "a program reaches ePHI"))
    return found


def _before_ephi(sentence: Sentence, base: View, head: View) -> bool:
    """Whether the sign-in is to ePHI: of a system with it, of such a system's tier, of everybody."""
    systems = [
        system
        for view in (base, head)
        if view.catalogue is not None
        for system in view.catalogue.systems.values()
        if DataClass.EPHI in system.data_classes
    ]
    names, tiers = {system.id for system in systems}, {system.tier for system in systems}
    for change in sentence.changes:
        kind, _, name = change.key.subject.partition(":")
        steps = change.key.aspect.split(".")
        if concerns_everybody(change.key) or (kind == "system" and name in names):
            return True
        if kind == "access-policy" and steps[0] == "tiers" and steps[1:2] and steps[1] in tiers:
            return True
    return False


def _owners(subjects: Iterable[str], base: View, head: View) -> set[str]:
    """Owners on both sides: who gives a thing away and who takes it over."""
    found: set[str] = set()
    for subject in subjects:
        kind, _, name = subject.partition(":")
        for view in (base, head):
            catalogue = view.catalogue
            if catalogue is None:
                continue
            tables: dict[str, Mapping[str, Any]] = {
                "role": catalogue.roles,
                "system": catalogue.systems,
                "vendor": catalogue.vendors,
                "service-account": catalogue.service_accounts,
                "client": catalogue.clients,
                "training": catalogue.training,
            }
            entity = tables.get(kind, {}).get(name)
            owner = getattr(entity, "owner", None) or getattr(entity, "account_owner", None)
            if owner is not None and (view is base or base.catalogue is None or owner not in found):
                found.add(str(owner))
            if kind == "access-policy":
                found.add(str(catalogue.access_policy.access_approver))
    return found


def _gaining(sentence: Sentence) -> set[str]:
    return {
        change.key.subject.partition(":")[2]
        for change in sentence.changes
        if sentence.direction is Direction.GAIN and change.key.subject.startswith("role:")
    }


def _stand_in(role: str, sentence: Sentence, catalogue: Catalogue) -> str:
    gaining = _gaining(sentence)
    if role not in gaining:
        return role
    policy = catalogue.access_policy
    order = (policy.security_officer, policy.privacy_officer, policy.access_approver)
    return next((str(other) for other in order if other not in gaining), role)


def read_approvals(path: Path, commit: str | None = None) -> Approvals:
    """Reads a file of approvals, which CI writes from the pull request's reviews and the teams' members:

        {"author": "login", "approvals": [{"by": "login", "roles": ["privacy-officer"], "commit": "<sha>"}]}

    An approval of another commit than `commit` is stale and left out, as is one of the author's own. Raises
    ApprovalsError for anything that is not this shape.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ApprovalsError(f"{path}: more than {MAX_BYTES:,} bytes")
        document: Any = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ApprovalsError(f"{path}: no such file") from None
    except OSError as error:
        raise ApprovalsError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise ApprovalsError(f"{path}: not JSON in UTF-8: {short(str(error))}") from None
    shape = 'write {"author": "login", "approvals": [{"by": "login", "roles": ["role-id"]}]}'
    if not isinstance(document, dict):
        raise ApprovalsError(f"{path}: not an object; {shape}")
    fields = cast("dict[str, Any]", document)
    author, entries = fields.get("author"), fields.get("approvals")
    if not isinstance(author, str) or not author or not isinstance(entries, list):
        raise ApprovalsError(f"{path}: `author` or `approvals` is missing; {shape}")
    found: dict[str, list[str]] = {}
    held: dict[str, set[str]] = {}
    for index, entry in enumerate(cast("list[Any]", entries)):
        item = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        who, roles = item.get("by"), item.get("roles")
        if not isinstance(who, str) or not who.strip() or not isinstance(roles, list):
            raise ApprovalsError(f"{path}: approvals[{index}] has no `by` or no `roles`; {shape}")
        names = cast("list[Any]", roles)
        if not all(isinstance(role, str) for role in names):
            raise ApprovalsError(f"{path}: approvals[{index}].roles holds something that is no text; {shape}")
        stale = commit is not None and "commit" in item and item["commit"] != commit
        who = who.strip()
        held.setdefault(who.casefold(), set()).update(names)
        if who.casefold() != author.strip().casefold() and not stale:
            for role in names:
                found.setdefault(str(role), []).append(who)
    by_role = {role: tuple(sorted(set(people))) for role, people in found.items()}
    return Approvals(author, by_role, {who: frozenset(roles) for who, roles in held.items()})


def given(needed: Iterable[Required], approvals: Approvals) -> tuple[Required, ...]:
    """The needed approvals with those who gave them: never somebody who gains by it in another role."""

    def counted(item: Required) -> tuple[str, ...]:
        return tuple(
            who
            for who in approvals.by_role.get(item.role, ())
            if not item.gaining & approvals.roles_of[who.casefold()]
        )

    return tuple(replace(item, given_by=counted(item)) for item in needed)
