"""Which application an assignment of Okta or Entra lets into, told from the resources of one program."""

from __future__ import annotations

from collections.abc import Mapping

from billing_identity.policies.framework.graph import Graph
from billing_identity.policies.framework.reader import MalformedError, ResourceView, UndecidedError
from billing_identity.policies.framework.tokens import (
    ENTRA_APPLICATION,
    ENTRA_ROLE_ASSIGNMENT,
    ENTRA_SERVICE_PRINCIPAL,
    OKTA_OAUTH,
    OKTA_SAML,
)

OKTA_APPS = (OKTA_SAML, OKTA_OAUTH)
FIRST_PARTY = (
    "00000003-0000-0000-c000-000000000000",  # Microsoft Graph
    "00000002-0000-0000-c000-000000000000",  # the directory's older interface
    "797f4846-ba00-4fd7-ba43-dac1f8f63013",  # Azure Service Management
    "cfa8b339-82a2-471a-a3c9-0fc0be7a4093",  # Azure Key Vault
    "00000002-0000-0ff1-ce00-000000000000",  # Office 365 Exchange Online
    "00000003-0000-0ff1-ce00-000000000000",  # Office 365 SharePoint Online
)
"""Client ids of Microsoft's own services that other applications need."""


def title_let_into(graph: Graph, assignment: ResourceView, elsewhere: Mapping[str, str]) -> str:
    """Title of the application that an assignment lets into; empty for one of Microsoft's own services.

    `elsewhere`: titles by id of applications that other programs declare. Raises `UndecidedError` for one
    that is not among them, `MalformedError` for an assignment that names none.
    """
    entra = assignment.type == ENTRA_ROLE_ASSIGNMENT
    prop, types = ("resourceObjectId", (ENTRA_SERVICE_PRINCIPAL,)) if entra else ("appId", OKTA_APPS)
    found = graph.target(assignment, prop, types)
    if found is None and (declared := elsewhere.get(assignment.text(prop, ""))) is not None:
        return declared
    named = found if found is not None else _named(graph, assignment, prop, types)
    if not entra:
        return title(named)
    try:
        return title(_named(graph, named, "clientId", (ENTRA_APPLICATION,)))
    except UndecidedError:
        if named.text("clientId") in FIRST_PARTY:
            return ""
        raise


def title(app: ResourceView) -> str:
    """An application's label or display name. Raises `MalformedError` for one without."""
    name = "displayName" if app.type == ENTRA_APPLICATION else "label"
    found = app.text(name)
    if not found:
        raise MalformedError(name, "an application's name")
    return found


def _named(graph: Graph, source: ResourceView, prop: str, types: tuple[str, ...]) -> ResourceView:
    found = graph.target(source, prop, types)
    if found is not None:
        return found
    where = f"{source.name}.{prop}"
    if not source.text(prop):
        raise MalformedError(where, "an application")
    raise UndecidedError(where, f"`{prop}` of {source.name} names an application of another program")
