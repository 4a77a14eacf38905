"""Resource options that the AWS components give their children."""

from collections.abc import Sequence
from typing import Any

import pulumi

from billing_identity.components.errors import ComponentInputError


def protected(opts: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """The caller's options with `protect` on, unless the caller says otherwise (a client is being
    offboarded).

    It goes on the component, so that every child inherits it and none is destroyed without the others.
    """
    return pulumi.ResourceOptions.merge(pulumi.ResourceOptions(protect=True), opts)


def child(
    parent: pulumi.Resource,
    *,
    after: Sequence[pulumi.Resource] = (),
    keep: bool = False,
    replace_first: bool = False,
) -> pulumi.ResourceOptions:
    """Options of a child: `after` are resources to wait for; `keep` leaves the object in the cloud when it
    goes.

    `keep` is for data, keys and all that protects them: what is kept must not lose its protection.
    `replace_first` deletes before it creates, for names that exist only once.
    """
    return pulumi.ResourceOptions(
        parent=parent,
        depends_on=list(after) or None,
        retain_on_delete=True if keep else None,
        delete_before_replace=True if replace_first else None,
    )


def awaited(opts: pulumi.ResourceOptions | None) -> list[pulumi.Resource]:
    """What the caller's options say that the component depends on.

    Pulumi does not make children wait for what their component waits for; a component hands this to the
    children that must. Only a plain list of resources is understood.
    """
    given: Any = None if opts is None else opts.depends_on
    if given is None:
        return []
    items: list[Any] = [*given] if isinstance(given, (list, tuple)) else [given]
    if not all(isinstance(item, pulumi.Resource) for item in items):
        raise ComponentInputError("depends_on: give a resource or a list of resources")
    return items
