"""A recurring access review (certification campaign, Identity Governance licence)."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

MAX_TARGETS = 50
"""Resources of one campaign (help.okta.com, "Create resource campaigns")."""
INTERVALS = ("P1M", "P3M", "P6M", "P1Y")


class AccessReviewArgs(TypedDict):
    """Arguments of AccessReview."""

    review_name: str
    """Ends with a version: a campaign can't be changed, so other targets are another campaign."""
    description: str
    kind: str
    """`GROUP` or `APPLICATION`."""
    targets: Sequence[pulumi.Input[str]]
    """Ids of groups or applications, 1 to 50."""
    reviewer_group: pulumi.Input[str]
    start: str
    """First day and time, ISO 8601, still to come when the campaign is made; later changes are ignored."""
    duration_days: int
    """1 to 90, and shorter than the interval."""
    interval: str
    """`P1M`, `P3M`, `P6M` or `P1Y`."""
    time_zone: str


class AccessReview(pulumi.ComponentResource):
    """Reviewed by a group, never by the reviewed; silence and refusal remove, with a reason for each.

    What a group rule gives, Okta does not remove: there the reviewer's refusal is a task for whoever feeds
    the attribute. Not protected: the next version replaces it. Raises ComponentInputError for too many or no
    targets, an unknown interval, or a duration out of range.
    """

    def __init__(self, name: str, args: AccessReviewArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:AccessReview", name, None, opts)
        if not 1 <= len(args["targets"]) <= MAX_TARGETS:
            raise ComponentInputError(f"{name}: {len(args['targets'])} targets: 1 to {MAX_TARGETS}")
        if args["kind"] not in ("GROUP", "APPLICATION"):
            raise ComponentInputError(f"{name}: kind {args['kind']!r}: GROUP or APPLICATION")
        if args["interval"] not in INTERVALS:
            raise ComponentInputError(f"{name}: interval {args['interval']!r}: one of {', '.join(INTERVALS)}")
        if not 1 <= args["duration_days"] <= 27:
            raise ComponentInputError(f"{name}: duration_days {args['duration_days']}: 1 to 27")
        okta.Campaign(
            name,
            name=args["review_name"],
            description=args["description"],
            campaign_type="RESOURCE",
            resource_settings=okta.CampaignResourceSettingsArgs(
                type=args["kind"],
                target_resources=[
                    okta.CampaignResourceSettingsTargetResourceArgs(
                        resource_id=target, resource_type=args["kind"]
                    )
                    for target in args["targets"]
                ],
            ),
            reviewer_settings=okta.CampaignReviewerSettingsArgs(
                type="GROUP",
                reviewer_group_id=args["reviewer_group"],
                self_review_disabled=True,
                justification_required=True,
                bulk_decision_disabled=True,
                reassignment_disabled=False,
            ),
            remediation_settings=okta.CampaignRemediationSettingsArgs(
                access_approved="NO_ACTION", access_revoked="DENY", no_response="DENY"
            ),
            principal_scope_settings=okta.CampaignPrincipalScopeSettingsArgs(
                type="USERS", include_only_active_users=True
            ),
            notification_settings=okta.CampaignNotificationSettingsArgs(
                notify_reviewer_when_review_assigned=True,
                notify_reviewer_at_campaign_end=True,
                notify_reviewer_during_midpoint_of_review=True,
                notify_reviewer_when_overdue=True,
                # Of campaigns with several levels of reviewers alone (Governance API, notification-settings).
                notify_review_period_end=False,
                reminders_reviewer_before_campaign_close_in_secs=[86400, 259200],
            ),
            schedule_settings=okta.CampaignScheduleSettingsArgs(
                type="RECURRING",
                start_date=args["start"],
                duration_in_days=args["duration_days"],
                time_zone=args["time_zone"],
                recurrences=[
                    okta.CampaignScheduleSettingsRecurrenceArgs(
                        interval=args["interval"], repeat_on_type="SAME_DAY_AS_START_DATE"
                    )
                ],
            ),
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["scheduleSettings.startDate"]),
        )
        self.register_outputs({})
