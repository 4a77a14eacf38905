"""`billing-identity diff`: reads both sides, compares, prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from billing_identity.review.console import errors, output, styled
from billing_identity.review.diff.approvals import ApprovalsError, given, read_approvals
from billing_identity.review.diff.as_machine import as_json, as_junit, as_sarif
from billing_identity.review.diff.as_markdown import as_markdown
from billing_identity.review.diff.as_terminal import print_report
from billing_identity.review.diff.deployment_settings import settings_changes
from billing_identity.review.diff.forms import Form
from billing_identity.review.diff.model import Sentence
from billing_identity.review.diff.names import short
from billing_identity.review.diff.program import (
    PROJECT,
    NotPreviewedError,
    Program,
    checked_out,
    previewed,
    program_of,
)
from billing_identity.review.diff.report import Report, Settings, reviewed, with_resources
from billing_identity.review.diff.resources import resource_changes
from billing_identity.review.diff.sources import Side, SourceError, opened
from billing_identity.review.exits import Exit
from billing_identity.review.preview.deployment import read_deployment, to_deployment, write_deployment
from billing_identity.review.preview.record import Preview
from billing_identity.review.problem_report import as_data, print_blocking
from billing_identity.roles.problems import Location, Problem

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
        faults: list[Problem] = []
        sides: list[Side] = []
        for text, lenient in ((arguments.head, False), (arguments.base, True)):
            donor = sides[0].folder if sides else None
            source = opened(text, arguments.catalogue, here, lenient=lenient, donor=donor)
            try:
                sides.append(stack.enter_context(source))
            except SourceError as error:
                faults = [*error.problems, *faults]
        if faults:
            raise SourceError(tuple(faults))
        head, base = sides
        settings = arguments.settings
        programs = _programs(stack, base, head, arguments)
        if base.deployment is not None or head.deployment is not None:
            report = Report(base, head, settings, only_resources=True)
        else:
            report = reviewed(base, head, settings, _settings_changes(programs, here))
        report = _with_resources(report, arguments, programs)
    if approvals is not None:
        report = replace(report, approvals=given(report.approvals, approvals), approvals_checked=True)
    return report


Programs = tuple[Program | NotPreviewedError, Program | NotPreviewedError]


def _programs(stack: ExitStack, base: Side, head: Side, arguments: Arguments) -> Programs | None:
    """The program of each side, or why there is none; None where this folder holds no program at all."""
    if not (arguments.root / PROJECT).is_file():
        return None

    def one(side: Side) -> Program | NotPreviewedError:
        try:
            return stack.enter_context(program_of(side, arguments.root))
        except NotPreviewedError as error:
            return error

    return one(base), one(head)


def _settings_changes(programs: Programs | None, here: Path) -> list[Sentence]:
    if programs is None:
        return []
    base, head = programs
    if isinstance(base, NotPreviewedError) or isinstance(head, NotPreviewedError):
        return []
    root = here.resolve()
    folder = (head.config if head.root == here else here / base.config.relative_to(base.root)).resolve()
    prefix = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.as_posix()
    return settings_changes(base.config, head.config, prefix)


def _with_resources(report: Report, arguments: Arguments, programs: Programs | None) -> Report:
    settings = report.settings
    if not report.only_resources and not arguments.stacks:
        return replace(report, no_resources="they were not asked for")
    if report.only_resources and programs is None:
        found = [side.deployment for side in (report.base, report.head)]
        if any(item is None for item in found):
            _refuse_side(report, [f"there is no {PROJECT} here"])
    elif programs is None:
        return replace(report, no_resources=f"there is no {PROJECT} here")
    sides = (report.base, report.head)
    previews: list[Preview] = []
    for side, program, day in zip(
        sides, programs or (None, None), (settings.base_as_of, settings.as_of), strict=True
    ):
        trusted = side is report.base or checked_out(side, arguments.root)
        try:
            previews.append(_preview(side, program, arguments, day, trusted=trusted))
        except NotPreviewedError as error:
            said = _said(side, error.faults)
            if side is report.head or report.only_resources:
                _refuse_side(report, [said])
            return replace(report, no_resources=said, incomparable=True)
    if any(isinstance(program, Program) and program.foreign for program in programs or ()):
        previews = [_as_written(preview, settings.as_of) for preview in previews]
    catalogue = report.head.catalogue
    changes = resource_changes(previews[0], previews[1], catalogue, settings.as_of, settings.environment)
    return with_resources(report, changes)


def _preview(
    side: Side, program: Program | NotPreviewedError | None, arguments: Arguments, day: date, *, trusted: bool
) -> Preview:
    if side.deployment is not None:
        return side.deployment
    if isinstance(program, NotPreviewedError):
        raise program
    assert program is not None  # noqa: S101 - refused before
    return previewed(program, arguments.stacks or ("all-prod",), day, trusted=trusted)


def _as_written(preview: Preview, day: date) -> Preview:
    """A preview as its deployment file would be read: both sides of a comparison in the same form."""
    with TemporaryDirectory(prefix="billing-identity-") as scratch:
        file = Path(scratch) / "deployment.json"
        write_deployment(file, to_deployment(preview, as_of=day.isoformat()))
        return read_deployment(file)


def _said(side: Side, faults: Sequence[str]) -> str:
    more = (
        f"; {len(faults) - 1:,} more faults (`billing-identity check` lists them)" if len(faults) > 1 else ""
    )
    return f"{side.label} can't be previewed: {short(faults[0], 300)}{more}"


def _refuse_side(report: Report, faults: Sequence[str]) -> NoReturn:
    """The head can't be previewed, or nothing else could be compared: the input has to be corrected."""
    raise SourceError(
        tuple(
            Problem.at(Location("command line"), code="preview", message=fault, remedy="see preview")
            for fault in faults
        )
    )


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
