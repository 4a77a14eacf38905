"""A group that no rule fills: its members come by access request, or are named by an administrator."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta


class AssignedGroupArgs(TypedDict):
    """Arguments of AssignedGroup."""

    group_name: str
    description: str
    adopt_group: NotRequired[str]
    """Live id of a group to adopt instead of making one."""


class AssignedGroup(pulumi.ComponentResource):
    """The group alone. Its membership is not declared: time-bound requests and incidents change it."""

    group_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: AssignedGroupArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:AssignedGroup", name, None, opts)
        group = okta.group.Group(
            name,
            name=args["group_name"],
            description=args["description"],
            opts=pulumi.ResourceOptions(parent=self, import_=args.get("adopt_group")),
        )
        self.group_id = group.id
        self.register_outputs({"groupId": group.id})
