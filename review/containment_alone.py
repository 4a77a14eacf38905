"""The containment stack previewed alone: only what holds up its update holds up its preview.

As in `stacks.program`: a fault anywhere else in the catalogue, in the identity layer or of another check is
said, and left aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from billing_identity.policies.framework.registry import rules
from billing_identity.policies.framework.rule import Rule
from billing_identity.review.inputs import Checked
from billing_identity.review.preview.record import PreviewError
from billing_identity.review.stack_runs import StandIn
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.naming import CONTAINED
from billing_identity.roles.problems import Location, Problem, sort_key
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.loading import load_incidents
from billing_identity.stacks.layers.identity import IDS
from billing_identity.stacks.program import containment_faults
from billing_identity.stacks.settings import Settings

BY_INCIDENT = ("entra-no-direct-membership", "okta-no-direct-membership")
"""Rules that accept a member of the group `contained` whom the catalogue's incidents name."""


@dataclass(frozen=True)
class Alone:
    """What is to be said of the input, the catalogue to judge by, and what stands in for the identity layer.

    `catalogue` is None where it is at fault: the pack would be held up by it.
    """

    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    stand_in: StandIn


def read(folder: Path, checked: Checked, faults: Iterable[Problem], settings: Settings, as_of: date) -> Alone:
    """Reads the incidents as the program reads them: they block, and so does what a check says of one.

    All else that is wrong, with the catalogue in `folder` and with settings that are well formed (`faults`),
    is a notice.
    """
    incidents, wrong, _ = load_incidents(folder)
    blocking = {*wrong, *containment_faults(incidents, settings, as_of)}
    others = [
        problem if _of_incident(problem) else _aside(problem)
        for problem in (*faults, *checked.problems)
        if problem not in blocking
    ]
    sound = not any(problem.blocks for problem in checked.problems)
    if not sound:
        others.append(
            _notice(f"without the catalogue {' and '.join(BY_INCIDENT)} do not judge", "correct it")
        )
    problems = tuple(sorted((*blocking, *others), key=sort_key))
    return Alone(problems, checked.catalogue if sound else None, stand_in(incidents))


def rules_without_catalogue() -> list[Rule]:
    """The pack without the rules that ask the catalogue's incidents."""
    return [rule for rule in rules() if rule.id not in BY_INCIDENT]


def _of_incident(problem: Problem) -> bool:
    """Whether it is an incident's own matter, and not what it names in the rest of the catalogue."""
    return problem.subject.startswith("incident:") and problem.code != "dangling-reference"


def stood_in(stacks: Mapping[str, tuple[PreviewError, ...]]) -> Iterable[Problem]:
    """A notice for each stack whose ids are made up, because it can't be run itself."""
    for stack in stacks:
        message = f"the ids of `{stack}` are made up, since its program stops at a fault"
        yield _notice(message, "nothing for containment: the update takes the ids that are live")


def _notice(message: str, remedy: str) -> Problem:
    place = Location("stacks/config")
    return Problem.at(place, code="containment-alone", message=message, remedy=remedy, severity="notice")


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
