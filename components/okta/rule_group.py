"""A group filled by a rule over HR attributes: joiner, mover and leaver happen by attribute change alone."""

from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components import limits
from billing_identity.components.errors import ComponentInputError


class RuleGroupArgs(TypedDict):
    """Arguments of RuleGroup."""

    group_name: str
    description: str
    rule_name: str
    """At most 50 characters, unique in the organisation."""
    condition: str
    """Expression that decides who is in the group; see `expressions`."""
    adopt_group: NotRequired[str]
    """Live id of a group to adopt instead of making one."""


class RuleGroup(pulumi.ComponentResource):
    """One group, one rule that targets only it.

    Changing a rule's targets makes Okta delete and recreate it, and everybody drops out meanwhile
    (okta/terraform-provider-okta#2641): hence one rule a group, its target never edited. Deleting the rule
    removes the people it added. The group must never hold an administrator role (Okta refuses that).
    Raises ComponentInputError for a rule name that Okta refuses, and for a condition that everybody meets.
    """

    group_id: pulumi.Output[str]

    def __init__(self, name: str, args: RuleGroupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:RuleGroup", name, None, opts)
        if not 1 <= len(args["rule_name"]) <= 50:
            raise ComponentInputError(f"{name}: rule name {args['rule_name']!r}: 1 to 50 characters")
        limits.require_condition(name, args["condition"])
        group = okta.group.Group(
            name,
            name=args["group_name"],
            description=args["description"],
            opts=pulumi.ResourceOptions(parent=self, import_=args.get("adopt_group")),
        )
        okta.group.Rule(
            name,
            name=args["rule_name"],
            status="ACTIVE",
            expression_type="urn:okta:expression:1.0",
            expression_value=args["condition"],
            group_assignments=[group.id],
            remove_assigned_users=True,
            opts=pulumi.ResourceOptions(parent=self, delete_before_replace=True),
        )
        self.group_id = group.id
        self.register_outputs({"groupId": group.id})
