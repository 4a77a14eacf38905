"""One resource of a program, as the evaluator and the stack rules' graph take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from billing_identity.policies.framework.reader import Options, ResourceView


@dataclass(frozen=True)
class ResourceRecord:
    """A registration. Properties by wire name (camelCase), JSON-like.

    An unknown leaf is the text `billing_identity.policies.framework.wire.UNKNOWN`; a secret leaf is the
    wire's secret mapping, or any object with the plain value in `.value`. `outputs` hold the inputs and
    what is computed; leave them empty for a resource whose outputs equal its inputs. `id` is None while
    it is unknown, and for components.
    """

    urn: str
    type: str
    name: str
    props: Mapping[str, object]
    outputs: Mapping[str, object] = field(default_factory=dict[str, object])
    id: str | None = None
    custom: bool = True
    parent: str | None = None
    provider: str | None = None
    """Reference to the provider resource, `URN::id`."""
    dependencies: tuple[str, ...] = ()
    property_dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    protect: bool = False
    ignore_changes: tuple[str, ...] = ()

    @property
    def effective(self) -> Mapping[str, object]:
        """Outputs where there are any, inputs otherwise."""
        return self.outputs or self.props

    def view(self, *, outputs: bool = False, reads: set[str] | None = None) -> ResourceView:
        """The resource as a rule reads it: its inputs, or what a stack rule sees with `outputs`."""
        properties = self.effective if outputs else self.props
        options = Options(self.protect, self.ignore_changes)
        return ResourceView(self.urn, self.type, self.name, properties, options, reads)
