"""The work of `billing-identity report`: preview, page, file."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from billing_identity.review import previewing
from billing_identity.review.console import errors, output, styled
from billing_identity.review.diff.sources import SourceError
from billing_identity.review.exits import Exit
from billing_identity.review.problem_report import print_blocking
from billing_identity.review.report.against import changes_against
from billing_identity.review.report.page import render


def run(
    root: Path,
    stacks: Sequence[str],
    catalogue: Path | None,
    as_of: date,
    out: Path,
    base: str | None = None,
    base_as_of: date | None = None,
) -> int:
    """Writes the report, findings that block included. `base` is judged by `base_as_of`, or by the same day.

    Returns the preview's exit code; for bad input, a base that can't be read included, nothing is written.
    """
    outcome = previewing.run(
        previewing.Request(root=root.resolve(), stacks=stacks, as_of=as_of, catalogue=catalogue)
    )
    if outcome.catalogue is None or outcome.report is None:
        print_blocking(errors(), outcome.problems)
        for error in outcome.errors:
            errors().print(styled(f"program  {error}", "bold red"))
        errors().print(styled("No report was written: the input has to be corrected first.", "bold red"))
        return Exit.BAD_INPUT
    changes = None
    if base is not None:
        try:
            changes = changes_against(
                base,
                root=root,
                catalogue=catalogue,
                days=(base_as_of or as_of, as_of),
                environment=outcome.environment,
            )
        except SourceError as error:
            print_blocking(errors(), error.problems)
            return Exit.BAD_INPUT
    page = render(
        outcome.catalogue,
        outcome.problems,
        outcome.report,
        as_of=as_of,
        environment=outcome.environment,
        preview=outcome.preview,
        changes=changes,
    )
    try:
        write(out.resolve(), page)
    except OSError as error:
        errors().print(styled(f"{out}: {error.strerror}", "bold red"))
        return Exit.BAD_INPUT
    output().print(styled(f"Report: {out} ({len(page.encode()) // 1024} KiB), as of {as_of}", "bold"))
    return outcome.exit_code


def write(path: Path, text: str) -> None:
    """Puts the file in place whole. Raises OSError where that can't be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as handle:
        handle.write(text)
    temporary = Path(handle.name)
    try:
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
