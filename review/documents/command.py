"""The work of `billing-identity docs`: preview, issue, say what was issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from billing_identity.review import previewing
from billing_identity.review.console import errors, output, styled
from billing_identity.review.documents.issuing import Issued, as_json, grounds_of, issue_all
from billing_identity.review.documents.register import RegisterError
from billing_identity.review.exits import Exit
from billing_identity.review.finding_report import print_findings
from billing_identity.review.problem_report import print_blocking


def run(
    root: Path, stacks: Sequence[str], catalogue: Path | None, as_of: date, out: Path, *, machine: bool
) -> int:
    """Issues the documents. Returns the exit code; what blocks a preview blocks an issue, and nothing is
    written then."""
    request = previewing.Request(root=root.resolve(), stacks=stacks, as_of=as_of, catalogue=catalogue)
    outcome = previewing.run(request)
    if outcome.exit_code != Exit.FINE:
        console = errors()
        print_blocking(console, outcome.problems)
        for error in outcome.errors:
            console.print(styled(f"program  {error}", "bold red"))
        if outcome.report is not None:
            print_findings(console, outcome.report)
        console.print(styled("No document was issued: they would claim what does not hold.", "bold red"))
        return outcome.exit_code
    grounds = grounds_of(outcome)
    if out.exists() and not out.is_dir():
        errors().print(styled(f"--out {out}: is a file; name a folder", "bold red"))
        return Exit.BAD_INPUT
    try:
        issued = issue_all(grounds, out.resolve())
    except RegisterError as error:
        errors().print(styled(str(error), "bold red"))
        return Exit.BAD_INPUT
    except OSError as error:
        errors().print(styled(f"{error.filename or out}: {error.strerror}", "bold red"))
        return Exit.BAD_INPUT
    if machine:
        print(as_json(issued, out))
        return Exit.FINE
    console = output()
    console.print(styled(grounds.catalogue.organisation.company, "bold"))
    console.print(styled(f"Documents as of {as_of}; environment {outcome.environment}", "dim"))
    console.print(_table(issued))
    new = sum(item.new for item in issued)
    console.print(styled(f"{new} issued, {len(issued) - new} unchanged and still in effect: {out}", "bold"))
    return Exit.FINE


def _table(issued: Sequence[Issued]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in ("Document", "Version", "Issued", "Enforced", "Checked", "By people"):
        table.add_column(column, justify="left" if column in ("Document", "Version", "Issued") else "right")
    for item in issued:
        table.add_row(
            styled(item.document.title),
            item.entry.version,
            styled(item.entry.issued.isoformat(), "bold green" if item.new else "dim"),
            str(item.enforced),
            str(item.checked),
            str(item.by_people),
        )
    return table
