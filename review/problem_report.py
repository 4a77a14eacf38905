"""Problems of a catalogue, for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding

from billing_identity.review.console import styled
from billing_identity.roles.problems import Problem

_STYLES = {"input": "bold red", "policy": "bold red", "notice": "yellow"}
_WORDS = {"input": "wrong", "policy": "not allowed", "notice": "notice"}


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Every problem: what it is and where, then what it says, then what to write instead."""
    for problem in problems:
        lifted = problem.lifted_by is not None
        word = "lifted" if lifted else _WORDS[problem.severity]
        style = "cyan" if lifted else _STYLES[problem.severity]
        head = styled(word, style)
        head.append_text(styled(f"  {problem.code}"))
        if problem.subject:
            head.append_text(styled(f"  {problem.subject}", "bold"))
        head.append_text(styled(f"  {problem.location}", "dim"))
        console.print(head)
        console.print(Padding(styled(problem.message), (0, 0, 0, 4)))
        if lifted:
            console.print(Padding(styled(f"lifted by exception:{problem.lifted_by}", "cyan"), (0, 0, 0, 4)))
        else:
            console.print(Padding(styled(f"Instead: {problem.remedy}"), (0, 0, 0, 4)))
        if problem.citations:
            console.print(Padding(styled(f"45 CFR {', '.join(problem.citations)}", "dim"), (0, 0, 0, 4)))


def as_data(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as JSON-like data, one object each."""
    return [{**asdict(problem), "blocks": problem.blocks} for problem in problems]


def summary(problems: Sequence[Problem]) -> str:
    """Counts in a sentence."""
    blocking = sum(problem.blocks for problem in problems)
    lifted = sum(problem.lifted_by is not None for problem in problems)
    notices = sum(problem.severity == "notice" for problem in problems)
    return f"{blocking} blocking, {lifted} lifted by exceptions, {notices} notices"
