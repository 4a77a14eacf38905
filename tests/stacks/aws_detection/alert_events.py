"""Real-shaped events, one that each alert is about and one that it must leave alone.

Shapes: Okta System Log API, LogEvent object (developer.okta.com, okta-developer-docs
`packages/@okta/vuepress-site/docs/reference/api/system-log`) in EventBridge's envelope with detail-type
`SystemLog`; Microsoft Graph v1.0 resources `signIn` and `directoryAudit` (learn.microsoft.com), as the log
collector puts them on the bus; CloudTrail User Guide, "CloudTrail record contents" and "Console sign-in
events"; GuardDuty, Macie and Access Analyzer findings on EventBridge (their user guides).
"""

from __future__ import annotations

import copy
from typing import Any

Event = dict[str, Any]


def okta(kind: str, *, time: str = "2026-11-24T15:00:00Z", **changes: Any) -> Event:
    detail: Event = {
        "uuid": "7c0fcd2d-8f2a-11f0-a0d5-0b0c5a0e0000",
        "published": time.replace("Z", ".123Z"),
        "eventType": kind,
        "version": "0",
        "severity": "INFO",
        "displayMessage": "message",
        "actor": {"id": "00u1abcdEFGHIJKLM0x7", "type": "User", "alternateId": "person@meridian.example"},
        "client": {
            "ipAddress": "203.0.113.9",
            "device": "Computer",
            "zone": "corporate-egress",
            "geographicalContext": {"country": "United States", "state": "Ohio", "city": "Columbus"},
        },
        "outcome": {"result": "SUCCESS", "reason": None},
        "target": [],
        "debugContext": {
            "debugData": {
                "requestUri": "/idp/idx/identify",
                "behaviors": "{New Geo-Location=NEGATIVE, New Device=NEGATIVE, Velocity=NEGATIVE}",
            }
        },
        "authenticationContext": {"externalSessionId": "idx123", "authenticationStep": 0},
        "securityContext": {"asNumber": 64500, "isProxy": False},
    }
    return {
        "version": "0",
        "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": "SystemLog",
        "source": "aws.partner/okta.com/meridian/okta_meridian_prod",
        "account": "100000000003",
        "time": time,
        "region": "us-east-1",
        "resources": [],
        "detail": _merge(detail, changes),
    }


def entra_sign_in(**changes: Any) -> Event:
    detail: Event = {
        "id": "66ea54eb-6301-4ee5-be62-ff5a759b0100",
        "createdDateTime": "2026-11-24T15:00:00Z",
        "userDisplayName": "Person",
        "userPrincipalName": "person@meridian.example",
        "userId": "26be1845-4119-4801-a799-aea79d09f1a2",
        "appId": "de8bc8b5-d9f9-48b1-a8ad-b748da725064",
        "appDisplayName": "Office 365 Exchange Online",
        "ipAddress": "203.0.113.9",
        "clientAppUsed": "Browser",
        "conditionalAccessStatus": "success",
        "isInteractive": True,
        "riskEventTypes_v2": [],
        "signInEventTypes": ["interactiveUser"],
        "status": {"errorCode": 0, "failureReason": None},
        "deviceDetail": {"deviceId": "d1", "isManaged": True, "isCompliant": True},
        "location": {"city": "Columbus", "state": "Ohio", "countryOrRegion": "US"},
        "authenticationDetails": [{"authenticationMethod": "FIDO2 security key", "succeeded": True}],
    }
    return _entra("signIn", _merge(detail, changes))


def entra_audit(activity: str, **changes: Any) -> Event:
    detail: Event = {
        "id": "Directory_5656_1",
        "category": "RoleManagement",
        "result": "success",
        "resultReason": "",
        "activityDisplayName": activity,
        "activityDateTime": "2026-11-24T15:00:00Z",
        "loggedByService": "Core Directory",
        "operationType": "Update",
        "initiatedBy": {"app": None, "user": {"id": "26be1845-4119-4801-a799-aea79d09f1a2"}},
        "targetResources": [{"id": "x", "displayName": "x", "type": "User", "modifiedProperties": []}],
    }
    return _entra("directoryAudit", _merge(detail, changes))


