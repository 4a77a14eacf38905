"""A group that people activate for a while (Privileged Identity Management for Groups)."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError

EXPIRIES = (15, 30, 90, 180, 365)
"""Days after which Entra can end an assignment (azuread, `expire_after`)."""
_Admin = azuread.GroupRoleManagementPolicyNotificationRulesEligibleActivationsAdminNotificationsArgs


class DirectoryRoleGrant(TypedDict):
    """One directory role that the group holds."""

    name: str
    """Ends the resource's name, for example `user-administrator`."""
    template_id: str
    administrative_unit: NotRequired[pulumi.Input[str]]
    """Object id of the unit that the role reaches; the whole tenant without it."""


class PrivilegedGroupArgs(TypedDict):
    """Arguments of PrivilegedGroup. Ids are object ids."""

    group_id: pulumi.Input[str]
    """An assigned group; dynamic ones can't be activated."""
    eligible_groups: Mapping[str, pulumi.Input[str]]
    """(name, group) whose members may activate: each for himself, never the whole group."""
    approvers: Sequence[pulumi.Input[str]]
    """Groups of which one member approves; nobody approves his own request. Empty: no approval."""
    hours: int
    """Longest activation, 1 to 24."""
    notified: Sequence[str]
    """Shared mailboxes that hear of every eligibility, assignment and activation."""
    directory_roles: NotRequired[Sequence[DirectoryRoleGrant]]


class PrivilegedGroup(pulumi.ComponentResource):
    """Eligible, not standing: activation asks for a second factor, a reason and (where named) an approver.

    Ownership of the group is held to the same terms, or an owner could let himself in. A directory role
    hangs on the group only after its terms do. Raises ComponentInputError for hours out of range, for a group
    that is eligible for itself, and for approvers who are the eligible.
    """

    def __init__(
        self, name: str, args: PrivilegedGroupArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:PrivilegedGroup", name, None, opts)
        if not 1 <= args["hours"] <= 24:
            raise ComponentInputError(f"{name}: hours {args['hours']}: 1 to 24")
        eligible_ids = {group for group in args["eligible_groups"].values() if isinstance(group, str)}
        if args["group_id"] in eligible_ids:
            raise ComponentInputError(f"{name}: eligible_groups: the group itself; name who may activate it")
        if eligible_ids.intersection(item for item in args["approvers"] if isinstance(item, str)):
            raise ComponentInputError(f"{name}: approvers: those who may ask; name others")
        child = pulumi.ResourceOptions(parent=self, protect=True)
        terms = [
            azuread.GroupRoleManagementPolicy(
                f"{name}-{held}",
                group_id=args["group_id"],
                role_id=held,
                activation_rules=_activation(args),
                active_assignment_rules=azuread.GroupRoleManagementPolicyActiveAssignmentRulesArgs(
                    expiration_required=True,
                    expire_after=f"P{EXPIRIES[0]}D",
                    require_justification=True,
                    require_multifactor_authentication=True,
                ),
                # The eligible are groups whose own membership ends; the group stays eligible.
                eligible_assignment_rules=azuread.GroupRoleManagementPolicyEligibleAssignmentRulesArgs(
                    expiration_required=False
                ),
                notification_rules=_notifications(args["notified"]),
                opts=child,
            )
            for held in ("member", "owner")
        ]
        after = pulumi.ResourceOptions(parent=self, depends_on=terms)
        for eligible, group in args["eligible_groups"].items():
            azuread.PrivilegedAccessGroupEligibilitySchedule(
                f"{name}-{eligible}",
                group_id=args["group_id"],
                principal_id=group,
                assignment_type="member",
                permanent_assignment=True,
                justification="Who may ask for this role, by the catalogue",
                opts=after,
            )
        for role in sorted(args.get("directory_roles", ()), key=lambda role: role["name"]):
            unit = role.get("administrative_unit")
            azuread.DirectoryRoleAssignment(
                f"{name}-{role['name']}",
                principal_object_id=args["group_id"],
                role_id=role["template_id"],
                directory_scope_id=pulumi.Output.concat("/administrativeUnits/", unit) if unit else "/",
                opts=after,
            )
        self.register_outputs({})


def _activation(args: PrivilegedGroupArgs) -> azuread.GroupRoleManagementPolicyActivationRulesArgs:
    stage = azuread.GroupRoleManagementPolicyActivationRulesApprovalStageArgs(
        primary_approvers=[
            azuread.GroupRoleManagementPolicyActivationRulesApprovalStagePrimaryApproverArgs(
                object_id=approver, type="groupMembers"
            )
            for approver in args["approvers"]
        ]
    )
    return azuread.GroupRoleManagementPolicyActivationRulesArgs(
        maximum_duration="P1D" if args["hours"] == 24 else f"PT{args['hours']}H",
        require_approval=bool(args["approvers"]),
        approval_stage=stage if args["approvers"] else None,
        require_justification=True,
        require_multifactor_authentication=True,
    )


def _notifications(notified: Sequence[str]) -> azuread.GroupRoleManagementPolicyNotificationRulesArgs:
    told = sorted(notified) or None
    return azuread.GroupRoleManagementPolicyNotificationRulesArgs(
        eligible_assignments=azuread.GroupRoleManagementPolicyNotificationRulesEligibleAssignmentsArgs(
            admin_notifications=azuread.GroupRoleManagementPolicyNotificationRulesEligibleAssignmentsAdminNotificationsArgs(
                default_recipients=True, notification_level="All", additional_recipients=told
            )
        ),
        active_assignments=azuread.GroupRoleManagementPolicyNotificationRulesActiveAssignmentsArgs(
            admin_notifications=azuread.GroupRoleManagementPolicyNotificationRulesActiveAssignmentsAdminNotificationsArgs(
                default_recipients=True, notification_level="All", additional_recipients=told
            )
        ),
        eligible_activations=azuread.GroupRoleManagementPolicyNotificationRulesEligibleActivationsArgs(
            admin_notifications=_Admin(
                default_recipients=True, notification_level="All", additional_recipients=told
            )
        ),
    )
