"""Problems of a catalogue, for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from billing_identity.review.console import styled
from billing_identity.roles.problems import Problem

_WORDS = {"input": "wrong", "policy": "blocked", "notice": "notice"}


def print_blocking(console: Console, problems: Sequence[Problem]) -> None:
    """Every blocking problem: who and where, what it is, what to write instead, and the paragraph."""
    for problem in problems:
        if not problem.blocks:
            continue
        head = styled(_WORDS[problem.severity], "bold red")
        head.append_text(styled(f"  {problem.subject or problem.code}", "bold"))
        head.append_text(styled(f"  {problem.code}  {problem.location}", "dim"))
        console.print(head)
        _indent(console, problem.message)
        _indent(console, f"Instead: {problem.remedy}")
        if problem.citations:
            _indent(console, _cited(problem.citations), "dim")
        console.print()


def print_known(console: Console, problems: Sequence[Problem]) -> None:
    """What exceptions lift and what is only to be known, after what blocks: a row each."""
    rows = [problem for problem in problems if not problem.blocks]
    if not rows:
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(ratio=1)
    for problem in sorted(rows, key=lambda problem: problem.lifted_by is None):
        lifted = problem.lifted_by is not None
        word = styled("lifted", "cyan") if lifted else styled("notice", "yellow")
        why = f"exception:{problem.lifted_by}" if lifted else problem.remedy
        table.add_row(word, styled(problem.message), styled(f"{why}\n{problem.location}", "dim"))
    console.print(table)


def _indent(console: Console, text: str, style: str = "") -> None:
    console.print(Padding(styled(text, style), (0, 0, 0, 4), expand=False))


def _cited(citations: Sequence[str]) -> str:
    return ", ".join(
        f"45 CFR {citation}" if citation.startswith("164.") else citation for citation in citations
    )


def as_data(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as JSON-like data, one object each."""
    return [{**asdict(problem), "blocks": problem.blocks} for problem in problems]


def summary(problems: Sequence[Problem]) -> str:
    """Counts in a sentence."""
    blocking = sum(problem.blocks for problem in problems)
    lifted = sum(problem.lifted_by is not None for problem in problems)
    notices = sum(problem.severity == "notice" for problem in problems)
    return f"{blocking} blocking, {lifted} lifted by exceptions, {notices} notices"
