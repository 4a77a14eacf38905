"""Runs the program for stacks, offline: those that were asked for, and before them what they refer to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from billing_identity.review.preview.answers.lookups import LOOKUPS, directory_groups
from billing_identity.review.preview.config import InputError, configured_stacks, load_stack_config
from billing_identity.review.preview.record import Preview, PreviewError
from billing_identity.review.preview.run import run_program
from billing_identity.roles.problems import Location, Problem

NAMESPACE = "billing-identity"
_REFERENCE = "::pulumi:pulumi:StackReference::"


@dataclass(frozen=True)
class Request:
    """What to preview. `catalogue` None means what the stacks' configuration names, or the reference."""

    root: Path
    stacks: Sequence[str]
    as_of: date
    catalogue: Path | None = None
    unknown: bool = False


@dataclass(frozen=True)
class Configured:
    """Configuration of the stacks of a request, as their files give it."""

    values: dict[str, dict[str, str]]
    secrets: dict[str, frozenset[str]]
    problems: tuple[Problem, ...]

    def one(self, key: str) -> tuple[str | None, bool]:
        """The stacks' common value of a configuration key, and whether they agree on it."""
        found = {config.get(f"{NAMESPACE}:{key}") for config in self.values.values()}
        return next(iter(found), None), len(found) <= 1


@dataclass(frozen=True)
class StandIn:
    """What is answered for a stack that others refer to and that can't be run itself.

    `outputs` are the stack's; `groups` are the names of groups in the directories, by id.
    """

    outputs: Mapping[str, Any]
    groups: Mapping[str, str] = field(default_factory=dict[str, str])


def configuration_problem(message: str, remedy: str) -> Problem:
    """A fault of the stacks' configuration."""
    return Problem.at(Location("stacks/config"), code="config", message=message, remedy=remedy)


def configured(request: Request) -> Configured:
    """The configuration of every stack of the request, with the day and the catalogue that it asks for."""
    values: dict[str, dict[str, str]] = {}
    secrets: dict[str, frozenset[str]] = {}
    problems: list[Problem] = []
    for stack in request.stacks:
        try:
            loaded = load_stack_config(request.root, stack)
        except InputError as error:
            problems += [
                configuration_problem(line, "correct the stack's configuration")
                for line in str(error).splitlines()
            ]
            continue
        if f"{NAMESPACE}:environment" not in loaded.values:
            known = ", ".join(configured_stacks(request.root))
            problems.append(
                configuration_problem(
                    f"the stack `{stack}` has no configuration that names its layer and environment",
                    f"give the name of one that has ({known}), or write its Pulumi.{stack}.yaml",
                )
            )
            continue
        values[stack] = {**loaded.values, f"{NAMESPACE}:asOf": request.as_of.isoformat()}
        secrets[stack] = frozenset(loaded.secrets)
        if request.catalogue is not None:
            values[stack][f"{NAMESPACE}:catalogue"] = str(request.catalogue.resolve())
    return Configured(values, secrets, tuple(problems))


def previews_of(request: Request) -> list[Preview]:
    """Runs the program for every stack in order; a later stack finds the outputs of earlier ones.

    Raises `preview.config.InputError` for a stack whose configuration can't be read.
    """
    stacks = configured(request)
    if stacks.problems:
        raise InputError([problem.message for problem in stacks.problems])
    return Runs(request, stacks).all()


class Runs:
    """The runs of a request's stacks.

    A stack that one of them refers to and that nobody asked for is run for its outputs alone: it is in no
    result. Its faults are those of the stack that refers to it, unless there is a stand-in.
    """

    def __init__(self, request: Request, stacks: Configured, stand_in: StandIn | None = None) -> None:
        self._request = request
        self._stacks = stacks
        self._stand_in = stand_in
        self._made: dict[str, Preview] = {}
        self.stood_in: dict[str, tuple[PreviewError, ...]] = {}
        """Stacks for which the stand-in answered, with what is wrong with each."""

    def all(self) -> list[Preview]:
        """One preview for every stack that was asked for, in that order."""
        return [self._made.get(stack) or self._run(stack, self._stacks, ()) for stack in self._stacks.values]

    def _run(self, stack: str, stacks: Configured, waiting: tuple[str, ...]) -> Preview:
        """`waiting` are the stacks that wait for this one."""
        outputs = {name: made.stack_outputs for name, made in self._made.items()}
        groups: Mapping[str, str] = {}
        if self._stand_in is not None and self.stood_in:
            outputs |= dict.fromkeys(self.stood_in, self._stand_in.outputs)
            groups = self._stand_in.groups
        preview = run_program(
            self._request.root,
            stack,
            stacks.values[stack],
            unknown=self._request.unknown,
            secret_config=stacks.secrets[stack],
            references=outputs,
            invokes={**LOOKUPS, **directory_groups(self._made.values(), groups)},
        )
        wanted = {*_unread(preview)} - {stack, *waiting, *self._made, *self.stood_in}
        for name in sorted(wanted):
            faults = self._outside(name, (stack, *waiting))
            if faults and self._stand_in is None:
                return replace(preview, errors=faults)
            if faults:
                self.stood_in[name] = faults
        if wanted:
            return self._run(stack, stacks, waiting)
        self._made[stack] = preview
        return preview

    def _outside(self, stack: str, waiting: tuple[str, ...]) -> tuple[PreviewError, ...]:
        """Runs a stack for its outputs; returns what is wrong with it."""
        stacks = configured(replace(self._request, stacks=(stack,)))
        if stacks.problems:
            return tuple(
                PreviewError(
                    "undeclared-read", f"stack `{waiting[0]}` refers to it: {item.message}; {item.remedy}"
                )
                for item in stacks.problems
            )
        return self._run(stack, stacks, waiting).errors


def _unread(preview: Preview) -> list[str]:
    """Stacks whose outputs the program asked for and did not get."""
    return [
        error.urn.partition(_REFERENCE)[2].rpartition("/")[2]
        for error in preview.errors
        if error.kind == "undeclared-read" and error.urn is not None and _REFERENCE in error.urn
    ]
