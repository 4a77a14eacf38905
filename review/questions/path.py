"""Through what a role reaches a system: group, rule, assignment, sign-on policy, as they are declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from billing_identity.review.diff.names import Names, listed
from billing_identity.review.diff.state import View
from billing_identity.review.preview.record import Preview, Registration
from billing_identity.review.questions.answer import Answer, Line, unknown
from billing_identity.roles.access import lineage
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import Provider

_GROUPS = (
    "okta:group/group:Group",
    "azuread:index/group:Group",
    "azuread:index/groupWithoutMembers:GroupWithoutMembers",
)
_APPS = (
    "okta:app/saml:Saml",
    "okta:app/oAuth:OAuth",
    "azuread:index/servicePrincipal:ServicePrincipal",
)


def path(catalogue: Catalogue, view: View, preview: Callable[[], Preview], role: str, system: str) -> Answer:
    """The way from a role to a system, step by step. `preview` makes the offline preview of the same
    catalogue; it is asked for only when it is needed.

    Raises QuestionError for a role or system that is not there, and what `preview` raises.
    """
    names = Names(view, view)
    for kind, name, table in (("role", role, catalogue.roles), ("system", system, catalogue.systems)):
        if name not in table:
            raise unknown(kind, name, list(table))
    held = [item for item in view.held(role).values() if item.system == system]
    question, target = f"path {role} {system}", catalogue.systems[system]
    if not held:
        return Answer(question, f"{names.role(role)} does not reach {target.title}", ())
    grants = tuple(
        Line(
            f"{names.entitlement(item.entitlement)} ({item.entitlement})",
            (f"granted by {names.role(item.granted_by)}: {item.grant.rationale}",),
            {"entitlement": item.entitlement, "grantedBy": item.granted_by},
        )
        for item in held
    )
    groups = [("Grants", grants)]
    if target.identity.provider is Provider.NONE and target.identity.local_accounts is not None:
        local = target.identity.local_accounts
        line = Line(
            f"Individual accounts in {target.title}, made by {names.role(local.provisioned_by)}",
            (
                f"second factor: {local.mfa}",
                f"leaver, within {local.leaver_hours} hours: {local.leaver_task}",
            ),
            {"step": "local-account"},
        )
        groups.append(("No federation: accounts of its own", (line,)))
    else:
        steps = tuple(_steps(catalogue, preview(), role, system))
        groups.append(("Declared objects", steps))
        if not steps:
            built_in = Line(
                "No assignment is declared: the provider's own application", (), {"step": "built-in"}
            )
            groups[-1] = ("Declared objects", (built_in,))
    tier = catalogue.access_policy.tiers[target.tier]
    factors = listed([factor.value for factor in tier.factors])
    sign_in = Line(
        f"Tier {tier.title} ({target.tier}): {factors}",
        (f"idle {tier.session.idle_minutes} minutes, session {tier.session.lifetime_hours} hours",),
        {"step": "tier", "tier": target.tier},
    )
    groups.append(("Sign-in", (sign_in,)))
    return Answer(question, f"{names.role(role)} reaches {target.title}", tuple(groups))


def _steps(catalogue: Catalogue, preview: Preview, role: str, system: str) -> Iterator[Line]:
    registrations = list(preview.resources())
    wanted = {name for each in lineage(catalogue, role) for name in catalogue.roles[each].group_names()}
    groups = {
        item.outputs.get("objectId") or item.id or "": item
        for item in registrations
        if item.type in _GROUPS and (item.inputs.get("name") or item.inputs.get("displayName")) in wanted
    }
    apps = {
        item.outputs.get("objectId") or item.id or "": item
        for item in registrations
        if item.type in _APPS and item.name == system
    }
    used: set[str] = set()
    lines: list[Line] = []
    for item in registrations:
        group, app = _ends(item)
        if group in groups and app in apps:
            used.add(group)
            lines.append(_line("assignment", item, f"{_label(groups[group])} to {_label(apps[app])}"))
    for identifier in sorted(used):
        group = groups[identifier]
        yield _line("group", group, _label(group))
        for item in registrations:
            if item.type == "okta:group/rule:Rule" and identifier in (
                item.inputs.get("groupAssignments") or ()
            ):
                yield _line("rule", item, str(item.inputs.get("expressionValue")))
        dynamic = group.inputs.get("dynamicMembership")
        if isinstance(dynamic, dict):
            yield _line("rule", group, str(dynamic.get("rule")))  # pyright: ignore[reportUnknownMemberType,reportUnknownArgumentType]
    yield from lines
    policies = {item.inputs.get("authenticationPolicy") for item in apps.values()}
    for item in registrations:
        if item.type == "okta:index/appSignonPolicy:AppSignonPolicy" and item.id in policies:
            yield _line("sign-on policy", item, str(item.inputs.get("name")))


def _ends(item: Registration) -> tuple[str, str]:
    """Group and application that an assignment joins; empty texts for anything else."""
    if item.type == "okta:app/groupAssignment:GroupAssignment":
        return str(item.inputs.get("groupId")), str(item.inputs.get("appId"))
    if item.type == "azuread:index/appRoleAssignment:AppRoleAssignment":
        return str(item.inputs.get("principalObjectId")), str(item.inputs.get("resourceObjectId"))
    return "", ""


def _label(item: Registration) -> str:
    return str(
        item.inputs.get("name") or item.inputs.get("displayName") or item.inputs.get("label") or item.name
    )


def _line(step: str, item: Registration, text: str) -> Line:
    reasons = [f"{item.type} {item.name}"]
    for key in ("profile", "appRoleId"):
        if item.inputs.get(key):
            reasons.append(f"{key}: {item.inputs[key]}")
    return Line(f"{step}: {text}", tuple(reasons), {"step": step, "urn": item.urn})
