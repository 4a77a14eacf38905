"""The alerts: thresholds from the access policy, patterns from what each sender says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from billing_identity.components.aws import arns
from billing_identity.components.aws.event_alert import EventAlertArgs, EventMatchArgs
from billing_identity.components.aws.event_rule import PATTERN_LIMIT
from billing_identity.roles.access import role_access
from billing_identity.roles.checks.alert_coverage import NEEDED
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.vocabulary import DataClass, Provider, RiskTag
from billing_identity.stacks.bind.aws.collection import log_tags
from billing_identity.stacks.bind.aws.stores import Names
from billing_identity.stacks.bind.aws.watch_aws import aws_patterns
from billing_identity.stacks.bind.aws.watch_entra import entra_patterns
from billing_identity.stacks.bind.aws.watch_okta import okta_patterns
from billing_identity.stacks.names import BREAK_GLASS, okta_event_bus, okta_event_source, partition

ON_THE_TRAIL = "large-download"
"""Counted on the trail's log group: EventBridge is not told of reads of objects."""
_PERSON = {"okta": "$.detail.actor.id", "aws": "$.detail.userIdentity.principalId"}
_WHAT = {"okta": "$.detail.eventType", "aws": "$.detail.eventName"}
_ORDER = ("break-glass-used", "root-used")
"""Alerts that come first."""


def break_glass_roles(names: Names) -> list[str]:
    """Wildcards over the ARNs of all roles that are for emergencies, in any account."""
    place = partition(names.settings.aws.region)
    return [
        f"arn:{place}:iam::*:role/{BREAK_GLASS}",
        f"arn:{place}:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*",
    ]


def export_groups(catalogue: Catalogue, as_of: date) -> list[str]:
    """Names of the groups that give somebody a bulk export, sorted."""
    return sorted(
        name
        for role in catalogue.roles.values()
        if any(
            RiskTag.EXPORTS_IN_BULK in catalogue.entitlement(held.entitlement).risks
            for held in role_access(catalogue, role.id, as_of)
        )
        for name in role.group_names()
    )


def ephi_apps(catalogue: Catalogue) -> list[str]:
    """Display names of Okta's applications that hold ePHI, sorted."""
    return sorted(
        system.title
        for system in catalogue.systems.values()
        if DataClass.EPHI in system.data_classes and system.identity.provider is Provider.OKTA
    )


def patterns(catalogue: Catalogue, names: Names, as_of: date) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Pattern by sender (`okta`, `entra`, `aws`), by alert id."""
    settings = names.settings
    alerting, aws = settings.aws.alerting, settings.aws
    exports = export_groups(catalogue, as_of)
    place = partition(aws.region)
    roles = (aws.deploy_role, aws.key_custodian_role)
    accounts = sorted({*aws.places.values(), aws.management_account})
    senders: dict[str, Mapping[str, Mapping[str, Any]]] = {
        "aws": aws_patterns(
            deployers=[f"arn:{place}:iam::{account}:role/{role}" for role in roles for account in accounts],
            break_glass_roles=break_glass_roles(names),
        )
    }
    if settings.okta is not None:
        senders["okta"] = okta_patterns(
            deployer=settings.okta.client_id,
            break_glass_users=alerting.break_glass_okta_users,
            export_groups=exports,
            quiet_hours=alerting.quiet_hours_utc,
            ephi_apps=ephi_apps(catalogue),
        )
    if settings.entra is not None:
        senders["entra"] = entra_patterns(
            deployer=settings.entra.client_id,
            break_glass_users=alerting.break_glass_entra_users,
            export_groups=exports,
        )
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for sender in sorted(senders):
        for alert, pattern in senders[sender].items():
            found.setdefault(alert, {})[sender] = pattern
    return found


def alert_args(catalogue: Catalogue, names: Names, as_of: date) -> dict[str, EventAlertArgs]:
    """The alerts of the access policy that events carry, by id; break-glass and root first."""
    aws = names.settings.aws
    account, region = aws.accounts["logs"], aws.region
    tagged = log_tags(catalogue, names)
    found = patterns(catalogue, names, as_of)
    thresholds = catalogue.access_policy.alerts
    ordered = [*_ORDER, *sorted(set(found) - set(_ORDER))]
    result: dict[str, EventAlertArgs] = {}
    for alert in ordered:
        if alert not in thresholds or alert not in found:
            continue
        threshold = thresholds[alert]
        critical = threshold.severity == "critical"
        topics = [arns.topic(account, region, topic) for topic in _topics(names, critical=critical)]
        args: EventAlertArgs = {
            "alert": f"{names.base}-{alert}",
            "title": threshold.title,
            "severity": threshold.severity,
            "region": region,
            "matches": [
                {**_match(names, sender, part), "kind": sender if number == 1 else f"{sender}-{number}"}
                for sender, pattern in found[alert].items()
                for number, part in enumerate(parts(pattern), start=1)
            ],
            "count": threshold.count,
            "window_minutes": threshold.window_minutes,
            "namespace": "BillingIdentity",
            "topics": topics,
            "dead_letters_arn": arns.queue(account, region, names.dead_letters),
            "tags": tagged,
        }
        if threshold.count > 1:
            group = names.log_group(f"alert-{alert}")
            args["log_group"] = group
            args["log_group_arn"] = arns.log_group(account, region, group)
        result[alert] = args
    return result


def compact(pattern: Mapping[str, Any]) -> str:
    """A pattern as JSON without white space, which counts against its limit."""
    return json.dumps(pattern, sort_keys=True, separators=(",", ":"))


def parts(pattern: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pattern, or several that match the same events: a company with many systems names more of them
    than a pattern may hold."""
    detail = pattern.get("detail", {})
    named = detail.get("target", {}).get("displayName", [])
    if len(compact(pattern)) <= PATTERN_LIMIT or len(named) < 2:
        return [pattern]
    half = len(named) // 2
    return [
        part
        for some in (named[:half], named[half:])
        for part in parts({**pattern, "detail": {**detail, "target": {"displayName": some}}})
    ]


def pages(names: Names) -> str:
    """Topic of critical alerts."""
    return f"{names.base}-security-pages"


def unwatched(catalogue: Catalogue, names: Names, as_of: date) -> list[str]:
    """Alerts that are needed and that no event carries with these settings; the trail's own left out."""
    found = patterns(catalogue, names, as_of)
    return [alert for alert in NEEDED if alert not in found and alert != ON_THE_TRAIL]


def _topics(names: Names, *, critical: bool) -> list[str]:
    return [pages(names), names.alarms] if critical else [names.alarms]


def _match(names: Names, sender: str, pattern: Mapping[str, Any]) -> EventMatchArgs:
    okta = names.settings.okta
    bus = names.security_bus
    if sender == "okta" and okta is not None:
        bus = okta_event_bus(okta.org_name, okta_event_source(names.short, names.settings))
    person, what = _PERSON.get(sender, ""), _WHAT.get(sender, "")
    if sender == "entra":
        audit = "directoryAudit" in pattern.get("detail-type", ())
        person = "$.detail.initiatedBy.user.id" if audit else "$.detail.userId"
        what = "$.detail.activityDisplayName" if audit else "$.detail.appDisplayName"
    return {
        "bus": bus,
        "kind": sender,
        "pattern": compact(pattern),
        "person": person,
        "what": what,
    }
