"""Which live object is which entry of the catalogue. Only what is certain is matched; the rest is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from billing_identity.review.onboarding.exports import Export, Live
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.naming import client_group_name, role_group_name

GROUPS = {Export.OKTA_GROUPS: "", Export.ENTRA_GROUPS: "entra-"}
APPS = {
    Export.OKTA_APPS: "system",
    Export.ENTRA_APPS: "entra-system",
    Export.ENTRA_PRINCIPALS: "entra-principal",
}
_MODES = {
    Federation.SAML: "SAML_2_0",
    Federation.OIDC: "OPENID_CONNECT",
    Federation.PERMISSION_SET: "SAML_2_0",
}


@dataclass(frozen=True)
class Question:
    """Something that a person has to decide about one live object."""

    live: Live
    text: str


@dataclass
class Matched:
    """What was found: `adopted` goes into the settings, `drafts` are live groups and apps nobody declared."""

    adopted: dict[str, str] = field(default_factory=dict[str, str])
    names: dict[str, str] = field(default_factory=dict[str, str])
    """Live name by the key of `adopted`."""
    questions: list[Question] = field(default_factory=list[Question])
    drafts: list[Live] = field(default_factory=list[Live])
    doubts: list[str] = field(default_factory=list[str])
    """Exports that may not be whole: what stands in none is made a second time."""


def words(text: str) -> str:
    """A name without case, accents and punctuation: `Role-Payment_Poster` is `role payment poster`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def match(catalogue: Catalogue, found: Iterable[Live]) -> Matched:
    """Matches by exact name (id, title or declared group name), apart from case and punctuation."""
    result = Matched()
    claims: dict[str, list[Live]] = {}
    for live in found:
        if (reason := _unfit(live)) is not None:
            result.questions.append(Question(live, reason))
            continue
        names = _names(catalogue, live.export)
        key = names.get(words(live.name))
        if key is not None:
            claims.setdefault(key, []).append(live)
            continue
        result.drafts.append(live)
        close = get_close_matches(words(live.name), sorted(names), n=1, cutoff=0.75)
        if close:
            text = f"Is it `{names[close[0]]}`? If so, write `{names[close[0]]}: {live.id}` under `adopted`."
            result.questions.append(Question(live, text))
    for key, lives in sorted(claims.items()):
        if len(lives) > 1:
            ids = ", ".join(f"`{live.id}`" for live in lives)
            text = f"{len(lives)} live objects answer to `{key}` ({ids}): which one is it? Retire the others."
            result.questions += [Question(live, text) for live in lives[:1]]
        elif (reason := _mode(catalogue, key, lives[0])) is not None:
            result.questions.append(Question(lives[0], reason))
        else:
            result.adopted[key], result.names[key] = lives[0].id, lives[0].name
    return result


def _unfit(live: Live) -> str | None:
    kind = live.traits.get("type", "")
    if kind == "BUILT_IN":
        return "Built into Okta: nothing to do, unless the settings name it (`everyone_group`)."
    if kind == "APP_GROUP":
        return "Mastered by another directory, so Okta lets nobody manage it: use a group of Okta's own."
    if live.traits.get("onPremisesSyncEnabled") == "true":
        return "Synchronised from on-premises, so Entra lets nobody manage it: use a cloud group."
    if live.traits.get("status") == "INACTIVE":
        return "Inactive: retire it, or activate it and import again."
    return None


def _names(catalogue: Catalogue, export: Export) -> Mapping[str, str]:
    """Key of `adopted` by every name that a live object of the export may have."""
    names: dict[str, str] = {}
    if export in GROUPS:
        prefix = GROUPS[export]
        for role in catalogue.roles.values():
            for name in (role.id, role.title, role_group_name(role.id), *role.live_groups.values()):
                names.setdefault(words(name), f"{prefix}role:{role.id}")
        for client in catalogue.clients.values():
            for name in (client.title, client_group_name(client.id)):
                names.setdefault(words(name), f"{prefix}client:{client.id}")
    else:
        wanted = Provider.OKTA if export is Export.OKTA_APPS else Provider.ENTRA
        for system in catalogue.systems.values():
            if system.identity.provider is wanted and system.identity.federation in _MODES:
                for name in (system.id, system.title):
                    names.setdefault(words(name), f"{APPS[export]}:{system.id}")
    return names


def _mode(catalogue: Catalogue, key: str, live: Live) -> str | None:
    kind, _, name = key.partition(":")
    if kind == "system" and (mode := live.traits.get("signOnMode")):
        federation = catalogue.systems[name].identity.federation
        wanted = _MODES.get(federation) if federation is not None else None
        if mode != wanted:
            return f"It signs on by {mode}, and the catalogue's `{name}` by {wanted}: correct one of them."
    if kind == "entra-role":
        dynamic = "DynamicMembership" in live.traits.get("groupTypes", "")
        by_rule = catalogue.roles[name].assignment is Assignment.JOB_CODE
        if "groupTypes" in live.traits and dynamic is not by_rule:
            kinds = ("dynamic", "assigned") if dynamic else ("assigned", "dynamic")
            return f"It is {kinds[0]}, and the catalogue's `{name}` {kinds[1]}: convert it in Entra first."
    return None