def _entra(kind: str, detail: Event) -> Event:
    return {
        "version": "0",
        "id": "0d0e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": kind,
        "source": "entra",
        "account": "100000000003",
        "time": "2026-11-24T15:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": detail,
    }


def trail(source: str, name: str, *, kind: str = "AWS API Call via CloudTrail", **changes: Any) -> Event:
    role = "arn:aws:iam::100000000004:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_NetworkOperator_0a1b"
    detail: Event = {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": "AROAEXAMPLEID0000000A:person",
            "arn": "arn:aws:sts::100000000004:assumed-role/AWSReservedSSO_NetworkOperator_0a1b/person",
            "accountId": "100000000004",
            "sessionContext": {"sessionIssuer": {"type": "Role", "arn": role}, "attributes": {}},
        },
        "eventTime": "2026-11-24T15:00:00Z",
        "eventSource": f"{source}.amazonaws.com",
        "eventName": name,
        "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.9",
        "requestParameters": {},
        "responseElements": None,
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": "100000000004",
    }
    return {
        "version": "0",
        "id": "1a7e8feb-b491-4cf7-a9f1-bf3703467718",
        "detail-type": kind,
        "source": f"aws.{source}",
        "account": "100000000004",
        "time": "2026-11-24T15:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": _merge(detail, changes),
    }


def finding(kind: str, source: str, **detail: Any) -> Event:
    return {**trail(source, "x", kind=kind), "detail": {"schemaVersion": "2.0", "severity": 8, **detail}}


def _merge(base: Event, changes: Event) -> Event:
    merged = copy.deepcopy(base)
    for key, value in changes.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


DEPLOYER = {
    "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::100000000004:role/billing-identity-deploy"}}
}
ROOT = {
    "type": "Root",
    "arn": "arn:aws:iam::100000000004:root",
    "principalId": "100000000004",
    "sessionContext": {},
}
OKTA_DEPLOYER = {"id": "0oaDEPLOY000000000x7", "type": "PublicClientApp"}
ENTRA_DEPLOYER = {"user": None, "app": {"appId": "7a2b3c4d-5e6f-4071-9b8c-0d1e2f3a4b5c"}}
EPIC = "arn:aws:iam::100000000004:role/billing-identity-break-glass"
SSO_BREAK_GLASS = (
    "arn:aws:iam::100000000004:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_BreakGlass_0123456789abcdef"
)

