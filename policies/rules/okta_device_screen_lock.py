"""An open screen is an open session, whatever the sign-in was."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Devices that reach ePHI lock their screen",
    severity=Severity.HIGH,
    why="An open screen is an open session, whatever the sign-in was.",
    remedy="set `screenlockTypes`",
    types=(
        "okta:policy/deviceAssuranceMacos:DeviceAssuranceMacos",
        "okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows",
        "okta:policy/deviceAssuranceAndroid:DeviceAssuranceAndroid",
        "okta:policy/deviceAssuranceIos:DeviceAssuranceIos",
    ),
    wants=(Holds(path="screenlockTypes", example="BIOMETRIC"),),
)
