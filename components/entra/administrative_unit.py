"""An administrative unit: the people that a help desk's directory role reaches."""

from typing import TypedDict

import pulumi
import pulumi_azuread as azuread


class AdministrativeUnitArgs(TypedDict):
    """Arguments of AdministrativeUnit."""

    display_name: str
    description: str


class AdministrativeUnit(pulumi.ComponentResource):
    """The unit without its members: azuread has no argument for a membership rule, and nobody is named."""

    object_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: AdministrativeUnitArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:AdministrativeUnit", name, None, opts)
        unit = azuread.AdministrativeUnit(
            name,
            display_name=args["display_name"],
            description=args["description"],
            hidden_membership_enabled=True,
            prevent_duplicate_names=True,
            opts=pulumi.ResourceOptions(parent=self, protect=True, ignore_changes=["members"]),
        )
        self.object_id = unit.object_id
        self.register_outputs({"objectId": unit.object_id})
