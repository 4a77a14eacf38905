"""A notebook with ePHI and a direct way out is an export that no log records."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="SageMaker notebooks have no direct way to the internet",
    severity=Severity.HIGH,
    why="A notebook with ePHI and a direct way out is an export that no log records.",
    remedy="set `directInternetAccess` and `rootAccess` to Disabled",
    types=("aws:sagemaker/notebookInstance:NotebookInstance",),
    wants=(
        OneOf(path="directInternetAccess", allowed=("Disabled",), refused=("Enabled",), default="Enabled"),
        OneOf(path="rootAccess", allowed=("Disabled",), refused=("Enabled",), default="Enabled"),
    ),
)
