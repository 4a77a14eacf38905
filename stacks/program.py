"""The program: settings and catalogue in, layers declared; the same for `pulumi up`, preview and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pulumi

from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.checks import run_checks
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.problems import Problem, exit_code
from billing_identity.stacks import adoption
from billing_identity.stacks.adoption import unknown_adoptions, unnamed_groups
from billing_identity.stacks.aws_in_catalogue import catalogue_faults
from billing_identity.stacks.bind.containment import lasting
from billing_identity.stacks.bind.containment.incidents import Incidents
from billing_identity.stacks.bind.containment.loading import load_incidents
from billing_identity.stacks.bind.containment.lockouts import lockouts
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import as_output
from billing_identity.stacks.layer import Layer
from billing_identity.stacks.layers import containment, data, detection, identity, keys, logging, workforce
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import ReadSettings, Settings, read_settings, settings_places
from billing_identity.stacks.wanted_providers import uncontained, unset_providers

BUILDERS: Mapping[str, Callable[[Context], None]] = {
    "keys": keys.build,
    "logging": logging.build,
    "data": data.build,
    "identity": identity.build,
    "detection": detection.build,
    "workforce": workforce.build,
    "containment": containment.build,
}
"""Layers in the order in which their stacks are deployed."""


WRONG_INPUT = 2
"""`exit_code` of problems that leave nothing to preview."""


class InputError(Exception):
    """The catalogue, the settings or the configuration can't be used; nothing was registered.

    `problems` holds every fault with its place.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{p.location}: {p.message}; {p.remedy}" for p in problems))
        self.problems = problems


def layers_of(text: str) -> frozenset[str]:
    """The layers that a configuration value names: one, several joined by commas, or `all`.

    Raises ValueError for a name that is no layer.
    """
    names = frozenset(BUILDERS) if text == "all" else frozenset(name.strip() for name in text.split(","))
    unknown = sorted(names - frozenset(BUILDERS))
    if unknown:
        raise ValueError(f"no layer {', '.join(unknown)}: use all, or {', '.join(BUILDERS)}")
    return names


def main() -> None:
    """Declares the layers that the stack's configuration asks for; see `declare`.

    Bad input ends the program with its faults one a line and no traceback (`pulumi.RunError`).
    """
    try:
        declare()
    except (InputError, ComponentInputError, LookupError, ValueError) as error:
        if isinstance(error, (KeyError, IndexError)):
            raise  # a fault of ours, not of the input: the traceback is wanted
        raise pulumi.RunError(str(error)) from error


def _refuse_blocked(problems: Iterable[Problem]) -> None:
    """An update of a catalogue that its checks block is refused, with or without a policy pack.

    A preview goes on where only a policy matter blocks: it is there to show all of what is wrong.
    """
    blocking = tuple(problem for problem in problems if problem.blocks)
    if blocking and (not pulumi.runtime.is_dry_run() or exit_code(blocking) == WRONG_INPUT):
        raise InputError(blocking)
    for problem in blocking:
        pulumi.log.warn(f"{problem.location}: {problem.message}")


def _contain(root: Path, read: ReadSettings, as_of: date) -> None:
    """The containment layer in a stack of its own: only incidents that are wrong, and settings that are not
    well formed, stop it."""
    incidents, wrong, elsewhere = load_incidents(root)
    settings = read.well_formed
    if settings is None or wrong:
        raise InputError((*read.problems, *wrong))
    if locked := containment_faults(incidents, settings, as_of):
        raise InputError(locked)
    for problem in (*read.problems, *elsewhere):
        pulumi.log.warn(f"left aside: {problem.location}: {problem.message}")
    containment.declare_alone(incidents, settings, as_of)


def containment_faults(incidents: Incidents, settings: Settings, as_of: date) -> tuple[Problem, ...]:
    """What stops the containment layer in a stack of its own, incidents and settings sound by themselves."""
    return (*lockouts(incidents, settings, as_of), *uncontained(incidents, settings, as_of))


def faults_together(root: Path, settings: Settings, catalogue: Catalogue, as_of: date) -> tuple[Problem, ...]:
    """What is wrong with settings and catalogue together, each sound by itself. `root`: the project."""
    return (
        *unset_providers(settings, catalogue),
        *unknown_adoptions(settings, catalogue),
        *unnamed_groups(settings, catalogue),
        *catalogue_faults(settings, catalogue, as_of, settings_places(root, settings.environment)),
        *lockouts(Incidents.of(catalogue), settings, as_of),
    )


def declare() -> None:
    """Reads the stack's configuration and declares its layers.

    Configuration (namespace `billing-identity`): `layer`, `environment`, `shard` (optional), `catalogue`
    (folder, relative to the project; the reference organisation by default), `asOf` (YYYY-MM-DD; today).
    Raises InputError or ValueError before anything is registered.
    """
    config = pulumi.Config("billing-identity")
    root = Path(pulumi.get_root_directory())
    as_of = date.fromisoformat(config.get("asOf") or date.today().isoformat())
    layers = layers_of(config.require("layer"))
    read = read_settings(root, config.require("environment"))
    folder = config.get("catalogue")
    catalogue_root = root / folder if folder else REFERENCE
    if layers == frozenset({"containment"}):
        _contain(catalogue_root, read, as_of)
        return
    loaded, settings = load(catalogue_root), read.sound
    if settings is None or loaded.catalogue is None:
        raise InputError((*read.problems, *loaded.problems))
    if wrong := faults_together(root, settings, loaded.catalogue, as_of):
        raise InputError(wrong)
    _refuse_blocked(run_checks(loaded.catalogue, as_of, environment=settings.environment))
    context = Context(
        settings=settings,
        catalogue=loaded.catalogue,
        as_of=as_of,
        layers=layers,
        providers=Providers(settings),
        shard=config.get("shard"),
    )
    adoption.register(settings)
    lasting.register(loaded.catalogue, as_of)
    for name, build in BUILDERS.items():
        if name in layers:
            with context.providers.inside(Layer(name)):
                build(context)
    pulumi.export("asOf", as_of.isoformat())
    pulumi.export("catalogueIds", dict(sorted(context.index.items())))
    pulumi.export("gaps", as_output(context.gaps))
