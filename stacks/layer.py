"""A layer as a component: the parent of everything in it, so that a plan reads by layer."""

from __future__ import annotations

import pulumi

TYPE = "billing-identity:stack:Layer"


class Layer(pulumi.ComponentResource):
    """Groups a layer's resources. Its name is the layer's."""

    def __init__(self, name: str) -> None:
        super().__init__(TYPE, name)
        self.register_outputs({})
