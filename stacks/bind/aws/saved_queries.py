# ruff: noqa: S608, E501 - constants, and SQL reads better in long lines
"""Saved queries: the guide's questions to the logs, in Athena's SQL.

Every query reads the last seven days unless it says otherwise; the day is a partition, so a query pays for
what it reads.
"""

from __future__ import annotations

_OKTA = "source LIKE 'aws.partner/okta.com/%'"
_ENTRA = "source = 'entra'"
_WEEK = "day >= date_format(date_add('day', -7, current_date), '%Y-%m-%d')"
_TRAIL_WEEK = "day >= date_format(date_add('day', -7, current_date), '%Y/%m/%d')"


def _field(path: str) -> str:
    return f"json_extract_scalar(detail, '$.{path}')"


_TYPE, _ACTOR, _RESULT = _field("eventType"), _field("actor.id"), _field("outcome.result")
_ADDRESS, _ACTIVITY = _field("client.ipAddress"), _field("activityDisplayName")
_BY = "COALESCE(" + _field("initiatedBy.user.id") + ", " + _field("initiatedBy.app.appId") + ")"


def _okta(types: str, what: str = "time") -> str:
    return (
        f"SELECT {what}, {_ACTOR} AS person, {_TYPE} AS action, {_ADDRESS} AS address "
        f"FROM events WHERE {_WEEK} AND {_OKTA} AND {types}"
    )


def _entra(activities: str) -> str:
    return (
        f"SELECT time, {_BY} AS person, {_ACTIVITY} AS action, CAST(NULL AS varchar) AS address "
        f"FROM events WHERE {_WEEK} AND {_ENTRA} AND detail_type = 'directoryAudit' AND {activities}"
    )


def _trail(names: str) -> str:
    return (
        "SELECT eventtime AS time, useridentity.principalid AS person, eventname AS action, "
        f"sourceipaddress AS address FROM cloudtrail WHERE {_TRAIL_WEEK} AND eventname IN ({names})"
    )


def _all(*parts: str) -> str:
    return "\nUNION ALL ".join(parts) + "\nORDER BY time"


