"""Roles inherit without going round in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter

from billing_identity.roles.checks.finding import finding, spoken
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem

ID = "inheritance-cycle"
TITLE = "Roles inherit without a cycle"
CITATIONS = ("164.308(a)(4)(ii)(B)",)


def check(catalogue: Catalogue, as_of: date) -> Iterator[Problem]:
    """One problem a cycle, at the first role of it by id."""
    parents = {role.id: [str(parent) for parent in role.inherits] for role in catalogue.roles.values()}
    try:
        TopologicalSorter(parents).prepare()
    except CycleError:
        yield from _circles(catalogue, parents)


def _circles(catalogue: Catalogue, parents: dict[str, list[str]]) -> Iterator[Problem]:
    import networkx as nx  # a tenth of a second, which only a catalogue with a circle has to wait

    graph: nx.DiGraph[str] = nx.DiGraph(parents)
    for component in sorted(nx.strongly_connected_components(graph), key=min):
        first = min(component)
        role = catalogue.roles[first]
        if len(component) == 1 and first not in role.inherits:
            continue
        position = next(index for index, parent in enumerate(role.inherits) if parent in component)
        yield finding(
            catalogue,
            role,
            ("inherits", position),
            code=ID,
            message=f"roles inherit from one another in a circle: {spoken(sorted(component))}",
            remedy="remove one of the `inherits` entries; put what is shared into an abstract role",
            severity="input",
            citations=CITATIONS,
        )
