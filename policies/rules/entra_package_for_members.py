"""A package that anybody outside may ask for invites strangers."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import OneOf

RULE = requirement(
    title="Access packages are for people whom somebody manages",
    severity=Severity.HIGH,
    why="A package that anybody outside may ask for invites strangers.",
    remedy="set `requestorSettings.scopeType` to a kind inside the directory",
    types=("azuread:index/accessPackageAssignmentPolicy:AccessPackageAssignmentPolicy",),
    wants=(
        OneOf(
            path="requestorSettings.scopeType",
            allowed=("SpecificDirectorySubjects", "AllExistingDirectoryMemberUsers", "NoSubjects"),
            refused=(
                "AllExternalSubjects",
                "AllExistingConnectedOrganizationSubjects",
                "AllExistingDirectorySubjects",
            ),
        ),
    ),
)
