"""On a jailbroken phone any app may read any other's data."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Phones that reach ePHI are not jailbroken",
    severity=Severity.HIGH,
    why="On a jailbroken phone any app may read any other's data.",
    remedy="set `jailbreak` to false",
    types=(
        "okta:policy/deviceAssuranceAndroid:DeviceAssuranceAndroid",
        "okta:policy/deviceAssuranceIos:DeviceAssuranceIos",
    ),
    wants=(Flag(path="jailbreak", wanted=False, default=True),),
)
