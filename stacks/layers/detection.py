"""Layer `detection`: detectors in every account, Okta's event bus, alerts and where they go.

It comes after `identity`: the bus takes the event source that Okta's log stream opens.
"""

from __future__ import annotations

import pulumi

from billing_identity.components.aws.account_detection import AccountDetection
from billing_identity.components.aws.alarm_topic import AlarmTopic
from billing_identity.components.aws.alert_routing import AlertRouting
from billing_identity.components.aws.data_discovery import DataDiscovery
from billing_identity.components.aws.event_alert import EventAlert
from billing_identity.components.aws.event_forwarder import EventForwarder
from billing_identity.components.aws.event_hub import EventHub
from billing_identity.components.aws.log_group import LogGroup
from billing_identity.components.aws.object_reads_alarm import ObjectReadsAlarm
from billing_identity.components.aws.service_role import ServiceRole
from billing_identity.stacks.bind.aws.alerts import unwatched
from billing_identity.stacks.bind.aws.detection import DetectionArgs, Placed, detection_args
from billing_identity.stacks.bind.aws.handover import handover
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.context import Context
from billing_identity.stacks.gaps import Gap
from billing_identity.stacks.settings import Place


def build(context: Context) -> None:
    """Declares detection for every account, and the alerts."""
    names = Names(context.short_name, context.settings)
    args = detection_args(context.catalogue, names, handover(context).key_arn, context.as_of)
    handover(context).guard("detection", "workforce")
    for placed in args.accounts:
        _account(context, placed, args)
    pages = AlarmTopic("security-pages", args.pages, _options(context, "security-pages", "logs"))
    AlertRouting("alert-routing", args.routing, _options(context, "alert-routing", "logs", pages))
    before: list[pulumi.Resource] = [pages]
    if args.okta_hub is not None:
        stream = context.made.get("okta/log-stream")
        waits = [] if stream is None else [stream]
        before.append(EventHub("okta-bus", args.okta_hub, _options(context, "okta-bus", "logs", *waits)))
    for alert, group in args.counted.items():
        name = f"log-alert-{alert}"
        before.append(LogGroup(name, group, _options(context, name, "logs")))
    for alert, alert_args in args.alerts.items():
        name = f"alert-{alert}"
        EventAlert(name, alert_args, _options(context, name, "logs", *before))
    ObjectReadsAlarm(
        "alert-large-download", args.reads, _options(context, "alert-large-download", "logs", pages)
    )
    stores = [made for key, made in context.made.items() if key.startswith("data/")]
    DataDiscovery("ephi-discovery", args.discovery, _options(context, "ephi-discovery", "data", *stores))
    context.gaps.extend(_gaps(context, names))


def _account(context: Context, placed: Placed, args: DetectionArgs) -> None:
    roles: list[pulumi.Resource] = []
    for duty, role in placed.roles.items():
        name = f"{duty}-{placed.purpose}"
        boundary = handover(context).boundary(placed.account)
        roles.append(ServiceRole(name, role, _options(context, name, placed.purpose, *boundary)))
    for region, detection in placed.detection.items():
        name = f"detection-{placed.purpose}-{region}"
        AccountDetection(name, detection, _options(context, name, placed.purpose, *roles))
    for region, forwarder in placed.forwarders.items():
        name = f"forward-{placed.purpose}-{region}"
        EventForwarder(name, forwarder, _options(context, name, placed.purpose, *roles))


def _options(context: Context, name: str, purpose: Place, *after: pulumi.Resource) -> pulumi.ResourceOptions:
    system = next(iter(context.catalogue.systems))
    context.index[name] = context.index.get("security-alarms", f"system:{system}")
    role = context.settings.aws.key_custodian_role if purpose == "keys" else None
    earlier = [made for key, made in context.made.items() if key.startswith("logs/")]
    return pulumi.ResourceOptions.merge(
        context.providers.with_aws(purpose, role), pulumi.ResourceOptions(depends_on=[*earlier, *after])
    )


def _gaps(context: Context, names: Names) -> list[Gap]:
    found = [
        Gap(
            "aws",
            "Entra's sign-in and audit logs",
            "no partner event source; diagnostic settings are in another provider",
            "the log collector reads Microsoft Graph and puts each record on the security bus",
        ),
        Gap(
            "aws",
            "HIPAA standard in Security Hub",
            "AWS has none",
            "NIST 800-53 and the conformance pack `hipaa-safeguards`",
        ),
    ]
    alerting = context.settings.aws.alerting
    if not alerting.pager_urls:
        rest = "alerts reach the tickets only" if alerting.ticket_url else "somebody reads the topic"
        found.append(Gap("aws", "Paging", "no `pager_urls` in the settings", rest))
    if not alerting.ticket_url:
        found.append(Gap("aws", "Tickets", "no `ticket_url` in the settings", "somebody reads the topic"))
    found += [
        Gap("aws", f"Alert {alert}", "no event carries it with these settings", "the saved query of its name")
        for alert in unwatched(context.catalogue, names, context.as_of)
    ]
    return found
