"""Access reviews and access requests (Identity Governance)."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from billing_identity.components.okta.access_request import AccessRequest
from billing_identity.components.okta.access_review import AccessReview
from billing_identity.stacks.bind.okta import governance as bind
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.okta.groups import Groups
from billing_identity.stacks.settings import OktaSettings


def declare(
    context: Context, okta: OktaSettings, groups: Groups, apps: Mapping[str, pulumi.Output[str]]
) -> None:
    """Declares both; nothing without the licence."""
    if not context.settings.capabilities.okta_identity_governance:
        return
    catalogue, options, as_of = context.catalogue, context.providers.with_okta(), context.as_of
    days = catalogue.access_policy.reviews.duration_days
    for review in bind.reviews(catalogue, as_of):
        ids = groups.roles if review.kind == "GROUP" else apps
        targets = [ids[target] for target in review.targets if target in ids]
        if not targets:
            continue
        AccessReview(
            review.name,
            {
                "review_name": review.name,
                "description": f"Review of {review.subject} by {review.reviewer}, {review.cadence.value}. "
                f"access-policy; {len(review.targets)} in all",
                "kind": review.kind,
                "targets": targets,
                "reviewer_group": groups.roles[review.reviewer],
                "start": bind.first_day(review.cadence, as_of),
                "duration_days": min(days, 27),
                "interval": bind.INTERVAL[review.cadence],
                "time_zone": bind.TIME_ZONE,
            },
            options,
        )
        context.index[f"okta/{review.name}"] = "access-policy:access-policy"
    for request in bind.requests(catalogue, okta, as_of):
        if request.system not in apps:
            continue
        name = f"request-{request.role.id}"
        AccessRequest(
            name,
            {
                "request_name": request.role.title,
                "description": request.description,
                "app_id": apps[request.system],
                "group_id": groups.roles[request.role.id],
                "requesters_group_id": groups.eligible[request.role.id],
                "approval_sequence_id": request.sequence,
                "duration": request.duration,
                "priority": request.priority,
            },
            options,
        )
        context.index[f"okta/{name}"] = f"role:{request.role.id}"
