"""Resource options that the AWS components give their children."""

from collections.abc import Sequence

import pulumi


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
    loose: bool = False,
) -> pulumi.ResourceOptions:
    """Options of a child: `after` are resources to wait for; `keep` leaves the object in the cloud when it
    goes.

    `keep` is for data, keys and all that protects them: what is kept must not lose its protection.
    `replace_first` deletes before it creates, for what exists once: the other way round the name is taken, or
    the old object's deletion takes the new one's setting with it. `loose` is what ordinary life replaces or
    takes away, such as somebody's access: the engine refuses both for what is protected.
    """
    return pulumi.ResourceOptions(
        parent=parent,
        depends_on=list(after) or None,
        protect=False if loose else None,
        retain_on_delete=True if keep else None,
        delete_before_replace=True if replace_first else None,
    )
