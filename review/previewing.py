"""`billing-identity preview`: the program, its plan and its findings, without account, engine or network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from billing_identity.policies.evaluate import Report, ResourceRecord, SettingsError, evaluate
from billing_identity.review import containment_alone
from billing_identity.review.console import output, styled
from billing_identity.review.exits import Exit
from billing_identity.review.finding_report import as_data as findings_data
from billing_identity.review.finding_report import print_findings, print_weakened
from billing_identity.review.gap_report import gaps_of, print_gaps
from billing_identity.review.inputs import check_catalogue
from billing_identity.review.pack_settings import pack_config
from billing_identity.review.plan import Plan, plan_of, print_plan
from billing_identity.review.preview.deployment import to_deployment, write_deployment
from billing_identity.review.preview.merge import merge
from billing_identity.review.preview.record import Preview, PreviewError
from billing_identity.review.problem_report import as_data as problems_data
from billing_identity.review.problem_report import print_blocking, print_known, summary
from billing_identity.review.stack_runs import Request, Runs, configuration_problem, configured
from billing_identity.roles.loader import REFERENCE
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem, exit_code
from billing_identity.stacks.layers.containment import NAME as CONTAINMENT
from billing_identity.stacks.program import faults_together
from billing_identity.stacks.settings import Settings, read_settings


@dataclass(frozen=True)
class Outcome:
    """A preview with everything that is to be said of it."""

    request: Request
    environment: str
    problems: tuple[Problem, ...]
    errors: tuple[PreviewError, ...] = ()
    catalogue: Catalogue | None = None
    preview: Preview | None = None
    report: Report | None = None

    @property
    def exit_code(self) -> int:
        """2 when nothing could be previewed, 1 when something blocks, 0 otherwise."""
        if self.errors or exit_code(self.problems) == Exit.BAD_INPUT or self.report is None:
            return Exit.BAD_INPUT
        if exit_code(self.problems) or self.report.blocking:
            return Exit.BLOCKED
        if self.report.undecided and not self.request.unknown:
            return Exit.BLOCKED
        return Exit.FINE


def run(request: Request) -> Outcome:
    """Checks the catalogue, runs the program for every stack, judges all of them as one graph.

    The containment stack alone is held up by nothing that its update would not be held up by. Raises nothing
    for bad input: the outcome holds the problems.
    """
    stacks = configured(request)
    named, same_environment = stacks.one("environment")
    folder, same_catalogue = stacks.one("catalogue")
    environment = named or ""
    problems = list(stacks.problems)
    if not same_environment:
        problems.append(
            configuration_problem(
                "the stacks belong to different environments", "preview one environment at a time"
            )
        )
    if not same_catalogue:
        problems.append(
            configuration_problem("the stacks name different catalogues", "give them the same one")
        )
    if problems:
        return Outcome(request, environment, tuple(problems))
    read = read_settings(request.root, environment)
    root = request.root / folder if folder else REFERENCE
    settings = read.well_formed
    checked = check_catalogue(root, request.as_of, environment)
    if settings is not None and stacks.one("layer") == (CONTAINMENT, True):
        alone = containment_alone.read(root, checked, read.problems, settings, request.as_of)
        runs = Runs(request, stacks, alone.stand_in)
        return _judged(request, environment, settings, alone.catalogue, alone.problems, runs)
    settings = read.sound
    problems = [*read.problems, *checked.problems]
    if settings is None or checked.catalogue is None or exit_code(problems) == Exit.BAD_INPUT:
        return Outcome(request, environment, tuple(problems))
    problems += faults_together(request.root, settings, checked.catalogue, request.as_of)
    return _judged(request, environment, settings, checked.catalogue, problems, Runs(request, stacks))


def _judged(
    request: Request,
    environment: str,
    settings: Settings,
    catalogue: Catalogue | None,
    problems: Sequence[Problem],
    runs: Runs,
) -> Outcome:
    """Runs the stacks and judges them, unless the problems are of the input. Only containment alone is judged
    without a catalogue."""
    if exit_code(problems) == Exit.BAD_INPUT:
        return Outcome(request, environment, tuple(problems))
    previews = runs.all()
    said = (*problems, *containment_alone.stood_in(runs.stood_in))
    errors = tuple(error for preview in previews for error in preview.errors)
    if errors:
        return Outcome(request, environment, said, errors, catalogue)
    preview = merge(previews) if len(previews) > 1 else previews[0]
    try:
        chosen = None if catalogue is not None else containment_alone.rules_without_catalogue()
        report = evaluate(records(preview), pack_config(settings, catalogue, request.as_of), chosen)
    except SettingsError as error:
        wrong = [
            configuration_problem(line, "correct what the policy pack is told") for line in error.problems
        ]
        return Outcome(request, environment, (*said, *wrong), (), catalogue)
    return Outcome(request, environment, said, (), catalogue, preview, report)


def records(preview: Preview) -> list[ResourceRecord]:
    """Registrations as the pack's evaluator takes them."""
    return [
        ResourceRecord(
            urn=item.urn,
            type=item.type,
            name=item.name,
            props=item.inputs,
            outputs=item.outputs,
            id=item.id,
            custom=item.custom,
            parent=item.parent,
            provider=item.provider,
            dependencies=item.dependencies,
            property_dependencies=item.property_dependencies,
            protect=bool(item.options.protect),
            ignore_changes=item.options.ignore_changes,
        )
        for item in preview.registrations
    ]


