"""The identity layer in Okta."""

from __future__ import annotations

from billing_identity.components.okta.event_log import NOTICES, LogStream, SecurityNotices
from billing_identity.stacks.bind.okta import services
from billing_identity.stacks.bind.okta.gaps import gaps
from billing_identity.stacks.context import Context
from billing_identity.stacks.layers.okta import administration, applications, governance, groups, sign_in
from billing_identity.stacks.settings import OktaSettings


def build(context: Context, okta: OktaSettings) -> None:
    """Declares roles, applications, sign-in, administration and governance, and states what it can't.

    Rules before applications, applications before reviews of them, and Okta's own consoles last.
    """
    context.gaps.extend(gaps(context.catalogue, context.settings, okta, context.as_of))
    options = context.providers.with_okta()
    context.made["okta/log-stream"] = LogStream(
        "okta-log-stream", services.log_stream(context.short_name, context.settings), options
    )
    if okta.brand is not None:
        SecurityNotices("security-notices", {"brand_id": okta.brand, "templates": NOTICES}, options)
    declared = groups.declare(context)
    signed = sign_in.declare(context, okta, declared)
    apps = applications.declare(context, okta, declared, signed)
    roles = administration.declare(context, okta, declared, apps)
    administration.programs(context, okta, signed, roles)
    governance.declare(context, okta, declared, apps)
    sign_in.consoles(context, okta, signed, declared)
