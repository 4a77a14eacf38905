"""Loads a catalogue from a folder. Collects every fault; a catalogue is whole only without any."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, cast

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
from billing_identity.roles.partial import KnownEntries, NotKnownError, known_of
from billing_identity.roles.problems import Location, Problem, sort_key
from billing_identity.roles.validation import examine
from billing_identity.roles.yaml_tree import Steps, Tree, read_tree

REFERENCE = Path(__file__).parent / "catalogue"
"""The reference organisation: default of preview and demo commands, template of `init`."""

MAX_FILES = 20_000

_POLICY_NAMES: Mapping[str, Callable[[AccessPolicy], Iterable[str]]] = {
    "tier": lambda policy: policy.tiers,
    "zone": lambda policy: policy.zones,
    "ring": lambda policy: policy.rings,
    "job-code": lambda policy: policy.hr.job_codes,
}
"""What the access policy defines, by kind of reference."""


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
    known: Catalogue | None = None
    """What the files say all the same, for checks (see `roles.partial`). None without a folder."""


class _Files(NamedTuple):
    """What the files of each kind give, by kind and id."""

    entities: dict[str, dict[str, Entity]]
    trees: dict[tuple[str, str], Tree]
    faulty: dict[tuple[str, str], frozenset[Steps]]
    """Paths of what is not known of an entity."""


def load(root: Path) -> Loaded:
    """Loads the catalogue in `root`.

    Never raises for what the files hold. Every fault of every file is reported at once, also the dangling
    references of files that are well-formed by themselves.
    """
    if not root.is_dir():
        return Loaded(
            None, (_missing(".", f"`{root.name}` is not a folder", "give the folder of a catalogue"),)
        )
    problems: list[Problem] = []
    if any((root / kind.folder).exists() for kind in KINDS):  # else it may be any folder, of any size
        problems += _strays(root)
    astray = {Path(problem.location.file).stem for problem in problems}
    files = _Files({kind.name: {} for kind in KINDS}, {}, {})
    unread: set[str] = set()
    for kind in KINDS:
        paths, missing = _files(root, kind)
        if missing is not None:
            problems.append(missing)
            unread.add(kind.name)
        for path in paths:
            problems += _read(kind, path, path.relative_to(root).as_posix(), files)
    problems += _without_dangling(files, astray, unread)
    catalogue = _assemble(root, files, {kind.name for kind in KINDS} if astray else unread)
    if problems:
        return Loaded(None, tuple(sorted(problems, key=sort_key)), catalogue)
    return Loaded(catalogue, (), catalogue)


def _missing(file: str, message: str, remedy: str, code: str = "file-missing") -> Problem:
    return Problem.at(Location(file), code=code, message=message, remedy=remedy)


def _files(root: Path, kind: Kind) -> tuple[list[Path], Problem | None]:
    """The kind's files, or why they can't be read."""
    place = root / kind.folder
    if kind.single:
        if place.is_file():
            return [place], None
        remedy = "every catalogue has one; see the reference catalogue"
        return [], _missing(kind.folder, f"`{kind.folder}` is missing", remedy)
    if not place.is_dir():
        if kind.name not in ("role", "system"):
            return [], None
        message = f"the folder `{kind.folder}/` is missing"
        return [], _missing(kind.folder, message, "a catalogue has roles and systems")
    paths = sorted(place.glob("*.yaml"))
    if len(paths) > MAX_FILES:
        message = f"{len(paths):,} files, more than {MAX_FILES:,}"
        return [], _missing(kind.folder, message, "split the catalogue", code="file-count")
    return paths, None


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


def _read(kind: Kind, path: Path, name: str, files: _Files) -> list[Problem]:
    tree = read_tree(path, name)
    examined = examine(kind.model, tree, kind.name, {"id": path.stem, "kind": kind.name})
    key = (kind.name, path.stem)
    files.entities[kind.name][path.stem] = examined.known
    files.trees[key] = tree
    if examined.value is None:
        files.faulty[key] = examined.faulty
    return examined.problems


def _without_dangling(files: _Files, astray: set[str], unread: set[str]) -> list[Problem]:
    """The references to what there is not; what they stand for is taken for unknown."""
    problems: list[Problem] = []
    faulty: dict[tuple[str, str], set[Steps]] = {}
    for key, path, problem in _dangling(files, astray, unread):
        problems.append(problem)
        faulty.setdefault(key, set()).add(path)
    models = {kind.name: kind.model for kind in KINDS}
    for (kind, name), paths in faulty.items():
        files.faulty[kind, name] = files.faulty.get((kind, name), frozenset()) | paths
        data = {**files.trees[kind, name].data, "id": name, "kind": kind}
        files.entities[kind][name] = known_of(models[kind], data, files.faulty[kind, name])
    return problems


def _dangling(
    files: _Files, astray: set[str], unread: set[str]
) -> Iterator[tuple[tuple[str, str], Steps, Problem]]:
    """References to what there is not: whose, at which path, and the problem.

    None of them is a reference to what nobody could read: a file that lies `astray`, an entity of an `unread`
    kind, or what a faulty file leaves unknown.
    """
    targets = {kind: set(entities) for kind, entities in files.entities.items()}
    unread = set(unread)
    for kind, read in _POLICY_NAMES.items():
        try:
            policy = cast("AccessPolicy", files.entities["access-policy"]["access-policy"])
            targets[kind] = {str(name) for name in read(policy)}
        except (KeyError, NotKnownError):
            unread.add(kind)
    entitlements: dict[str, set[str]] = {}
    for system in cast("Mapping[str, System]", files.entities["system"]).values():
        with suppress(NotKnownError):
            entitlements[system.id] = {f"{system.id}/{name}" for name in system.entitlements}
    targets["entitlement"] = set().union(*entitlements.values())
    for kind, entities in files.entities.items():
        for entity in entities.values():
            for path, reference in references(entity):
                if kind == "access-policy" and reference.kind == "ring" and path[0] == "rings":
                    continue  # this is where rings are defined
                of, file, what = reference.kind, str(reference), reference.kind
                if isinstance(reference, EntitlementRef):
                    of, file = "system", reference.system
                    if file not in targets["system"]:
                        what = f"system `{file}`, so no entitlement"
                    elif file not in entitlements:
                        continue
                if of in unread or reference in targets[reference.kind]:
                    continue
                if of in files.entities and file in astray - targets[of]:
                    continue
                problem = Problem.at(
                    files.trees[kind, entity.id].locate(path),
                    code="dangling-reference",
                    message=f"there is no {what} `{reference}`",
                    remedy=_suggest(reference, targets[reference.kind]),
                    subject=f"{kind}:{entity.id}",
                )
                yield (kind, entity.id), path, problem


def _suggest(wanted: str, known: set[str]) -> str:
    close = get_close_matches(wanted, sorted(known), n=1)
    return f"did you mean `{close[0]}`?" if close else "add it, or name one that exists"


def _assemble(root: Path, files: _Files, incomplete: Collection[str]) -> Catalogue:
    """The catalogue; of `incomplete` kinds there may be entities that nobody could read."""

    def of(kind: str) -> Any:  # noqa: ANN401
        found = files.entities[kind]
        # What is known in part comes last, so that a check has said of the others what it can.
        ordered = {
            name: found[name] for name in sorted(found, key=lambda name: ((kind, name) in files.faulty, name))
        }
        return KnownEntries(ordered) if kind in incomplete else ordered

    def one(kind: Kind) -> Any:  # noqa: ANN401
        return next(iter(files.entities[kind.name].values()), None) or known_of(kind.model, None, ())

    organisation, access_policy, incident_plan = (one(kind) for kind in KINDS if kind.single)
    return Catalogue(
        root=root,
        organisation=organisation,
        access_policy=access_policy,
        incident_plan=incident_plan,
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
        trees=files.trees,
        whole=not files.faulty and not incomplete,
    )
