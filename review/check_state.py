"""`billing-identity check-state`: judges what a stack's state holds, without engine, account or network.

The file is one of `pulumi stack export`, of any program, or one of `preview`. A value that is sealed in the
file is unknown here: a rule that needs it is undecided, and undecided is no pass.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from billing_identity.policies.evaluate import PackConfig, Report, SettingsError, evaluate
from billing_identity.policies.framework.config_file import read_config_file
from billing_identity.policies.framework.faults import Fault
from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import ResourceRule, StackRule
from billing_identity.policies.framework.settings import SETTINGS_POLICY
from billing_identity.policies.framework.tokens import ANY, current
from billing_identity.policies.framework.wire import UNKNOWN
from billing_identity.review.console import errors, output, styled
from billing_identity.review.exits import Exit
from billing_identity.review.finding_report import as_data, print_findings, print_weakened
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.deployment import read_deployment
from billing_identity.review.preview.record import PROVIDER_PREFIX, Preview, Registration, Secret
from billing_identity.review.previewing import records

MOST_TOLD = 10
"""Types without a rule that are told to people."""


def check_state(path: Path, config: Path | None, as_of: date | None, *, machine: bool) -> int:
    """Judges the file and prints what was found. Returns 0, 1 (something blocks or is undecided) or 2.

    `as_of` is the day to judge by; None where it was not asked for: the configuration's day, else today.
    """
    try:
        preview = read_deployment(path)
        given = read_config_file(config) if config is not None else PackConfig()
        given = _on_day(given, as_of)
        report = evaluate(records(_sealed(preview)), given)
    except InputError as error:
        return _refused(error.faults)
    except SettingsError as error:
        return _refused(error.problems)
    day = given.settings.day
    code = Exit.BLOCKED if report.blocking or report.undecided else Exit.FINE
    if machine:
        print(json.dumps(_data(path, preview, report, day, code), indent=2))
    else:
        _print(path, preview, report, day)
    return code


def _on_day(config: PackConfig, asked: date | None) -> PackConfig:
    settings = config.settings
    if asked is None or asked == settings.as_of:
        return config
    if settings.as_of is None:
        return replace(config, settings=settings.model_copy(update={"as_of": asked}))
    text = f"`--as-of` is {asked}, `{SETTINGS_POLICY}.asOf` is {settings.as_of}: leave one out"
    return replace(config, faults=(*config.faults, Fault((SETTINGS_POLICY, "asOf"), text)))


def _refused(faults: list[str] | tuple[str, ...]) -> int:
    for fault in faults:
        errors().print(styled(fault, "bold red"))
    return Exit.BAD_INPUT


def _sealed(preview: Preview) -> Preview:
    """The same with every sealed value unknown: its text in the file is not what it stands for."""
    return replace(preview, registrations=tuple(_unknown(item) for item in preview.registrations))


def _unknown(item: Registration) -> Registration:
    return replace(item, inputs=_values(item.inputs), outputs=_values(item.outputs))


def _values(value: Any) -> Any:  # noqa: ANN401 - JSON-like
    if isinstance(value, Secret):
        return Secret(UNKNOWN)
    if isinstance(value, dict):
        return {key: _values(inner) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_values(inner) for inner in cast("list[Any]", value)]
    return value


def _print(path: Path, preview: Preview, report: Report, as_of: date) -> None:
    console = output()
    console.print(styled(f"State of {preview.stack or path.name}; as of {as_of}", "dim"))
    if not preview.registrations:
        console.print(styled("No resources: nothing was judged.", "bold yellow"))
    elif report.blocking or report.undecided:
        counts = f"{len(report.blocking)} findings block, {len(report.undecided)} undecided."
        console.print(styled(counts, "bold red"))
    else:
        console.print(styled("Nothing blocks.", "bold green"))
    console.print()
    print_findings(console, report)
    print_weakened(console, report)
    unseen = _unseen(preview)
    if unseen:
        listed = ", ".join(f"{name} ({count})" for name, count in unseen.most_common(MOST_TOLD))
        more = len(unseen) - MOST_TOLD
        listed += f" and {more} types more, which --format json lists" if more > 0 else ""
        console.print(styled(f"note  no rule is about {unseen.total()} of the resources: {listed}", "yellow"))
    judged = sum(counts.passed + counts.failed + counts.undecided > 0 for counts in report.counts.values())
    console.print(
        styled(
            f"{len(preview.registrations)} resources; {judged} of {len(report.counts)} rules had something "
            f"to judge; {len(report.lifted)} findings lifted by exceptions.",
            "bold",
        )
    )


def _unseen(preview: Preview) -> Counter[str]:
    """How many resources there are of each type that no rule is about; rules for all types don't count."""
    kinds = (rule for rule in rules() if isinstance(rule, (ResourceRule, StackRule)))
    about = {name for rule in kinds for name in rule.types} - {ANY}
    return Counter(
        item.type
        for item in preview.registrations
        if item.custom and not item.type.startswith(PROVIDER_PREFIX) and current(item.type) not in about
    )


def _data(path: Path, preview: Preview, report: Report, as_of: date, code: int) -> dict[str, object]:
    return {
        "file": path.name,
        "stack": preview.stack,
        "asOf": as_of.isoformat(),
        "exitCode": int(code),
        "resources": len(preview.registrations),
        "rules": len(report.counts),
        "unseen": dict(sorted(_unseen(preview).items())),
        "findings": as_data(report),
        "notApplicable": [{"rule": rule, "reason": reason} for rule, reason in report.not_applicable],
        "lowered": [str(item) for item in (*report.lowered, *report.changed)],
        "notes": list(report.notes),
    }
