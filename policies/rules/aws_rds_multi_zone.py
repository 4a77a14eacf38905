"""Billing stands still while a single instance is rebuilt."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Databases survive the loss of a zone",
    severity=Severity.MEDIUM,
    why="Billing stands still while a single instance is rebuilt.",
    remedy="set `multiAz` to true",
    types=("aws:rds/instance:Instance",),
    wants=(Flag(path="multiAz"),),
    blind_spot="Instances of an Aurora cluster are another type and spread by themselves.",
)