# (alert, sender): (an event that it is about, a near miss)
CASES: dict[tuple[str, str], tuple[Event, Event]] = {
    ("failed-sign-ins", "okta"): (
        okta("user.session.start", outcome={"result": "FAILURE", "reason": "INVALID_CREDENTIALS"}),
        okta("user.session.start"),
    ),
    ("failed-sign-ins", "entra"): (
        entra_sign_in(status={"errorCode": 50126}),
        entra_sign_in(status={"errorCode": 50140}),  # "keep me signed in" interrupt, no failure
    ),
    ("failed-sign-ins", "aws"): (
        trail(
            "signin",
            "ConsoleLogin",
            kind="AWS Console Sign In via CloudTrail",
            responseElements={"ConsoleLogin": "Failure"},
        ),
        trail(
            "signin",
            "ConsoleLogin",
            kind="AWS Console Sign In via CloudTrail",
            responseElements={"ConsoleLogin": "Success"},
        ),
    ),
    ("impossible-travel", "okta"): (
        okta(
            "user.session.start",
            debugContext={
                "debugData": {
                    "behaviors": "{billing-new-device=NEGATIVE, billing-impossible-travel=POSITIVE}"
                }
            },
        ),
        okta(
            "user.session.start",
            debugContext={
                "debugData": {
                    "behaviors": "{billing-new-device=POSITIVE, billing-impossible-travel=NEGATIVE}"
                }
            },
        ),
    ),
    ("impossible-travel", "entra"): (
        entra_sign_in(riskEventTypes_v2=["unlikelyTravel"]),
        entra_sign_in(riskEventTypes_v2=["anonymizedIPAddress"]),
    ),
    ("legacy-protocol", "okta"): (
        okta(
            "user.authentication.sso",
            debugContext={"debugData": {"requestUri": "/app/office365/exk1/sso/wsfed/active"}},
        ),
        okta(
            "user.authentication.sso",
            debugContext={"debugData": {"requestUri": "/app/office365/exk1/sso/wsfed/passive"}},
        ),
    ),
    ("legacy-protocol", "entra"): (
        entra_sign_in(clientAppUsed="IMAP4"),
        entra_sign_in(clientAppUsed="Mobile Apps and Desktop clients"),
    ),
    ("mfa-disabled", "okta"): (okta("user.mfa.factor.reset_all"), okta("user.mfa.factor.activate")),
    ("mfa-disabled", "entra"): (
        entra_audit("User deleted security info"),
        entra_audit("User registered security info"),
    ),
    ("mfa-disabled", "aws"): (trail("iam", "DeactivateMFADevice"), trail("iam", "EnableMFADevice")),
    ("text-code-used", "okta"): (
        okta("user.authentication.auth_via_mfa", debugContext={"debugData": {"factor": "SMS_FACTOR"}}),
        okta("user.authentication.auth_via_mfa", debugContext={"debugData": {"factor": "FIDO2_WEBAUTHN"}}),
    ),
    ("text-code-used", "entra"): (
        entra_sign_in(authenticationDetails=[{"authenticationMethod": "Text message", "succeeded": True}]),
        entra_sign_in(),
    ),
    ("admin-granted", "okta"): (okta("user.account.privilege.grant"), okta("user.account.privilege.revoke")),
    ("admin-granted", "entra"): (
        entra_audit("Add member to role completed (PIM activation)"),
        entra_audit("Remove member from role"),
    ),
    ("admin-granted", "aws"): (
        trail("iam", "AttachRolePolicy"),
        trail("iam", "AttachRolePolicy", userIdentity=DEPLOYER),
    ),
    ("role-changed", "okta"): (okta("policy.rule.update"), okta("policy.rule.update", actor=OKTA_DEPLOYER)),
    ("role-changed", "entra"): (
        entra_audit("Update conditional access policy"),
        entra_audit("Update conditional access policy", initiatedBy=ENTRA_DEPLOYER),
    ),
    ("role-changed", "aws"): (
        trail("iam", "UpdateAssumeRolePolicy"),
        trail("iam", "UpdateAssumeRolePolicy", errorCode="AccessDenied"),
    ),
    ("export-access-granted", "okta"): (
        okta(
            "group.user_membership.add",
            target=[
                {"type": "User", "displayName": "P"},
                {"type": "UserGroup", "displayName": "role-bulk-export-analyst"},
            ],
        ),
        okta(
            "group.user_membership.add", target=[{"type": "UserGroup", "displayName": "role-payment-poster"}]
        ),
    ),
    ("export-access-granted", "entra"): (
        entra_audit(
            "Add member to group",
            targetResources=[
                {
                    "modifiedProperties": [
                        {"displayName": "Group.DisplayName", "newValue": '"role-bulk-export-analyst"'}
                    ]
                }
            ],
        ),
        entra_audit(
            "Add member to group",
            targetResources=[
                {
                    "modifiedProperties": [
                        {"displayName": "Group.DisplayName", "newValue": '"role-payment-poster"'}
                    ]
                }
            ],
        ),
    ),
    ("unusual-hours", "okta"): (
        okta(
            "user.authentication.sso",
            time="2026-11-24T05:59:00Z",
            target=[{"type": "AppInstance", "displayName": "athenaOne"}],
        ),
        okta(
            "user.authentication.sso",
            time="2026-11-24T15:05:00Z",
            target=[{"type": "AppInstance", "displayName": "athenaOne"}],
        ),
    ),
    ("unmanaged-transfer", "aws"): (
        finding("GuardDuty Finding", "guardduty", type="Exfiltration:S3/AnomalousBehavior"),
        finding("GuardDuty Finding", "guardduty", type="Discovery:S3/AnomalousBehavior"),
    ),
    ("api-key-created", "okta"): (okta("system.api_token.create"), okta("system.api_token.revoke")),
    ("api-key-created", "entra"): (
        entra_audit("Update application – Certificates and secrets management "),
        entra_audit("Update application"),
    ),
    ("api-key-created", "aws"): (trail("iam", "CreateAccessKey"), trail("iam", "DeleteAccessKey")),
    ("service-account-anomaly", "okta"): (
        okta(
            "app.oauth2.token.grant.access_token",
            actor={"id": "0oaX", "type": "PublicClientApp"},
            outcome={"result": "FAILURE"},
        ),
        okta("app.oauth2.token.grant.access_token", actor={"id": "0oaX", "type": "PublicClientApp"}),
    ),
    ("service-account-anomaly", "entra"): (
        entra_sign_in(signInEventTypes=["servicePrincipal"], status={"errorCode": 7000215}),
        entra_sign_in(signInEventTypes=["servicePrincipal"]),
    ),
    ("service-account-anomaly", "aws"): (
        finding(
            "GuardDuty Finding",
            "guardduty",
            type="UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS",
        ),
        finding("GuardDuty Finding", "guardduty", type="Recon:IAMUser/MaliciousIPCaller"),
    ),
    ("webhook-changed", "okta"): (okta("event_hook.updated"), okta("inline_hook.executed")),
    ("webhook-changed", "aws"): (trail("sns", "Subscribe"), trail("sns", "Subscribe", userIdentity=DEPLOYER)),
    ("logging-changed", "okta"): (
        okta("system.log_stream.lifecycle.deactivate"),
        okta("user.lifecycle.deactivate"),
    ),
    ("logging-changed", "aws"): (trail("cloudtrail", "StopLogging"), trail("cloudtrail", "StartLogging")),
    ("break-glass-used", "okta"): (
        okta("user.session.start", actor={"id": "00uBREAKGLASSONE00x7"}),
        okta("user.session.start"),
    ),
    ("break-glass-used", "entra"): (
        entra_sign_in(userId="1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"),
        entra_sign_in(),
    ),
    ("break-glass-used", "aws"): (
        trail("sts", "AssumeRoleWithSAML", readOnly=True, requestParameters={"roleArn": SSO_BREAK_GLASS}),
        trail("sts", "AssumeRole", readOnly=True, requestParameters={"roleArn": f"{EPIC}-drill"}),
    ),
    ("root-used", "aws"): (
        trail("s3", "ListBuckets", readOnly=True, userIdentity=ROOT),
        trail(
            "s3", "ListBuckets", readOnly=True, userIdentity={**ROOT, "invokedBy": "support.amazonaws.com"}
        ),
    ),
}

MORE: list[tuple[str, str, Event]] = [
    (
        "break-glass-used",
        "aws",
        trail("sts", "AssumeRole", readOnly=True, requestParameters={"roleArn": EPIC}),
    ),
    ("unmanaged-transfer", "aws", trail("ec2", "ModifySnapshotAttribute")),
    (
        "unmanaged-transfer",
        "aws",
        finding("Macie Finding", "macie", type="Policy:IAMUser/S3BucketSharedExternally"),
    ),
    ("unmanaged-transfer", "aws", finding("Access Analyzer Finding", "access-analyzer", status="ACTIVE")),
    ("logging-changed", "aws", trail("logs", "PutRetentionPolicy", userIdentity=DEPLOYER)),
    (
        "root-used",
        "aws",
        trail(
            "signin",
            "ConsoleLogin",
            kind="AWS Console Sign In via CloudTrail",
            userIdentity=ROOT,
            eventType="AwsConsoleSignIn",
        ),
    ),
]
"""Further events that an alert is about."""
