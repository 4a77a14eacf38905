"""What a rule may know beside the resource: the pack's settings, the catalogue, its memory of this run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from billing_identity.policies.framework.rule import NotApplicableError
from billing_identity.policies.framework.settings import PackSettings
from billing_identity.roles.model.catalogue import Catalogue


@dataclass
class RuleContext:
    """One rule's surroundings in one run. `memory` lives as long as the run and belongs to the rule."""

    settings: PackSettings
    catalogue: Catalogue | None
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])
    memory: dict[str, object] = field(default_factory=dict[str, object])

    def need_catalogue(self) -> Catalogue:
        """The catalogue; without one the rule is not applicable, and says so."""
        if self.catalogue is None:
            raise NotApplicableError("needs a catalogue, and the pack's settings name none")
        return self.catalogue

    def number(self, name: str) -> float:
        """A parameter that is a number; its default stands in the rule's `parameters`."""
        value = self.parameters[name]
        if not isinstance(value, (int, float)):
            raise TypeError(f"parameter `{name}` is not a number")
        return float(value)

    def texts(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of texts."""
        value = self.parameters[name]
        if not isinstance(value, (list, tuple)):
            raise TypeError(f"parameter `{name}` is not a list")
        return tuple(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