_FAILED_ENTRA = (
    f"SELECT {_field('userId')} AS person, time FROM events WHERE {_WEEK} AND {_ENTRA} "
    f"AND detail_type = 'signIn' AND {_field('status.errorCode')} <> '0'"
)
_FAILED_OKTA = (
    f"SELECT {_ACTOR} AS person, time FROM events WHERE {_WEEK} AND {_OKTA} "
    f"AND {_TYPE} = 'user.session.start' AND {_RESULT} = 'FAILURE'"
)
QUERIES: dict[str, str] = {
    "failed-sign-ins": "-- Whose sign-ins failed most in the last week?\n"
    f"SELECT person, COUNT(*) AS failures, MIN(time) AS first, MAX(time) AS last FROM ({_FAILED_OKTA} "
    f"UNION ALL {_FAILED_ENTRA}) GROUP BY person ORDER BY failures DESC",
    "impossible-travel": "-- Who signed in from two countries within an hour?\n"
    "WITH sign_ins AS (SELECT "
    + _ACTOR
    + " AS person, from_iso8601_timestamp(time) AS at, "
    + _field("client.geographicalContext.country")
    + " AS country FROM events WHERE "
    + _WEEK
    + " AND "
    + _OKTA
    + " AND "
    + _TYPE
    + " = 'user.session.start' AND "
    + _RESULT
    + " = 'SUCCESS'"
    " UNION ALL SELECT "
    + _field("userId")
    + ", from_iso8601_timestamp(time), "
    + _field("location.countryOrRegion")
    + " FROM events WHERE "
    + _WEEK
    + " AND "
    + _ENTRA
    + " AND detail_type = 'signIn' AND "
    + _field("status.errorCode")
    + " = '0')\n"
    "SELECT a.person, a.at AS one, a.country AS here, b.at AS other, b.country AS there FROM sign_ins a "
    "JOIN sign_ins b ON a.person = b.person AND a.country <> b.country "
    "AND b.at BETWEEN a.at AND date_add('minute', 60, a.at) ORDER BY one",
    "legacy-protocols": "-- Which sign-ins used a protocol that knows no second factor?\n"
    f"SELECT time, {_field('userId')} AS person, {_field('clientAppUsed')} AS protocol FROM events "
    f"WHERE {_WEEK} AND {_ENTRA} AND detail_type = 'signIn' "
    f"AND {_field('clientAppUsed')} NOT IN ('Browser', 'Mobile Apps and Desktop clients') ORDER BY time",
    "mfa-turned-off": "-- Whose second factor was reset, removed or suspended?\n"
    + _all(
        _okta(
            f"{_TYPE} IN ('user.mfa.factor.deactivate', 'user.mfa.factor.reset_all', 'user.mfa.factor.suspend')"
        ),
        _entra(f"{_ACTIVITY} IN ('Disable Strong Authentication', 'User deleted security info')"),
        _trail("'DeactivateMFADevice', 'DeleteVirtualMFADevice'"),
    ),
    "new-administrators": "-- Who was made an administrator?\n"
    + _all(
        _okta(f"{_TYPE} IN ('user.account.privilege.grant', 'group.privilege.grant')"),
        _entra(f"{_ACTIVITY} LIKE 'Add%member to role%'"),
        _trail("'AttachRolePolicy', 'PutRolePolicy', 'CreateAccountAssignment'"),
    ),
    "role-changes": "-- Which roles, groups and policies changed, and by whom?\n"
    + _all(
        _okta(f"({_TYPE} LIKE 'group.%' OR {_TYPE} LIKE 'policy.%' OR {_TYPE} LIKE 'iam.role.%')"),
        _entra(f"({_ACTIVITY} LIKE '%group%' OR {_ACTIVITY} LIKE '%conditional access policy')"),
        _trail("'UpdateAssumeRolePolicy', 'CreatePolicyVersion', 'UpdatePermissionSet'"),
    ),
    "mass-export": "-- Who took the most records or objects out in a day?\n"
    "SELECT person, day, SUM(records) AS records, SUM(bytes) AS bytes FROM activity "
    f"WHERE {_WEEK} AND action IN ('export', 'download', 'print') GROUP BY person, day "
    "HAVING SUM(records) >= 200 ORDER BY records DESC",
    "unusual-hours": "-- Who reached ePHI between 04:00 and 09:59 UTC?\n"
    f"SELECT person, system, COUNT(*) AS times FROM activity WHERE {_WEEK} AND source = 'ehr' "
    "AND EXTRACT(HOUR FROM from_iso8601_timestamp(time)) BETWEEN 4 AND 9 GROUP BY person, system ORDER BY times DESC",
    "unmanaged-transfers": "-- What was copied to a drive, a private cloud or an unknown address?\n"
    f"SELECT time, person, device, action, object, bytes FROM activity WHERE {_WEEK} AND source = 'endpoint' "
    "AND action IN ('copy-to-removable', 'upload-to-unsanctioned', 'print-to-file') ORDER BY time",
    "api-keys": "-- Which API tokens and keys were made?\n"
    + _all(
        _okta(f"{_TYPE} IN ('system.api_token.create', 'oauth2.client.secret.create')"),
        _entra(f"{_ACTIVITY} LIKE '%Certificates and secrets management%'"),
        _trail("'CreateAccessKey', 'CreateServiceSpecificCredential', 'CreateLoginProfile'"),
    ),
    "service-accounts": "-- From which addresses do programs act, and how often in vain?\n"
    f"SELECT {_ACTOR} AS program, {_ADDRESS} AS address, COUNT(*) AS times, "
    f"SUM(CASE WHEN {_RESULT} = 'FAILURE' THEN 1 ELSE 0 END) AS failures FROM events WHERE {_WEEK} AND {_OKTA} "
    f"AND {_field('actor.type')} = 'PublicClientApp' GROUP BY 1, 2 ORDER BY failures DESC, times DESC",
    "webhooks": "-- Which webhooks and event hooks are new, changed or failing?\n"
    + _all(
        _okta(f"({_TYPE} LIKE 'event_hook.%' OR {_TYPE} LIKE 'inline_hook.%')"),
        _trail("'CreateApiDestination', 'UpdateConnection', 'Subscribe'"),
    ),
    "one-person": "-- Everything that one person did, in every system, on every device (put the id in)\n"
    "SELECT time, person, device, address, system, action, object, result FROM activity "
    f"WHERE {_WEEK} AND person = 'PERSON'\n"
    f"UNION ALL SELECT time, COALESCE({_ACTOR}, {_field('userId')}), "
    f"COALESCE({_field('device.id')}, {_field('deviceDetail.deviceId')}), "
    f"COALESCE({_ADDRESS}, {_field('ipAddress')}), source, COALESCE({_TYPE}, detail_type), "
    f"CAST(NULL AS varchar), {_RESULT} FROM events WHERE {_WEEK} "
    f"AND COALESCE({_ACTOR}, {_field('userId')}) = 'PERSON'\n"
    "UNION ALL SELECT eventtime, useridentity.principalid, CAST(NULL AS varchar), sourceipaddress, eventsource, "
    f"eventname, requestparameters, errorcode FROM cloudtrail WHERE {_TRAIL_WEEK} "
    "AND useridentity.principalid LIKE '%PERSON'\nORDER BY time",
}
"""Text by name."""
