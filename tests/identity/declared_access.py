"""Effective access read out of registrations alone: rules, groups, assignments, app roles.

`Access` is who (a job code, or `ask:<role>` for a group that no rule fills) to entitlements.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict

from billing_identity.review.preview.record import Preview, Registration
from billing_identity.roles.access import job_code_access, role_access
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.role import Assignment
from billing_identity.roles.model.vocabulary import Federation, Provider
from billing_identity.roles.naming import app_role_id

Access = dict[str, frozenset[str]]
OKTA_CODES = re.compile(r'user\.jobCode=="([A-Z-]+)"')
ENTRA_CODES = re.compile(r'user\.extensionAttribute1 -(?:eq|in) (?:"([A-Z-]+)"|\[([^\]]*)\])')
ENTRA_GROUPS = ("azuread:index/group:Group", "azuread:index/groupWithoutMembers:GroupWithoutMembers")


def of_type(preview: Preview, *types: str) -> list[Registration]:
    return [item for item in preview.resources() if item.type in types]


def declared_access(preview: Preview, catalogue: Catalogue) -> Access:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group, entitlements in (*_okta(preview), *_entra(preview, catalogue)):
        for who in _who(preview, catalogue, group):
            found[who].update(entitlements)
    return {who: frozenset(names) for who, names in found.items()}


def _who(preview: Preview, catalogue: Catalogue, group: Registration) -> list[str]:
    rules = [
        rule.inputs["expressionValue"]
        for rule in of_type(preview, "okta:group/rule:Rule")
        if group.id in rule.inputs["groupAssignments"]
    ]
    codes = [code for rule in rules for code in OKTA_CODES.findall(rule)]
    membership = group.inputs.get("dynamicMembership")
    if membership is not None:
        for one, several in ENTRA_CODES.findall(membership["rule"]):
            codes += [one] if one else re.findall(r'"([A-Z-]+)"', several)
    if rules or membership is not None:
        assert codes, f"{group.name} is filled by a rule that asks for no job code"
        return codes
    name = group.inputs.get("name") or group.inputs["displayName"]
    return [f"ask:{role}" for role in catalogue.roles if name in catalogue.roles[role].group_names()]


def _okta(preview: Preview) -> list[tuple[Registration, set[str]]]:
    groups = {item.id: item for item in of_type(preview, "okta:group/group:Group")}
    return [
        (groups[item.inputs["groupId"]], set(json.loads(item.inputs["profile"])["entitlements"]))
        for item in of_type(preview, "okta:app/groupAssignment:GroupAssignment")
        if "entitlements" in json.loads(item.inputs.get("profile") or "{}")
    ]


def _entra(preview: Preview, catalogue: Catalogue) -> list[tuple[Registration, set[str]]]:
    groups = {item.outputs["objectId"]: item for item in of_type(preview, *ENTRA_GROUPS)}
    declared = {
        role["id"]
        for app in of_type(preview, "azuread:index/application:Application")
        for role in app.inputs.get("appRoles", ())
    }
    names = {
        app_role_id(f"{system.id}/{name}"): f"{system.id}/{name}"
        for system in catalogue.systems.values()
        for name in system.entitlements
    }
    return [
        (groups[item.inputs["principalObjectId"]], {names[item.inputs["appRoleId"]]})
        for item in of_type(preview, "azuread:index/appRoleAssignment:AppRoleAssignment")
        if item.inputs["principalObjectId"] in groups
        and item.inputs["appRoleId"] in declared
        and item.inputs["appRoleId"] in names
    ]


def expected_access(catalogue: Catalogue, day: object) -> Access:
    """What the catalogue says, for systems that are an application of a provider."""
    applications = {
        system.id
        for system in catalogue.systems.values()
        if system.identity.provider is not Provider.NONE
        and system.identity.federation is not Federation.BUILT_IN
    }
    found: Access = {}
    for code in catalogue.access_policy.hr.job_codes:
        held = job_code_access(catalogue, code, day, requested=False)  # type: ignore[arg-type]
        found[code] = frozenset(item.entitlement for item in held if item.system in applications)
    for role in catalogue.roles.values():
        if role.assignment is not Assignment.JOB_CODE and not role.abstract:
            held = role_access(catalogue, role.id, day)  # type: ignore[arg-type]
            found[f"ask:{role.id}"] = frozenset(
                item.entitlement for item in held if item.system in applications
            )
    return {who: names for who, names in found.items() if names}
