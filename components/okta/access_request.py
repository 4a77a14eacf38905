"""A request for time-bound access, approved in a sequence (Identity Governance licence)."""

import re
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

_DURATION = re.compile(r"P(([1-9]|[1-8]\d|90)D|T([1-9]|[1-6]\d|7[0-2])H)")
"""At most 72 hours or 90 days (Okta, Governance API, access duration)."""


class AccessRequestArgs(TypedDict):
    """Arguments of AccessRequest."""

    request_name: str
    description: str
    app_id: pulumi.Input[str]
    """The application in whose catalogue page people find the request."""
    group_id: pulumi.Input[str]
    """The group that a granted request puts people into, for the time alone."""
    requesters_group_id: pulumi.Input[str]
    approval_sequence_id: str
    """Built in the console: no resource makes a sequence."""
    duration: str
    """ISO 8601, whole hours or days: `PT8H`, `P30D`."""
    priority: int
    """0 is tried first; one an application."""


class AccessRequest(pulumi.ComponentResource):
    """Active from the start: the provider's default would leave it off. Raises ComponentInputError for a
    duration in another form."""

    def __init__(
        self, name: str, args: AccessRequestArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:AccessRequest", name, None, opts)
        if not _DURATION.fullmatch(args["duration"]):
            raise ComponentInputError(
                f"{name}: duration {args['duration']!r}: write PT1H to PT72H, or P1D to P90D"
            )
        okta.RequestCondition(
            name,
            resource_id=args["app_id"],
            approval_sequence_id=args["approval_sequence_id"],
            name=args["request_name"],
            description=args["description"],
            status="ACTIVE",
            priority=args["priority"],
            access_scope_settings=okta.RequestConditionAccessScopeSettingsArgs(
                type="GROUPS", ids=[okta.RequestConditionAccessScopeSettingsIdArgs(id=args["group_id"])]
            ),
            requester_settings=okta.RequestConditionRequesterSettingsArgs(
                type="GROUPS",
                ids=[okta.RequestConditionRequesterSettingsIdArgs(id=args["requesters_group_id"])],
            ),
            access_duration_settings=okta.RequestConditionAccessDurationSettingsArgs(
                type="ADMIN_FIXED_DURATION", duration=args["duration"]
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
