"""What `init`, `import` and `migrate` print, and their exit codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from billing_identity.review.console import errors, output, styled
from billing_identity.review.exits import Exit
from billing_identity.review.inputs import check_catalogue
from billing_identity.review.onboarding import estate, migrating, scaffold
from billing_identity.review.onboarding.exports import Export
from billing_identity.review.onboarding.writing import TakenError
from billing_identity.review.problem_report import print_blocking, summary
from billing_identity.roles.problems import Problem


def _refuse(problems: Sequence[Problem]) -> int:
    print_blocking(errors(), problems)
    errors().print(styled("Nothing was written.", "bold"))
    return Exit.BAD_INPUT


def _taken(error: OSError | TakenError) -> int:
    errors().print(styled(f"{error}", "bold red"))
    return Exit.BAD_INPUT


def init(directory: Path, company: str, short_name: str, environment: str, roles: Path | None) -> int:
    """Writes the project and checks it."""
    wanted = scaffold.Wanted(directory.absolute(), company, short_name, environment, roles)
    try:
        problems = scaffold.scaffold(wanted)
    except (OSError, TakenError) as error:
        return _taken(error)
    if problems:
        return _refuse(problems)
    checked = check_catalogue(wanted.directory / "catalogue", date.today(), environment)
    console = output()
    console.print(styled(f"{company}: {directory}"))
    console.print(styled("  catalogue/     roles, systems, vendors, ...; one YAML file each"))
    console.print(styled("  stacks/config/ settings and one stack a layer"))
    console.print(styled("  QUESTIONS.md   what is still the reference company's"))
    console.print()
    print_blocking(console, checked.problems)
    console.print(styled(f"Catalogue: {summary(checked.problems)}."))
    console.print(styled(f"Next: cd {directory} && billing-identity check"))
    return Exit.FINE


def import_(exports: Mapping[Export, Path], catalogue: Path, out: Path) -> int:
    """Writes map, drafts and questions."""
    try:
        matched, problems = estate.run_import(exports, catalogue, out.absolute())
    except (OSError, TakenError) as error:
        return _taken(error)
    if problems:
        return _refuse(problems)
    console = output()
    for doubt in matched.doubts:
        console.print(styled(doubt, "bold yellow"))
    console.print(styled(f"{len(matched.adopted)} adopted: put {out / 'adopted.yaml'} into the settings"))
    questions = len(matched.questions) + len(matched.doubts)
    console.print(styled(f"{questions} questions and {len(matched.drafts)} without a match: "))
    console.print(styled(f"answer {out / 'questions.md'}; drafts are in {out / 'drafts'}"))
    return Exit.FINE


def migrate(catalogue: Path) -> int:
    """Moves a catalogue forward."""
    try:
        went, problem = migrating.migrate(catalogue)
    except OSError as error:
        return _taken(error)
    if problem is not None:
        return _refuse((problem,))
    said = " -> ".join(str(version) for version in went)
    output().print(
        styled(f"schema version {said}" if len(went) > 1 else f"schema version {said}: nothing to do")
    )
    return Exit.FINE
