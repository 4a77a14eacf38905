"""The identity layer: roles, applications and sign-in, in Okta and in Entra."""

from __future__ import annotations

import pulumi

from billing_identity.stacks.context import Context
from billing_identity.stacks.layers import identity_entra, identity_okta

IDS = "identityIds"
"""Stack output of this layer: live id by the keys of `Context.handed`."""


def build(context: Context) -> None:
    """Declares the layer for the providers that the settings name; hands on what `containment` refers to."""
    if context.settings.okta is not None:
        identity_okta.build(context, context.settings.okta)
    if context.settings.entra is not None:
        identity_entra.build(context, context.settings.entra)
    pulumi.export(IDS, dict(sorted(context.handed.items())))
