"""An image made public carries the data and the secrets of the machine that it was taken from."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Machine images can't be shared with everybody",
    severity=Severity.HIGH,
    why=("An image made public carries the data and the secrets of the machine that it was taken from."),
    remedy="set `state` to block-new-sharing",
    types=("aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",),
    wants=(
        OneOf(
            path="state", allowed=("block-new-sharing",), refused=("unblocked",), certain="block-new-sharing"
        ),
    ),
)
