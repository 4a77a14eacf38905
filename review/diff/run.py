"""`billing-identity diff`: reads both sides, compares, prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from billing_identity.review.console import errors, output, styled
from billing_identity.review.diff.approvals import ApprovalsError, given, read_approvals
from billing_identity.review.diff.as_machine import as_json, as_junit, as_sarif
from billing_identity.review.diff.as_markdown import as_markdown
from billing_identity.review.diff.as_terminal import print_report
from billing_identity.review.diff.forms import Form
from billing_identity.review.diff.names import short
from billing_identity.review.diff.report import Report, Settings, reviewed, with_resources
from billing_identity.review.diff.resources import resource_changes
from billing_identity.review.diff.sources import Side, SourceError, opened
from billing_identity.review.exits import Exit
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.merge import merge
from billing_identity.review.preview.record import Preview
from billing_identity.review.previewing import Request, previews_of
from billing_identity.review.problem_report import as_data, print_blocking
from billing_identity.roles.problems import Location, Problem

PROGRAM = "Pulumi.yaml"
_WRITERS: Mapping[Form, Callable[[Report], str]] = {
    Form.MARKDOWN: as_markdown,
    Form.JSON: as_json,
    Form.SARIF: as_sarif,
    Form.JUNIT: as_junit,
}


@dataclass(frozen=True)
class Arguments:
    """What to compare and how. `base` and `head` as `sources.opened` takes them; `root` holds Pulumi.yaml;
    `stacks` are previewed for the resources behind a change, none for no resources."""

    base: str
    head: str | None
    catalogue: str
    settings: Settings
    root: Path
    stacks: tuple[str, ...]
    approvals: Path | None = None
    commit: str | None = None


def compared(arguments: Arguments) -> Report:
    """The report. Raises SourceError for what can't be read, ApprovalsError for a bad file of approvals."""
    approvals = (
        read_approvals(arguments.approvals, arguments.commit) if arguments.approvals is not None else None
    )
    with ExitStack() as stack:
        here = arguments.root
        base = stack.enter_context(opened(arguments.base, arguments.catalogue, here, lenient=True))
        head = stack.enter_context(opened(arguments.head, arguments.catalogue, here, lenient=False))
        settings = arguments.settings
        if base.deployment is not None or head.deployment is not None:
            report = Report(base, head, settings, only_resources=True)
        else:
            report = reviewed(base, head, settings)
        report = _with_resources(report, arguments)
    if approvals is not None:
        report = replace(report, approvals=given(report.approvals, approvals), approvals_checked=True)
    return report


def _with_resources(report: Report, arguments: Arguments) -> Report:
    settings, sides = report.settings, (report.base, report.head)
    mixed = report.only_resources and not all(side.deployment is not None for side in sides)
    if not report.only_resources and not arguments.stacks:
        return replace(report, no_resources="they were not asked for")
    if not report.only_resources and not (arguments.root / PROGRAM).is_file():
        return replace(report, no_resources=f"there is no {PROGRAM} here")
    if not report.only_resources and report.base.catalogue is None:
        return replace(report, no_resources="the base does not load")
    days = (settings.base_as_of, settings.as_of)
    try:
        previews = [_preview(side, arguments, day) for side, day in zip(sides, days, strict=True)]
    except _NotPreviewedError as error:
        if mixed:
            problem = Problem.at(
                Location("command line"), code="preview", message=str(error), remedy="see preview"
            )
            raise SourceError((problem,)) from None
        return replace(report, no_resources=str(error))
    catalogue = report.head.catalogue
    changes = resource_changes(previews[0], previews[1], catalogue, settings.as_of, settings.environment)
    return with_resources(report, changes)


class _NotPreviewedError(Exception):
    """A side can't be previewed; the message says why."""


def _preview(side: Side, arguments: Arguments, day: date) -> Preview:
    if side.deployment is not None:
        return side.deployment
    request = Request(arguments.root, arguments.stacks or ("all-prod",), day, side.folder)
    try:
        previews = previews_of(request)
    except InputError as error:
        raise _not_previewed(side, str(error).splitlines()) from None
    faults = [line for preview in previews for fault in preview.errors for line in str(fault).splitlines()]
    if faults:
        raise _not_previewed(side, faults)
    return merge(previews) if len(previews) > 1 else previews[0]


def _not_previewed(side: Side, faults: Sequence[str]) -> _NotPreviewedError:
    more = (
        f"; {len(faults) - 1:,} more faults (`billing-identity check` lists them)" if len(faults) > 1 else ""
    )
    return _NotPreviewedError(f"{side.label} can't be previewed: {short(faults[0], 300)}{more}")


def run(
    arguments: Arguments, form: Form, *, detail: bool = False, further: Sequence[tuple[Form, Path]] = ()
) -> int:
    """Compares, prints, and writes the `further` formats into their files; returns the exit code.

    A comparison that is refused writes no file.
    """
    try:
        report = compared(arguments)
    except SourceError as error:
        _refuse(error.problems, form)
        return Exit.BAD_INPUT
    except ApprovalsError as error:
        remedy = "see `review/diff/approvals.py` for its shape"
        problem = Problem.at(Location("command line"), code="approvals", message=str(error), remedy=remedy)
        _refuse((problem,), form)
        return Exit.BAD_INPUT
    if form is Form.HUMAN:
        print_report(output(), report, detail=detail)
    else:
        print(_WRITERS[form](report), end="")
    try:
        for other, path in further:
            path.write_text(_WRITERS[other](report), encoding="utf-8")
    except OSError as error:
        errors().print(styled(f"Not written: {error}", "bold red"))
        return Exit.OUTSIDE
    return report.exit_code


def _refuse(problems: tuple[Problem, ...], form: Form) -> None:
    """Says what is wrong with the input: as data where JSON was asked for, and always on standard error."""
    if form is Form.JSON:
        print(
            json.dumps(
                {"exitCode": int(Exit.BAD_INPUT), "problems": as_data(problems)}, indent=1, sort_keys=True
            )
        )
    console = errors()
    console.print(styled("Not compared: the input has to be corrected first.", "bold red"))
    print_blocking(console, problems)
