"""The reference organisation previewed with other providers and licences than it has.

In process and offline: what a company with only Okta, only Entra, or one licence less would get.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from billing_identity.review.preview.monitor import Invokes
from billing_identity.review.preview.outside import References
from billing_identity.review.preview.record import Preview
from billing_identity.review.preview.run import run_callable
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks import variants
from billing_identity.stacks.bind.containment import lasting
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.layer import Layer
from billing_identity.stacks.program import BUILDERS
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Capabilities, Settings, load_settings

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 11, 24)
"""As of this day, so that the same files give the same previews whenever they are made."""
IDENTITY_LAYERS = ("identity", "containment")
CLOUD_LAYERS = ("keys", "logging", "data", "workforce", *IDENTITY_LAYERS)
"""The layers that an AWS organisation, or none, makes a difference to."""
LICENCES = tuple(Capabilities.model_fields)
AS_DECLARED, OKTA_ONLY, ENTRA_ONLY = "as declared", "Okta only", "Entra only"
EVERY_LICENCE, NO_LICENCE = "every licence", "no licence"
ONE_ACCOUNT = "one AWS account"


@dataclass(frozen=True)
class Variant:
    """One preview: what would be declared, and what the program says it does not declare."""

    name: str
    preview: Preview
    gaps: frozenset[Gap]

    def counts(self) -> Counter[str]:
        """Resources by provider: `okta`, `entra`, `aws`."""
        return Counter(item.package.replace("azuread", "entra") for item in self.preview.resources())


def without(licence: str) -> str:
    """Name of the variant that has every licence but one, by its field in `Capabilities`."""
    return f"without {licence}"


def names() -> tuple[str, ...]:
    """Every variant of the identity layers."""
    identity = (without(name) for name in LICENCES if not name.startswith("aws_"))
    return (AS_DECLARED, OKTA_ONLY, ENTRA_ONLY, EVERY_LICENCE, *identity, NO_LICENCE)


@cache
def reference() -> variants.Organisation:
    """Catalogue and settings of the reference organisation. Raises ValueError for unsound ones."""
    loaded, (settings, problems) = load(REFERENCE), load_settings(ROOT, "prod")
    if loaded.catalogue is None or settings is None:
        raise ValueError(f"the reference organisation is not sound: {(*loaded.problems, *problems)}")
    return loaded.catalogue, settings


def organisation(name: str) -> variants.Organisation:
    """Catalogue and settings of a variant. Raises ValueError for an unknown name or a broken reference."""
    catalogue, settings = reference()
    if name == AS_DECLARED:
        return catalogue, settings
    if name == OKTA_ONLY:
        return variants.okta_only(catalogue, settings)
    if name == ENTRA_ONLY:
        return variants.entra_only(catalogue, settings)
    if name == ONE_ACCOUNT:
        return catalogue, variants.one_account(settings)
    if name == without("aws_organization"):
        return catalogue, variants.licensed(variants.one_account(settings), aws_organization=False)
    every = dict.fromkeys(LICENCES, True)
    if name == EVERY_LICENCE:
        return catalogue, variants.licensed(settings, **every)
    if name == NO_LICENCE:
        return catalogue, variants.licensed(settings, **{key: key.startswith("aws_") for key in LICENCES})
    for licence in LICENCES:
        if name == without(licence):
            return catalogue, variants.licensed(settings, **{**every, licence: False})
    raise ValueError(f"no variant {name!r}: use one of {', '.join(names())}")


@cache
def variant(name: str, layers: tuple[str, ...] = IDENTITY_LAYERS) -> Variant:
    """A variant's preview, made once a process. Raises ValueError for one that declares a fault."""
    contexts: list[Context] = []
    preview = declared(*organisation(name), layers, contexts=contexts)
    if preview.errors:
        raise ValueError(f"{name}: {'; '.join(map(str, preview.errors))}")
    return Variant(name, preview, frozenset(contexts[0].gaps))


def declared(
    catalogue: Catalogue,
    settings: Settings,
    layers: Iterable[str],
    *,
    day: date = DAY,
    shard: str | None = None,
    builders: Mapping[str, Callable[[Context], None]] = BUILDERS,
    contexts: list[Context] | None = None,
    unknown: bool = False,
    references: References | None = None,
    invokes: Invokes | None = None,
) -> Preview:
    """The layers as the program declares them, in one stack. Look at `errors` first.

    `shard` and `builders` narrow what is declared; `contexts` is given the run's, for its gaps and its index.
    The others are those of `run_callable`.
    """

    def program() -> None:
        context = Context(
            settings=settings,
            catalogue=catalogue,
            as_of=day,
            layers=frozenset(layers),
            providers=Providers(settings),
            shard=shard,
        )
        lasting.register(catalogue, day)
        for name, build in builders.items():
            if name in context.layers:
                with context.providers.inside(Layer(name)):
                    build(context)
        if contexts is not None:
            contexts.append(context)

    return run_callable(
        program,
        root=ROOT,
        stack="all-prod",
        project="billing-identity",
        config={"pulumi:disable-default-providers": '["*"]'},
        unknown=unknown,
        references=references,
        invokes=invokes,
    )
