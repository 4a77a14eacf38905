"""The owner notices a stranger's new factor first, if told."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag

RULE = requirement(
    title="Okta tells people of changes to their account",
    severity=Severity.MEDIUM,
    why="The owner notices a stranger's new factor first, if told.",
    remedy="leave every notice on",
    types=("okta:index/securityNotificationEmails:SecurityNotificationEmails",),
    wants=(
        Flag(path="reportSuspiciousActivityEnabled", default=True),
        Flag(path="sendEmailForFactorEnrollmentEnabled", default=True),
        Flag(path="sendEmailForFactorResetEnabled", default=True),
        Flag(path="sendEmailForNewDeviceEnabled", default=True),
        Flag(path="sendEmailForPasswordChangedEnabled", default=True),
    ),
)
