"""Clearing houses connect with what the server offers; the default policy dates from 2018."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.tls import TRANSFER
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="SFTP servers offer strong ciphers only",
    severity=Severity.HIGH,
    why="Clearing houses connect with what the server offers; the default policy dates from 2018.",
    remedy="set `securityPolicyName` to TransferSecurityPolicy-FIPS-2025-03",
    types=("aws:transfer/server:Server",),
    wants=(
        OneOf(
            path="securityPolicyName",
            allowed=TRANSFER,
            refused=("TransferSecurityPolicy-2018-11", "TransferSecurityPolicy-2020-06"),
            certain=TRANSFER[0],
            default="TransferSecurityPolicy-2018-11",
        ),
    ),
)
