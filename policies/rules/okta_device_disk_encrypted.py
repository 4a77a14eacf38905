"""A lost laptop with an encrypted disk is a loss; without, it is a breach."""

from __future__ import annotations

from billing_identity.policies.framework.list_wants import Holds
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity

RULE = requirement(
    title="Devices that reach ePHI have encrypted disks",
    severity=Severity.HIGH,
    why="A lost laptop with an encrypted disk is a loss; without, it is a breach.",
    remedy="set `diskEncryptionTypes` to ALL_INTERNAL_VOLUMES (USER or FULL on Android)",
    types=(
        "okta:policy/deviceAssuranceMacos:DeviceAssuranceMacos",
        "okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows",
        "okta:policy/deviceAssuranceAndroid:DeviceAssuranceAndroid",
    ),
    wants=(Holds(path="diskEncryptionTypes", example="ALL_INTERNAL_VOLUMES"),),
)
