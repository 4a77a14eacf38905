"""`billing-identity incident ...`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from billing_identity.review.arguments import AsOf, Format, Output, catalogue_of, day, refused

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
    from billing_identity.review.runbooks.runbook import as_data, as_text, runbook
    from billing_identity.roles.checks import incident_scope, incident_times, incidents
    from billing_identity.roles.loader import load
    from billing_identity.stacks.settings import load_settings

    loaded = load(catalogue_of(catalogue, root))
    settings, faults = load_settings(root.resolve(), environment)
    problems = [*loaded.problems, *faults]
    if loaded.catalogue is not None:
        checks = (incidents, incident_scope, incident_times)
        found = [item for module in checks for item in module.check(loaded.catalogue, day(as_of))]
        problems += [
            item for item in found if item.severity == "input" and item.subject == f"incident:{identifier}"
        ]
    if problems or loaded.catalogue is None or settings is None:
        raise refused("\n".join(f"{item.location}: {item.message}; {item.remedy}" for item in problems))
    incident = loaded.catalogue.incidents.get(identifier)
    if incident is None:
        known = ", ".join(loaded.catalogue.incidents) or "none"
        raise refused(f"there is no incident {identifier}: the catalogue has {known}")
    book = runbook(loaded.catalogue, settings, incident)
    print(json.dumps(as_data(book), indent=2) if form is Format.JSON else plain(as_text(book)), end="")
