"""Microsoft's own services, taken over as they are in the tenant."""

from collections.abc import Mapping
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread


class FirstPartyArgs(TypedDict):
    """Arguments of FirstParty."""

    services: Mapping[str, str]
    """Client id by name."""


class FirstParty(pulumi.ComponentResource):
    """Their service principals, for permissions and policies to refer to. A destroy only forgets them."""

    object_ids: dict[str, pulumi.Output[str]]
    """Object id of each by name."""

    def __init__(self, name: str, args: FirstPartyArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:entra:FirstParty", name, None, opts)
        self.object_ids = {
            service: azuread.ServicePrincipal(
                f"{name}-{service}",
                client_id=client,
                use_existing=True,
                account_enabled=True,
                opts=pulumi.ResourceOptions(parent=self),
            ).object_id
            for service, client in sorted(args["services"].items())
        }
        self.register_outputs({"objectIds": self.object_ids})
