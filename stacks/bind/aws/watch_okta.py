"""What Okta's system log says of the things to watch, as EventBridge patterns on the log stream's bus.

Event types and fields: Okta's "Event Types" catalogue and "System Log API" (LogEvent object). The stream
wraps a log event as `detail` of an EventBridge event with detail-type `SystemLog`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from billing_identity.components.okta.behaviours import IMPOSSIBLE_TRAVEL

Pattern = Mapping[str, Any]
TRAVEL = tuple(f"*{name}=POSITIVE*" for name in (IMPOSSIBLE_TRAVEL, "Velocity"))
"""Okta writes a behaviour by its name: the one that is declared, and the one that every organisation begins
with (Okta Help Center, "Behavior Detection System Log events")."""


def okta_patterns(
    *,
    deployer: str,
    break_glass_users: Sequence[str],
    export_groups: Sequence[str],
    quiet_hours: Sequence[int],
    ephi_apps: Sequence[str],
) -> dict[str, Pattern]:
    """Pattern by alert id. `deployer` is the client id of the deployment, whose own changes are no news;
    `export_groups` and `ephi_apps` are display names.
    """
    other = {"actor": {"id": [{"anything-but": [deployer]}]}}
    done = {"outcome": {"result": ["SUCCESS"]}}
    found: dict[str, Pattern] = {
        "failed-sign-ins": _event(
            ["user.session.start", "user.authentication.auth_via_mfa", "user.account.lock"],
            {"outcome": {"result": ["FAILURE", "DENY"]}},
        ),
        "impossible-travel": _event(
            ["user.session.start", "policy.evaluate_sign_on"],
            {"debugContext": {"debugData": {"behaviors": [{"wildcard": name} for name in TRAVEL]}}},
        ),
        "legacy-protocol": _event(
            ["user.session.start", "user.authentication.auth", "user.authentication.sso"],
            {"debugContext": {"debugData": {"requestUri": [{"wildcard": "/app/office365/*/active*"}]}}},
        ),
        "mfa-disabled": _event(
            [
                *("user.mfa.factor.deactivate", "user.mfa.factor.reset_all", "user.mfa.factor.suspend"),
                *("system.mfa.factor.deactivate", "security.authenticator.lifecycle.deactivate"),
            ]
        ),
        "text-code-used": _event(
            ["user.authentication.auth_via_mfa"],
            {**done, "debugContext": {"debugData": {"factor": ["SMS_FACTOR", "CALL_FACTOR"]}}},
        ),
        "admin-granted": _event(
            ["user.account.privilege.grant", "group.privilege.grant", "app.oauth2.client.privilege.grant"]
        ),
        "role-changed": _event(
            [
                *("group.lifecycle.create", "group.lifecycle.delete", "group.profile.update"),
                *("group.application_assignment.add", "group.application_assignment.remove"),
                *({"prefix": "policy.lifecycle."}, {"prefix": "policy.rule."}, {"prefix": "iam.role."}),
                *({"prefix": "zone."}, {"prefix": "iam.resourceset."}),
            ],
            other,
        ),
        "api-key-created": _event(
            [
                *("system.api_token.create", "app.oauth2.client.lifecycle.create"),
                *("oauth2.client.secret.create", "app.oauth2.credentials.lifecycle.create"),
            ],
            other,
        ),
        "service-account-anomaly": _event(
            [{"prefix": "app.oauth2.token.grant"}, "app.oauth2.as.token.grant"],
            {"actor": {"type": ["PublicClientApp"]}, "outcome": {"result": ["FAILURE", "DENY"]}},
        ),
        "webhook-changed": _event(
            [
                *({"prefix": "event_hook."}, "inline_hook.created", "inline_hook.updated"),
                *("inline_hook.deleted", "inline_hook.activated", "inline_hook.deactivated"),
            ]
        ),
        "logging-changed": _event([{"prefix": "system.log_stream.lifecycle."}]),
    }
    if export_groups:
        found["export-access-granted"] = _event(
            ["group.user_membership.add"], {**done, "target": {"displayName": list(export_groups)}}
        )
    if quiet_hours and ephi_apps:
        found["unusual-hours"] = {
            **_event(["user.authentication.sso"], {**done, "target": {"displayName": list(ephi_apps)}}),
            "time": [{"wildcard": f"*T{hour:02d}:*"} for hour in sorted(quiet_hours)],
        }
    if break_glass_users:
        found["break-glass-used"] = _event(
            ["user.session.start", "user.authentication.sso", "user.authentication.auth_via_mfa"],
            {"actor": {"id": list(break_glass_users)}},
        )
    return found


def _event(types: Sequence[Any], more: Mapping[str, Any] | None = None) -> Pattern:
    return {"detail": {"eventType": list(types), **(more or {})}}
