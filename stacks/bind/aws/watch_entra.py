"""What Entra's sign-in and audit logs say of the things to watch.

No partner source brings them to AWS: the log collector reads Microsoft Graph and puts each record as
`detail` of an event, source `entra`, detail-type `signIn` or `directoryAudit`. Fields: Microsoft Graph,
`signIn` of beta (v1.0 has neither `signInEventTypes` nor `authenticationDetails`, by its metadata of
2026-08-20) and `directoryAudit` of v1.0; activity names: Microsoft Entra "Audit log activity reference",
where the case of policies differs from other pages; error codes: "Microsoft Entra
authentication and authorization error codes".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]
SOURCE = "entra"
FAILED = (50053, 50055, 50056, 50057, 50074, 50076, 50126, 500121, 53003)
"""Wrong or expired password, locked or disabled account, second factor missing or refused, denied."""
LEGACY = (
    *("Authenticated SMTP", "AutoDiscover", "Exchange ActiveSync", "Exchange Online PowerShell"),
    *("Exchange Web Services", "IMAP4", "MAPI Over HTTP", "Offline Address Book", "Other clients"),
    *("Outlook Anywhere (RPC over HTTP)", "POP3", "Reporting Web Services", "SMTP"),
)
"""`clientAppUsed` of protocols that know no second factor."""


def entra_patterns(
    *, deployer: str, break_glass_users: Sequence[str], export_groups: Sequence[str]
) -> dict[str, Pattern]:
    """Pattern by alert id. `deployer` is the application id of the deployment."""
    foreign = {
        "$or": [
            {"initiatedBy": {"user": {"id": [{"exists": True}]}}},
            {"initiatedBy": {"app": {"appId": [{"anything-but": [deployer]}]}}},
        ]
    }
    found: dict[str, Pattern] = {
        "failed-sign-ins": _sign_in({"status": {"errorCode": list(FAILED)}}),
        "impossible-travel": _sign_in(
            {"riskEventTypes_v2": ["unlikelyTravel", "mcasImpossibleTravel", "impossibleTravel"]}
        ),
        "legacy-protocol": _sign_in({"clientAppUsed": [{"equals-ignore-case": name} for name in LEGACY]}),
        "mfa-disabled": _audit(
            ["Disable Strong Authentication", "User deleted security info", "Admin deleted security info"]
        ),
        "text-code-used": _sign_in(
            {
                "status": {"errorCode": [0]},
                "authenticationDetails": {
                    "authenticationMethod": ["Text message", "Phone call", "SMS"],
                    "succeeded": [True],
                },
            }
        ),
        "admin-granted": _audit(
            [
                *(
                    "Add member to role",
                    "Add eligible member to role",
                    "Add app role assignment to service principal",
                ),
                {"prefix": "Add member to role completed (PIM"},
                {"prefix": "Add eligible member to role in PIM completed"},
            ]
        ),
        "role-changed": _audit(
            [
                *(
                    "Add group",
                    "Delete group",
                    "Update group",
                    "Update role definition",
                    "Delete role definition",
                ),
                *("Add app role assignment grant to user", "Remove app role assignment from group"),
                "Add app role assignment to group",
                *(
                    {"equals-ignore-case": f"{change} conditional access policy"}
                    for change in ("Add", "Update", "Delete")
                ),
            ],
            foreign,
        ),
        "api-key-created": _audit(
            [
                {"wildcard": "Update application*Certificates and secrets management*"},
                "Add service principal credentials",
                "Consent to application",
            ],
            foreign,
        ),
        "service-account-anomaly": {
            "source": [SOURCE],
            "detail-type": ["signIn"],
            "detail": {
                "signInEventTypes": ["servicePrincipal", "managedIdentity"],
                "status": {"errorCode": [{"anything-but": [0]}]},
            },
        },
    }
    if export_groups:
        found["export-access-granted"] = _audit(
            ["Add member to group"],
            {
                "targetResources": {
                    "modifiedProperties": {"newValue": [f'"{name}"' for name in export_groups]}
                }
            },
        )
    if break_glass_users:
        found["break-glass-used"] = _sign_in({"userId": list(break_glass_users)})
    return found


def _sign_in(detail: Mapping[str, Any]) -> Pattern:
    return {"source": [SOURCE], "detail-type": ["signIn"], "detail": dict(detail)}


def _audit(activities: Sequence[Any], more: Mapping[str, Any] | None = None) -> Pattern:
    detail = {"activityDisplayName": list(activities), "result": ["success"], **(more or {})}
    return {"source": [SOURCE], "detail-type": ["directoryAudit"], "detail": detail}
