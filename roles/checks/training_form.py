"""Courses repeat and are tested, simulations coach, micro-lessons are short-lived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from billing_identity.roles.checks.finding import finding
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.problems import Problem

ID = "training-form"
TITLE = "Training modules are complete for their form"
CITATIONS = ("164.308(a)(5)(i)", "164.308(a)(5)(ii)(A)")
CODES = (ID, "training-simulation")


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """Fields that a form needs or can't have; a catalogue without any phishing simulation."""
    for module in catalogue.training.values():
        for field, message, remedy in _faults(module):
            yield finding(
                catalogue,
                module,
                (field,),
                code=ID,
                message=f"{module.form} `{module.id}` {message}",
                remedy=remedy,
                severity="input",
                citations=CITATIONS,
            )
    if not any(module.form == "phishing-simulation" for module in catalogue.training.values()):
        yield finding(
            catalogue,
            catalogue.access_policy,
            (),
            code="training-simulation",
            message="there is no phishing simulation",
            remedy="add one to training/, for everyone, with coaching for repeat offenders",
            citations=CITATIONS,
        )


def _faults(module: TrainingModule) -> Iterator[tuple[str, str, str]]:
    if module.form == "course":
        for field, value in (
            ("onboarding_days", module.onboarding_days),
            ("repeat_months", module.repeat_months),
            ("pass_score", module.pass_score),
        ):
            if value is None:
                yield field, f"lacks `{field}`", f"add `{field}`"
    elif module.form == "phishing-simulation":
        if module.repeat_months is None:
            yield "repeat_months", "lacks `repeat_months`", "say how often it runs"
        if module.coaching is None:
            yield "coaching", "says nothing about repeat offenders", "add `coaching`"
        if module.pass_score is not None:
            yield "pass_score", "has a pass score", "remove it; a simulation is not a test"
    else:
        for field, value in (
            ("onboarding_days", module.onboarding_days),
            ("repeat_months", module.repeat_months),
        ):
            if value is not None:
                yield (
                    field,
                    f"has `{field}`",
                    "remove it; a micro-lesson is taken once, when something changes",
                )
