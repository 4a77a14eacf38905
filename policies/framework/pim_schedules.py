"""How long a schedule of privileged identity management lasts."""

from __future__ import annotations

from collections.abc import Iterator

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.lengths import days_until, duration_hours
from billing_identity.policies.framework.reader import ResourceView


def overlong(schedule: ResourceView, context: RuleContext) -> Iterator[str]:
    """What makes a schedule last longer than the parameter `days`; nothing for one that ends in time."""
    longest = context.number("days")
    if schedule.flag("permanentAssignment", default=False):
        yield "`permanentAssignment` is true: it never ends"
        return
    duration, expires = schedule.text("duration", ""), schedule.text("expirationDate", "")
    if not duration and not expires:
        yield "neither `duration` nor `expirationDate` is set: it never ends"
    if duration:
        hours = duration_hours(duration)
        if hours is None or not 0 < hours <= longest * 24:
            yield f"`duration` is {duration}: in days, hours and minutes, P{longest:.0f}D at most"
    if expires:
        left = days_until(expires, context.settings.day)
        if left is None or left > longest:
            yield f"`expirationDate` is {expires}: {longest:.0f} days from now at most"
