"""Whether the group that an incident fills is the one that every sign-in policy denies.

The identity layer makes the group `contained` and names it in each of its policies. In a stack of its own,
containment knows that group by an id from another stack's outputs: were that id of another group, the person
would be in it and still sign in. So the directory is asked for the group's name.
"""

from __future__ import annotations

from collections.abc import Callable

import pulumi
import pulumi_azuread as azuread
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError
from billing_identity.roles.naming import CONTAINED
from billing_identity.stacks.bind.containment.arguments import Ids
from billing_identity.stacks.providers import Providers


def confirmed(ids: Ids, providers: Providers) -> Ids:
    """The same ids; that of a group `contained` fails the update where the directory calls it otherwise."""

    def in_okta(group: pulumi.Output[str]) -> pulumi.Output[str | None]:
        options = pulumi.InvokeOutputOptions(provider=providers.okta)
        return okta.group.get_group_output(id=group, opts=options).name

    def in_entra(group: pulumi.Output[str]) -> pulumi.Output[str | None]:
        options = pulumi.InvokeOutputOptions(provider=providers.entra)
        return azuread.get_group_output(object_id=group, opts=options).display_name

    names: dict[str, Callable[[pulumi.Output[str]], pulumi.Output[str | None]]] = {
        "okta/contained": in_okta,
        "entra/contained": in_entra,
    }

    def confirm(key: str) -> pulumi.Output[str]:
        found = ids(key)
        if key not in names:
            return found
        return pulumi.Output.all(found, names[key](found)).apply(lambda pair: _same(key, pair[0], pair[1]))

    return confirm


def _same(key: str, group: str, name: str | None) -> str:
    if name != CONTAINED:
        raise ComponentInputError(
            f"the identity layer's id `{key}` is {group}, the group {name!r} and not {CONTAINED!r}: no "
            "sign-in policy denies it; correct `billing-identity:identityStack`, or deploy the identity layer"
        )
    return group
