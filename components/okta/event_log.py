"""Okta's system log, streamed to Amazon EventBridge in the log account; and security notices by e-mail."""

import re
from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

NOTICES = (
    "NewSignOnNotification",
    "AuthenticatorEnrolled",
    "AuthenticatorReset",
    "PasswordChanged",
    "AccountLockout",
)
"""E-mails that tell a person what happened to the account (`okta.EmailTemplateSettings.template_name`)."""


class LogStreamArgs(TypedDict):
    """Arguments of LogStream."""

    stream_name: str
    account_id: str
    region: str
    event_source_name: str
    """Known beforehand: the event bus in AWS must have the name that follows from it.
    1 to 75 letters, digits, `.` and `_`."""


# okta/terraform-provider-okta 6.12.0, resource_okta_log_stream.go, `awsEventBridgeEventSourceNameRegex`. The
# pattern means to take hyphens too, but writes them as a range (`\\-_`), so that the provider refuses them.
_EVENT_SOURCE = re.compile(r"[A-Za-z0-9._]{1,75}")


class LogStream(pulumi.ComponentResource):
    """One stream; Okta has two at most, and its EventBridge settings never change. Delivery is best effort:
    the receiver alarms on silence, and a collector fills gaps from the System Log API."""

    def __init__(self, name: str, args: LogStreamArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        if not _EVENT_SOURCE.fullmatch(args["event_source_name"]):
            raise ComponentInputError(
                f"{name}: event_source_name {args['event_source_name']!r}: "
                "1 to 75 letters, digits, '.' and '_'"
            )
        super().__init__("billing-identity:okta:LogStream", name, None, opts)
        okta.LogStream(
            name,
            name=args["stream_name"],
            type="aws_eventbridge",
            status="ACTIVE",
            settings=okta.LogStreamSettingsArgs(
                account_id=args["account_id"],
                event_source_name=args["event_source_name"],
                region=args["region"],
            ),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.register_outputs({})


class SecurityNoticesArgs(TypedDict):
    """Arguments of SecurityNotices."""

    brand_id: str
    templates: Sequence[str]
    """Out of `NOTICES`."""


class SecurityNotices(pulumi.ComponentResource):
    """Each notice goes to the person it is about, and can't be switched off unseen."""

    def __init__(
        self, name: str, args: SecurityNoticesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:SecurityNotices", name, None, opts)
        for template in args["templates"]:
            okta.EmailTemplateSettings(
                f"{name}-{template}",
                brand_id=args["brand_id"],
                template_name=template,
                recipients="ALL_USERS",
                opts=pulumi.ResourceOptions(parent=self),
            )
        self.register_outputs({})
