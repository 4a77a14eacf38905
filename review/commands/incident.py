"""`billing-identity incident ...`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, day, refused

group = typer.Typer(help="Incidents: what people do beside the containment stack.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(group, name="incident")


@group.command("runbook")
def incident_runbook(
    identifier: str,
    catalogue: Annotated[Path | None, typer.Option(help="Catalogue with the incident's file.")] = None,
    environment: Annotated[str, typer.Option(help="Environment of the settings.")] = "prod",
    as_of: AsOf = None,
    root: Annotated[Path, typer.Option(help="Folder of Pulumi.yaml.")] = Path(),
    form: Output = Format.HUMAN,
) -> None:
    """Print the ordered runbook of incident IDENTIFIER: clocks, exact calls, evidence."""
    from billing_identity.review.console import plain
    from billing_identity.review.runbooks.runbook import as_data, as_markdown, runbook
    from billing_identity.roles.checks.incident_scope import ID as SCOPE
    from billing_identity.roles.checks.incident_scope import check as scoped
    from billing_identity.roles.checks.incidents import ID as ORDER
    from billing_identity.roles.checks.incidents import check as ordered
    from billing_identity.roles.loader import REFERENCE, load
    from billing_identity.stacks.settings import load_settings

    loaded = load(catalogue or REFERENCE)
    settings, faults = load_settings(root.resolve(), environment)
    problems = [*loaded.problems, *faults]
    if loaded.catalogue is not None:
        found = [*ordered(loaded.catalogue, day(as_of)), *scoped(loaded.catalogue, day(as_of))]
        wrong = [item for item in found if item.code in (SCOPE, ORDER) and item.severity == "input"]
        problems += [item for item in wrong if item.subject == f"incident:{identifier}"]
    if problems or loaded.catalogue is None or settings is None:
        raise refused("\n".join(f"{item.location}: {item.message}; {item.remedy}" for item in problems))
    incident = loaded.catalogue.incidents.get(identifier)
    if incident is None:
        known = ", ".join(loaded.catalogue.incidents) or "none"
        raise refused(f"there is no incident {identifier}: the catalogue has {known}")
    book = runbook(loaded.catalogue, settings, incident)
    print(json.dumps(as_data(book), indent=2) if form is Format.JSON else plain(as_markdown(book)), end="")
