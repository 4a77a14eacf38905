"""Loads a catalogue from a folder. Collects every fault; returns a catalogue only when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from billing_identity.roles.model.access_policy import AccessPolicy, Organisation
from billing_identity.roles.model.base import EntitlementRef, Entity, references
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Client
from billing_identity.roles.model.decision import Decision
from billing_identity.roles.model.exception import ExceptionRecord
from billing_identity.roles.model.incident import Incident, IncidentPlan
from billing_identity.roles.model.role import Role
from billing_identity.roles.model.service_account import ServiceAccount
from billing_identity.roles.model.system import System
from billing_identity.roles.model.training import TrainingModule
from billing_identity.roles.model.vendor import Vendor
from billing_identity.roles.problems import Location, Problem, sort_key
from billing_identity.roles.validation import validate
from billing_identity.roles.yaml_tree import Tree, read_tree

REFERENCE = Path(__file__).parent / "catalogue"
"""The reference organisation: default of preview and demo commands, template of `init`."""

MAX_FILES = 20_000


class Kind(NamedTuple):
    """A kind of entity: its folder (or single file) and its model."""

    name: str
    folder: str
    model: type[Entity]
    single: bool = False


KINDS: tuple[Kind, ...] = (
    Kind("organisation", "organisation.yaml", Organisation, single=True),
    Kind("access-policy", "access-policy.yaml", AccessPolicy, single=True),
    Kind("incident-plan", "incident-plan.yaml", IncidentPlan, single=True),
    Kind("role", "roles", Role),
    Kind("system", "systems", System),
    Kind("client", "clients", Client),
    Kind("vendor", "vendors", Vendor),
    Kind("service-account", "service-accounts", ServiceAccount),
    Kind("exception", "exceptions", ExceptionRecord),
    Kind("training", "training", TrainingModule),
    Kind("incident", "incidents", Incident),
    Kind("decision", "decisions", Decision),
    Kind("break-glass-use", "break-glass-uses", BreakGlassUse),
)


@dataclass(frozen=True)
class Loaded:
    """Result of loading: the catalogue, or the problems that stand in its way (sorted by place)."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Loads the catalogue in `root`.

    Never raises for what the files hold. Every fault of every file is reported at once, also the dangling
    references of files that are well-formed by themselves.
    """
    problems: list[Problem] = []
    trees: dict[tuple[str, str], Tree] = {}
    found: dict[str, dict[str, Entity]] = {kind.name: {} for kind in KINDS}
    if not root.is_dir():
        return Loaded(
            None, (_missing(".", f"`{root.name}` is not a folder", "give the folder of a catalogue"),)
        )
    if any((root / kind.folder).exists() for kind in KINDS):  # else it may be any folder, of any size
        problems += _strays(root)
    for kind in KINDS:
        for path in _files(root, kind, problems):
            name = path.relative_to(root).as_posix()
            tree = read_tree(path, name)
            problems += tree.problems
            if tree.problems:
                continue
            entity = _entity(kind, path.stem, tree, problems)
            trees[(kind.name, path.stem)] = tree
            if entity is not None:
                found[kind.name][path.stem] = entity
    if any(found.values()):
        problems += _dangling(found, trees, {path.stem for path in root.rglob("*") if path.is_file()})
    if problems:
        return Loaded(None, tuple(sorted(problems, key=sort_key)))
    return Loaded(_assemble(root, found, trees), ())


def _missing(file: str, message: str, remedy: str, code: str = "file-missing") -> Problem:
    return Problem.at(Location(file), code=code, message=message, remedy=remedy)


def _files(root: Path, kind: Kind, problems: list[Problem]) -> list[Path]:
    place = root / kind.folder
    if kind.single:
        if not place.is_file():
            problems.append(
                _missing(
                    kind.folder,
                    f"`{kind.folder}` is missing",
                    "every catalogue has one; see the reference catalogue",
                )
            )
            return []
        return [place]
    if not place.is_dir():
        if kind.name in ("role", "system"):
            problems.append(
                _missing(
                    kind.folder,
                    f"the folder `{kind.folder}/` is missing",
                    "a catalogue has roles and systems",
                )
            )
        return []
    paths = sorted(place.glob("*.yaml"))
    if len(paths) > MAX_FILES:
        problems.append(
            _missing(
                kind.folder,
                f"{len(paths):,} files, more than {MAX_FILES:,}",
                "split the catalogue",
                code="file-count",
            )
        )
        return []
    return paths


def _strays(root: Path) -> Iterator[Problem]:
    """Files that nothing would read are a fault: a role in the wrong place must not be silently absent."""
    single = {kind.folder for kind in KINDS if kind.single}
    folders = {kind.folder for kind in KINDS if not kind.single}
    seen: dict[tuple[str, str], str] = {}
    most = MAX_FILES * len(KINDS)
    found = list(islice(root.rglob("*"), most + 1))
    if len(found) > most:
        message = f"more than {most:,} files and folders"
        yield _missing(".", message, "give a catalogue's folder", code="file-count")
        return
    for path in sorted(found):
        relative = path.relative_to(root)
        name = relative.as_posix()
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            yield _missing(
                name,
                "a link that leads out of the catalogue",
                "put the file itself here",
                code="file-outside",
            )
        if not path.is_file() or path.suffix not in (".yaml", ".yml", ".json"):
            continue
        expected = name in single or (len(relative.parts) == 2 and relative.parts[0] in folders)
        if not expected or path.suffix != ".yaml":
            yield _missing(
                name,
                "no kind of entity is kept here",
                f"use `<kind>/<id>.yaml` with one of: {', '.join(sorted(folders))}",
                code="file-stray",
            )
        key = (relative.parent.as_posix(), path.stem.casefold())
        if key in seen:
            yield _missing(
                name,
                f"the id `{path.stem}` is already used by `{seen[key]}`",
                "give each entity an id of its own",
                code="duplicate-id",
            )
        seen[key] = name


def _entity(kind: Kind, stem: str, tree: Tree, problems: list[Problem]) -> Entity | None:
    filled = {"id": stem, "kind": kind.name}
    entity, faults = validate(kind.model, tree, kind.name, filled)
    problems += faults
    return entity


def _dangling(
    found: dict[str, dict[str, Entity]], trees: dict[tuple[str, str], Tree], stems: set[str]
) -> Iterator[Problem]:
    """References to what there is not.

    `stems` are the names of all files: what a faulty one of them defines can't be told, and a reference to it
    is none of the faults.
    """
    policies = [entity for entity in found["access-policy"].values() if isinstance(entity, AccessPolicy)]
    targets: dict[str, set[str]] = {kind: set(entities) for kind, entities in found.items()}
    targets |= {
        "tier": {str(name) for policy in policies for name in policy.tiers},
        "zone": {str(name) for policy in policies for name in policy.zones},
        "ring": {str(name) for policy in policies for name in policy.rings},
        "job-code": {str(code) for policy in policies for code in policy.hr.job_codes},
        "entitlement": {
            f"{system.id}/{name}"
            for system in found["system"].values()
            if isinstance(system, System)
            for name in system.entitlements
        },
    }
    for kind, entities in found.items():
        for entity in entities.values():
            for path, reference in references(entity):
                if kind == "access-policy" and reference.kind == "ring" and path[0] == "rings":
                    continue  # this is where rings are defined
                if reference in targets[reference.kind]:
                    continue
                if not policies and reference.kind in ("tier", "zone", "ring", "job-code"):
                    continue  # the access policy is faulty itself
                of, file = reference.kind, str(reference)
                if isinstance(reference, EntitlementRef):
                    of, file = "system", reference.system
                if of in found and file in stems - found[of].keys():
                    continue
                what = reference.kind
                if isinstance(reference, EntitlementRef) and reference.system not in targets["system"]:
                    what = f"system `{reference.system}`, so no entitlement"
                yield Problem.at(
                    trees[(kind, entity.id)].locate(path),
                    code="dangling-reference",
                    message=f"there is no {what} `{reference}`",
                    remedy=_suggest(reference, targets[reference.kind]),
                    subject=f"{kind}:{entity.id}",
                )


def _suggest(wanted: str, known: set[str]) -> str:
    close = get_close_matches(wanted, sorted(known), n=1)
    return f"did you mean `{close[0]}`?" if close else "add it, or name one that exists"


def _assemble(
    root: Path, found: dict[str, dict[str, Entity]], trees: dict[tuple[str, str], Tree]
) -> Catalogue:
    def of(kind: str) -> Any:  # noqa: ANN401
        return dict(sorted(found[kind].items()))

    def one(kind: str) -> Any:  # noqa: ANN401
        return next(iter(found[kind].values()))

    return Catalogue(
        root=root,
        organisation=one("organisation"),
        access_policy=one("access-policy"),
        incident_plan=one("incident-plan"),
        roles=of("role"),
        systems=of("system"),
        clients=of("client"),
        vendors=of("vendor"),
        service_accounts=of("service-account"),
        exceptions=of("exception"),
        training=of("training"),
        incidents=of("incident"),
        decisions=of("decision"),
        break_glass_uses=of("break-glass-use"),
        trees=trees,
    )
