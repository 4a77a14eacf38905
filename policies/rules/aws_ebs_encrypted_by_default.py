"""Volumes made by hand, or by services, are covered by the account's default only."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="An account encrypts every new volume",
    severity=Severity.HIGH,
    why="Volumes made by hand, or by services, are covered by the account's default only.",
    remedy="set `enabled` to true, or leave it out",
    types=("aws:ebs/encryptionByDefault:EncryptionByDefault",),
    wants=(Flag(path="enabled", default=True),),
)
