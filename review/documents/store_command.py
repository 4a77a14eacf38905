"""The work of `billing-identity docs store`: says what is kept until when; with `--run`, sends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.table import Table

from billing_identity.review.console import errors, output, styled
from billing_identity.review.documents import storing
from billing_identity.review.documents.register import RegisterError, read
from billing_identity.review.exits import Exit
from billing_identity.roles.loader import load
from billing_identity.stacks.bind.aws.accounts import lock_mode
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.settings import load_settings


def run(
    root: Path, environment: str, catalogue: Path, as_of: date, out: Path, *, send: bool, machine: bool
) -> int:
    """Returns the exit code: 2 for a folder, catalogue or settings that can't be used, 4 where S3 refuses."""
    console = errors()
    loaded = load(catalogue)
    settings, faults = load_settings(root.resolve(), environment)
    if loaded.catalogue is None or settings is None:
        for item in (*loaded.problems, *faults):
            console.print(styled(f"{item.location}: {item.message}; {item.remedy}", "bold red"))
        return Exit.BAD_INPUT
    place = storing.Place(
        bucket=Names(loaded.catalogue.organisation.short_name, settings).documents,
        account=settings.aws.accounts["logs"],
        region=settings.aws.region,
        mode=lock_mode(settings),
    )
    years = loaded.catalogue.access_policy.retention.documents_years
    try:
        steps = storing.plan(out, read(out), as_of, years)
    except (RegisterError, OSError) as error:
        console.print(styled(str(error), "bold red"))
        return Exit.BAD_INPUT
    if machine:
        print(storing.as_json(steps, place))
    else:
        output().print(styled(f"{place.bucket}, account {place.account}, {place.mode.lower()} lock", "bold"))
        output().print(_table(steps))
    if not send:
        console.print(styled(f"{len(steps)} files; nothing was sent: add --run to send them.", "bold"))
        return Exit.FINE
    try:
        added, extended = storing.send(steps, place)
    except storing.StoreError as error:
        console.print(styled(f"{error}\nWhat came before is stored; run the command again.", "bold red"))
        return Exit.OUTSIDE
    console.print(styled(f"{added} files added, {extended} locks extended.", "bold"))
    return Exit.FINE


def _table(steps: Sequence[storing.Step]) -> Table:
    table = Table(box=SIMPLE_HEAD)
    for column in ("Document", "Version", "In effect", "Files", "Locked until"):
        table.add_column(column, justify="right" if column == "Files" else "left")
    for row in _rows(steps):
        table.add_row(*row)
    return table


def _rows(steps: Sequence[storing.Step]) -> Iterator[tuple[str, str, str, str, str]]:
    """One row a version, however many files it has."""
    counts: dict[tuple[str, str], int] = {}
    versions = {(step.document, step.key.rsplit("/", 1)[0]): step for step in steps}
    for step in steps:
        version = (step.document, step.key.rsplit("/", 1)[0])
        counts[version] = counts.get(version, 0) + 1
    for version, step in versions.items():
        entry = step.entry
        since = "" if entry is None else f"{entry.issued} to {entry.last_in_effect or 'today'}"
        number = "" if entry is None else entry.version
        yield step.document, number, since, str(counts[version]), step.until.isoformat()
