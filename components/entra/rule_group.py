"""A security group filled by a dynamic membership rule over HR attributes."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components import limits


class RuleGroupArgs(TypedDict):
    """Arguments of RuleGroup."""

    group_name: str
    description: str
    condition: str
    """Membership rule; see `membership`."""
    adopt_group: NotRequired[str]
    """Object id of a group to adopt instead of making one."""


class RuleGroup(pulumi.ComponentResource):
    """A dynamic group can never hold a directory role, which is as it should be.

    Raises ComponentInputError for a condition that everybody meets.
    """

    object_id: pulumi.Output[str]

    def __init__(self, name: str, args: RuleGroupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:entra:RuleGroup", name, None, opts)
        limits.require_condition(name, args["condition"])
        adopt = args.get("adopt_group")
        group = azuread.Group(
            name,
            display_name=args["group_name"],
            description=args["description"],
            security_enabled=True,
            mail_enabled=False,
            types=["DynamicMembership"],
            dynamic_membership=azuread.GroupDynamicMembershipArgs(enabled=True, rule=args["condition"]),
            assignable_to_role=False,
            prevent_duplicate_names=adopt is None,
            opts=pulumi.ResourceOptions(parent=self, import_=f"/groups/{adopt}" if adopt else None),
        )
        self.object_id = group.object_id
        self.register_outputs({"objectId": group.object_id})
