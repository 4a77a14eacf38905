"""A lock without default retention, or with one of a day, keeps nothing that somebody wants gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from typing_extensions import override

from billing_identity.policies.framework.context import RuleContext
from billing_identity.policies.framework.number_wants import AtLeast
from billing_identity.policies.framework.reader import View
from billing_identity.policies.framework.requirement import days, requirement
from billing_identity.policies.framework.retention import DAYS, LOCK, MODE, YEARS, default_retention
from billing_identity.policies.framework.rule import Example, Missing, Severity
from billing_identity.policies.framework.wants import OneOf


@dataclass(frozen=True, kw_only=True)
class _Kept(AtLeast):
    """Days of a default retention, which may be told in years instead."""

    @override
    def faults(self, view: View, context: RuleContext) -> Iterator[str]:
        value, least = default_retention(view), context.number(self.parameter)
        if not self.fits(value, least):
            yield self.said(f"is {value:g}: {self.bound(least)}")

    @property
    @override
    def reads(self) -> Mapping[str, Missing]:
        return {**super().reads, YEARS: "safe"}


RULE = requirement(
    title="Locked S3 objects keep their lock for months at least",
    severity=Severity.HIGH,
    why="A lock without default retention, or with one of a day, keeps nothing that somebody wants gone.",
    remedy="set `rule.defaultRetention` with mode COMPLIANCE or GOVERNANCE and 90 days at least",
    types=(LOCK,),
    wants=(
        OneOf(path="objectLockEnabled", allowed=("Enabled",), refused=("Disabled",), default="Enabled"),
        OneOf(path=MODE, allowed=("COMPLIANCE", "GOVERNANCE"), refused=("NONE",)),
        _Kept(path=DAYS, parameter="minimumDays", limit=90),
    ),
    parameters={"minimumDays": days(90, "Days at least for which no version of an object can be deleted.")},
    more_allowed=(
        Example(
            "told in years",
            LOCK,
            {"bucket": "b", "rule": {"defaultRetention": {"mode": "GOVERNANCE", "years": 1.0}}},
            weaker={YEARS: (0.0,)},
        ),
    ),
    more_refused=(
        Example("a day", LOCK, {"rule": {"defaultRetention": {"mode": "GOVERNANCE", "days": 1.0}}}),
    ),
    blind_spot="GOVERNANCE gives way to s3:BypassGovernanceRetention; audit logs: aws-audit-bucket-locked.",
)