def write(outcome: Outcome, folder: Path) -> Path | None:
    """Writes `deployment.json` into `folder`; nothing when the preview did not come about."""
    if outcome.preview is None:
        return None
    path = folder / "deployment.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    # The order in which the SDK's tasks register varies from run to run; the file must not.
    registrations = tuple(sorted(outcome.preview.registrations, key=lambda item: item.urn))
    preview = replace(outcome.preview, registrations=registrations)
    write_deployment(path, to_deployment(preview, as_of=outcome.request.as_of.isoformat()))
    return path


def print_outcome(outcome: Outcome, written: Path | None, *, detail: bool) -> None:
    """For people: the verdict, what it rests on, then the plan."""
    console = output()
    code = outcome.exit_code
    if outcome.catalogue is not None:
        console.print(styled(outcome.catalogue.organisation.company, "bold"))
    kind = "as on a first deployment, ids unknown" if outcome.request.unknown else "ids known"
    console.print(
        styled(
            f"Offline preview of {', '.join(outcome.request.stacks)}; "
            f"environment {outcome.environment or 'not known'}; as of {outcome.request.as_of}; {kind}",
            "dim",
        )
    )
    console.print()
    console.print(_verdict(outcome, code))
    console.print()
    print_blocking(console, outcome.problems)
    for error in outcome.errors:
        console.print(styled(f"program  {error}", "bold red"))
    if outcome.report is not None:
        print_findings(console, outcome.report)
    print_known(console, outcome.problems)
    if outcome.preview is not None and outcome.report is not None:
        print_weakened(console, outcome.report)
        plan = plan_of(outcome.preview)
        print_plan(console, plan, detail=detail)
        _print_footer(outcome, plan, written, detail=detail)


def _verdict(outcome: Outcome, code: int) -> object:
    if code == Exit.BAD_INPUT:
        return styled("Not previewed: the input has to be corrected first.", "bold red")
    if code == Exit.BLOCKED and outcome.report is not None:
        blocking = sum(problem.blocks for problem in outcome.problems) + len(outcome.report.blocking)
        undecided = len(outcome.report.undecided)
        text = f"Blocked: {blocking} finding{'s' if blocking != 1 else ''}"
        return styled(f"{text}, {undecided} undecided." if undecided else f"{text}.", "bold red")
    return styled("Nothing blocks.", "bold green")


def _print_footer(outcome: Outcome, plan: Plan, written: Path | None, *, detail: bool) -> None:
    console = output()
    counts = plan.by_provider()
    text = ", ".join(f"{count} in {name}" for name, count in counts.items())
    console.print(styled(f"{plan.total} resources: {text}.", "bold"))
    report = outcome.report
    if report is not None:
        console.print(
            styled(
                f"{len(report.counts)} rules: {len(report.blocking)} findings block, "
                f"{len(report.undecided)} undecided, {len(report.lifted)} lifted by exceptions"
                + (f", {len(report.in_rollout)} in rollout." if report.in_rollout else ".")
            )
        )
        console.print(styled(f"Catalogue: {summary(outcome.problems)}."))
        for rule, reason in report.not_applicable if detail else ():
            console.print(styled(f"not applicable  {rule}: {reason}", "dim"))
    if outcome.preview is not None:
        print_gaps(console, outcome.preview, detail=detail)
    if written is not None:
        console.print(styled(f"Deployment file: {_relative(written, outcome.request.root)}", "dim"))


def _relative(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def as_json(outcome: Outcome) -> str:
    """For machines."""
    plan = plan_of(outcome.preview) if outcome.preview is not None else None
    data = {
        "asOf": outcome.request.as_of.isoformat(),
        "environment": outcome.environment,
        "stacks": list(outcome.request.stacks),
        "unknown": outcome.request.unknown,
        "exitCode": int(outcome.exit_code),
        "problems": problems_data(outcome.problems),
        "errors": [str(error) for error in outcome.errors],
        "findings": findings_data(outcome.report) if outcome.report is not None else [],
        "gaps": gaps_of(outcome.preview) if outcome.preview is not None else [],
        "resources": plan.total if plan else 0,
        "plan": [
            {
                "layer": row.layer,
                "provider": row.provider,
                "protected": row.protected,
                "kinds": dict(row.kinds),
            }
            for row in (plan.rows if plan else ())
        ],
    }
    return json.dumps(data, indent=2, sort_keys=True)
