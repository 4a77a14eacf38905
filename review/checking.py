"""`billing-identity check`: the catalogue by itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from billing_identity.review.console import output, styled
from billing_identity.review.inputs import Checked, check_catalogue
from billing_identity.review.problem_report import as_data, print_blocking, print_known, summary
from billing_identity.roles.problems import exit_code


def check(folder: Path, as_of: date, environment: str, *, machine: bool) -> int:
    """Checks a catalogue and prints what is wrong. Returns the exit code."""
    checked = check_catalogue(folder, as_of, environment)
    code = exit_code(checked.problems)
    if machine:
        print(json.dumps(_data(checked, as_of, environment, code), indent=2, sort_keys=True))
        return code
    console = output()
    print_blocking(console, checked.problems)
    print_known(console, checked.problems)
    if checked.catalogue is not None:
        catalogue = checked.catalogue
        counted = {
            "roles": catalogue.roles,
            "systems": catalogue.systems,
            "clients": catalogue.clients,
            "vendors": catalogue.vendors,
            "service accounts": catalogue.service_accounts,
            "exceptions": catalogue.exceptions,
        }
        counts = ", ".join(f"{len(entities)} {name}" for name, entities in counted.items())
        console.print(styled(f"{catalogue.organisation.company}: {counts}"))
    verdict = "The catalogue is in order." if code == 0 else "The catalogue is not in order."
    console.print(styled(verdict, "bold green" if code == 0 else "bold red"))
    console.print(styled(f"{summary(checked.problems)}; as of {as_of}, environment {environment}", "dim"))
    return code


def _data(checked: Checked, as_of: date, environment: str, code: int) -> dict[str, object]:
    return {
        "asOf": as_of.isoformat(),
        "environment": environment,
        "exitCode": code,
        "problems": as_data(checked.problems),
    }
