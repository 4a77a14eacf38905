"""A security group whose members come by access package, PIM or an incident, never by rule."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread


class AssignedGroupArgs(TypedDict):
    """Arguments of AssignedGroup."""

    group_name: str
    description: str
    assignable_to_role: bool
    """Whether a directory role may hang on it; can't be changed later."""
    adopt_group: NotRequired[str]
    """Object id of a group to adopt instead of making one."""


class AssignedGroup(pulumi.ComponentResource):
    """The group without its members, so that an update never removes somebody who was just let in."""

    object_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: AssignedGroupArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:AssignedGroup", name, None, opts)
        adopt = args.get("adopt_group")
        group = azuread.GroupWithoutMembers(
            name,
            display_name=args["group_name"],
            description=args["description"],
            security_enabled=True,
            mail_enabled=False,
            assignable_to_role=args["assignable_to_role"],
            prevent_duplicate_names=adopt is None,
            opts=pulumi.ResourceOptions(parent=self, import_=f"/groups/{adopt}" if adopt else None),
        )
        self.object_id = group.object_id
        self.register_outputs({"objectId": group.object_id})
