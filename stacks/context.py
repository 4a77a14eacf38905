"""What every layer is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pulumi

from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.providers import Providers
from billing_identity.stacks.settings import Settings


@dataclass(frozen=True)
class Context:
    """Settings, catalogue and providers of one run.

    `shard` selects the clients of the `keys` and `data` layers; None means all of them. `index` collects
    what a resource's type has no room for: catalogue id by name of component. `gaps` collects what is not
    declared, with what stands in for it. `handed` has the ids that later layers need and nothing derives:
    `okta/contained`, `okta/app/<system>`, `okta/policy/<system>`, `entra/contained`, `entra/app/<system>`.
    """

    settings: Settings
    catalogue: Catalogue
    as_of: date
    layers: frozenset[str]
    providers: Providers
    shard: str | None = None
    index: dict[str, str] = field(default_factory=dict[str, str])
    gaps: list[Gap] = field(default_factory=list[Gap])
    handed: dict[str, pulumi.Output[str]] = field(default_factory=dict[str, "pulumi.Output[str]"])

    made: dict[str, pulumi.Resource] = field(default_factory=dict[str, "pulumi.Resource"])
    """Resources that a later layer of the run waits for: `okta/log-stream`, `logs/...`, `data/<store>`."""

    @property
    def short_name(self) -> str:
        """The company's prefix for globally unique names."""
        return self.catalogue.organisation.short_name
