"""A key in hardware can't be copied off the machine."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Computers that reach ePHI keep keys in hardware",
    severity=Severity.MEDIUM,
    why="A key in hardware can't be copied off the machine.",
    remedy="set `secureHardwarePresent` to true",
    types=(
        "okta:policy/deviceAssuranceMacos:DeviceAssuranceMacos",
        "okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows",
    ),
    wants=(Flag(path="secureHardwarePresent"),),
)
