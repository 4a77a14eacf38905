"""The containment stack previewed alone: only what holds up its update holds up its preview.

As in `stacks.program`: a fault anywhere else in the catalogue, in the identity layer or of another check is
said, and left aside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from billing_identity.review.inputs import check_catalogue
from billing_identity.review.preview.record import PreviewError
from billing_identity.review.stack_runs import Request, StandIn
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.naming import CONTAINED
from billing_identity.roles.problems import Location, Problem, sort_key
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.loading import load_incidents
from billing_identity.stacks.layers.containment import NAME
from billing_identity.stacks.layers.identity import IDS
from billing_identity.stacks.program import containment_faults
from billing_identity.stacks.settings import Settings

LAYER = NAME


@dataclass(frozen=True)
class Alone:
    """What is to be said of the input, the catalogue where it is sound, and what stands in for identity."""

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    stand_in: StandIn


def read(request: Request, folder: Path, settings: Settings, environment: str) -> Alone:
    """Reads incidents and settings as the program does; the rest of the catalogue's faults are notices."""
    incidents, wrong, _ = load_incidents(folder)
    blocking = {*wrong, *containment_faults(incidents, settings, request.as_of)}
    checked = check_catalogue(folder, request.as_of, environment)
    sound = checked.catalogue is not None
    others = [
        problem if sound and problem.subject.startswith("incident:") else _aside(problem)
        for problem in checked.problems
        if problem not in blocking
    ]
    found = tuple(sorted((*blocking, *others), key=sort_key))
    return Alone(found, checked.catalogue, stand_in(incidents))


def stood_in(stacks: dict[str, tuple[PreviewError, ...]]) -> Iterable[Problem]:
    """A notice for each stack whose ids are made up, because it can't be run itself."""
    for stack, faults in stacks.items():
        yield Problem.at(
            Location("stacks/config"),
            code="stand-in",
            message=f"the ids of `{stack}` are made up: it can't be previewed ({faults[0]})",
            remedy="nothing for containment; the update takes the ids that are live",
            severity="notice",
        )


def _aside(problem: Problem) -> Problem:
    if not problem.blocks:
        return problem
    return replace(problem, severity="notice", message=f"left aside: {problem.message}")


def stand_in(incidents: Incidents) -> StandIn:
    """Every id that the identity layer hands over: of the groups `contained`, and of each system."""
    groups = {"okta/contained": _okta_id("00g", "contained"), "entra/contained": _uuid("contained")}
    ids = dict(groups)
    for system in incidents.systems:
        ids[f"okta/app/{system}"] = _okta_id("0oa", system)
        ids[f"okta/policy/{system}"] = _okta_id("rst", system)
        ids[f"entra/app/{system}"] = _uuid(system)
    return StandIn({IDS: ids}, dict.fromkeys(groups.values(), CONTAINED))


def _okta_id(prefix: str, key: str) -> str:
    return prefix + sha256(key.encode()).hexdigest()[:17]


def _uuid(key: str) -> str:
    return str(UUID(sha256(key.encode()).hexdigest()[:32]))
