"""What each Okta component declares, with the real SDK, offline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pulumi_okta as okta
import pytest

from billing_identity.components.errors import ComponentInputError
from billing_identity.components.okta.access_request import AccessRequest
from billing_identity.components.okta.access_review import AccessReview
from billing_identity.components.okta.account_management import AccountManagement
from billing_identity.components.okta.admin_role import PERMISSIONS, AdminRole
from billing_identity.components.okta.api_authorization import ApiAuthorization
from billing_identity.components.okta.behaviours import Behaviours
from billing_identity.components.okta.device_assurance import DeviceAssurance
from billing_identity.components.okta.enrolment import Enrolment
from billing_identity.components.okta.event_log import LogStream
from billing_identity.components.okta.provisioning import Provisioning
from billing_identity.components.okta.service_app import ServiceApp
from billing_identity.components.okta.session_policy import SessionPolicy
from billing_identity.review.preview.record import Registration
from billing_identity.review.preview.run import run_callable

REVIEW: dict[str, Any] = {
    "review_name": "review-1",
    "description": "d",
    "kind": "GROUP",
    "targets": ["00g1"],
    "reviewer_group": "00g2",
    "start": "2027-01-01T06:00:00.000Z",
    "duration_days": 14,
    "interval": "P3M",
    "time_zone": "America/New_York",
}
STREAM: dict[str, Any] = {
    "stream_name": "s",
    "account_id": "222222222222",
    "region": "us-east-1",
    "event_source_name": "okta_meridian_prod",
}
REQUEST: dict[str, Any] = {
    "request_name": "r",
    "description": "d",
    "app_id": "0oa1",
    "group_id": "00g1",
    "requesters_group_id": "00g2",
    "approval_sequence_id": "6710a1b2c3d4e5f607182930",
    "duration": "PT8H",
    "priority": 0,
}
SERVICE: dict[str, Any] = {
    "label": "svc",
    "note": "n",
    "jwks_uri": "https://keys.example.com/jwks.json",
    "zones": ["nzo1"],
    "org_url": "https://acme.okta.com",
    "okta_scopes": ["okta.logs.read"],
    "standard_role": "REPORT_ADMIN",
}
ROLE: dict[str, Any] = {
    "label": "help",
    "description": "d",
    "permissions": ["okta.users.read"],
    "resources": ["https://acme.okta.com/api/v1/users"],
    "members": ["https://acme.okta.com/api/v1/groups/00g1"],
}
SESSION: dict[str, Any] = {
    "policy_name": "s",
    "description": "d",
    "groups": ["00g1"],
    "contained_groups": ["00g2"],
    "break_glass_groups": ["00g3"],
    "idle_minutes": 15,
    "lifetime_minutes": 720,
    "allowed_zones": ["nzo1"],
    "unusual_behaviours": ["bhv1"],
    "deny_high_risk": True,
    "default_policy_id": "00pDEFAULT",
}


def bent(args: Any, key: str, value: object) -> Any:
    """Arguments with one value that a type checker would refuse too."""
    return {**args, key: value}


def declared(build: Callable[[], object]) -> dict[tuple[str, str], Registration]:
    def program() -> None:
        build()

    preview = run_callable(program)
    assert not preview.errors, [str(error) for error in preview.errors]
    return {(item.type, item.name): item for item in preview.registrations}


def inputs(found: dict[tuple[str, str], Registration], token: str, name: str) -> dict[str, Any]:
    return found[(token, name)].inputs


def test_a_review_removes_on_silence_and_nobody_reviews_himself() -> None:
    found = declared(lambda: AccessReview("r", REVIEW))  # type: ignore[arg-type]
    campaign = found[("okta:index/campaign:Campaign", "r")]
    assert campaign.inputs["remediationSettings"]["noResponse"] == "DENY"
    assert campaign.inputs["remediationSettings"]["accessRevoked"] == "DENY"
    assert campaign.inputs["reviewerSettings"]["selfReviewDisabled"] is True
    assert campaign.inputs["reviewerSettings"]["justificationRequired"] is True
    assert campaign.options.ignore_changes == ("scheduleSettings.startDate",)


def test_a_request_is_active_and_ends() -> None:
    found = inputs(
        declared(lambda: AccessRequest("r", REQUEST)),  # type: ignore[arg-type]
        "okta:index/requestCondition:RequestCondition",
        "r",
    )
    assert found["status"] == "ACTIVE"
    assert found["accessDurationSettings"] == {"type": "ADMIN_FIXED_DURATION", "duration": "PT8H"}


def test_a_program_has_a_key_a_network_and_no_secret() -> None:
    found = declared(lambda: ServiceApp("s", SERVICE))  # type: ignore[arg-type]
    app = inputs(found, "okta:app/oAuth:OAuth", "s")
    assert app["type"] == "service"
    assert app["omitSecret"] is True
    assert app["tokenEndpointAuthMethod"] == "private_key_jwt"
    assert app["network"] == {"connection": "ZONE", "includes": ["nzo1"]}
    assert inputs(found, "okta:app/oauthRoleAssignment:OauthRoleAssignment", "s")["type"] == "REPORT_ADMIN"


def test_each_program_asks_for_its_own_scopes_only() -> None:
    clients: Any = {
        "a": {"client_id": "0oaA", "scopes": ["claims.write"]},
        "b": {"client_id": "0oaB", "scopes": ["remits.read"]},
    }
    found = declared(
        lambda: ApiAuthorization(
            "api", {"server_name": "api", "description": "d", "audience": "x", "clients": clients}
        )
    )
    rule = inputs(found, "okta:auth/serverPolicyRule:ServerPolicyRule", "api-a")
    assert rule["scopeWhitelists"] == ["claims.write"]
    assert rule["grantTypeWhitelists"] == ["client_credentials"]
    assert inputs(found, "okta:auth/serverPolicy:ServerPolicy", "api-b")["clientWhitelists"] == ["0oaB"]


def test_sessions_begin_in_a_zone_and_the_default_policy_starts_with_the_stig_rule() -> None:
    found = declared(lambda: SessionPolicy("s", SESSION))  # type: ignore[arg-type]
    token = "okta:policy/ruleSignon:RuleSignon"
    first = inputs(found, token, "s-default")
    assert (first["policyId"], first["priority"]) == ("00pDEFAULT", 1)
    assert (first["sessionIdle"], first["sessionLifetime"], first["sessionPersistent"]) == (15, 720, False)
    assert (first["networkConnection"], first["networkIncludes"]) == ("ZONE", ["nzo1"])
    assert inputs(found, token, "s-elsewhere")["access"] == "DENY"
    assert inputs(found, token, "s-high-risk")["riskLevel"] == "HIGH"
    assert inputs(found, token, "s-unusual")["sessionLifetime"] == 60
    order = [
        inputs(found, token, name)["priority"] for name in ("s-high-risk", "s-unusual", "s", "s-elsewhere")
    ]
    assert order == [1, 2, 3, 4]
    policies = [
        inputs(found, "okta:policy/signon:Signon", name)["priority"]
        for name in ("s-contained", "s-break-glass", "s")
    ]
    assert policies == [1, 2, 3]


@pytest.mark.parametrize("fallback", [True, False])
def test_phones_are_enrolled_by_the_fallback_group_alone(fallback: bool) -> None:
    args: Any = {"policy_name": "e", "groups": ["00g1"], "fips": True, "break_glass_groups": ["00g2"]}
    if fallback:
        args["text_code_groups"] = ["00g3"]
    found = declared(lambda: Enrolment("e", args))
    phones = {
        item.name: item.inputs["phoneNumber"]["enroll"]
        for item in found.values()
        if "phoneNumber" in item.inputs
    }
    assert phones.pop("e-text-codes", None) == ("OPTIONAL" if fallback else None)
    assert set(phones.values()) == {"NOT_ALLOWED"}
    assert ("okta:index/authenticator:Authenticator", "e-phone") in found or not fallback
    settings = inputs(found, "okta:index/authenticator:Authenticator", "e-verify")["settings"]
    assert '"fips": "REQUIRED"' in settings


@pytest.mark.parametrize("limits", [True, False])
def test_settings_of_an_early_feature_are_sent_only_where_it_is_on(limits: bool) -> None:
    args: Any = {"policy_name": "e", "groups": ["00g1"], "fips": True, "passkey_limits": limits}
    found = declared(lambda: Enrolment("e", args))
    sent = inputs(found, "okta:index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn", "e-webauthn")
    assert sent["userVerification"] == "REQUIRED"
    early = {"allowSyncablePasskeys": False, "certBasedAttestationValidation": True}
    assert {name: value for name, value in sent.items() if name in early} == (early if limits else {})


def test_devices_are_encrypted_locked_and_not_jailbroken() -> None:
    versions = {
        "windows": "10.0.22631.0",
        "macos": "14.7",
        "ios": "17.7",
        "android": "13",
        "chromeos": "16093.86.0",
    }
    found = declared(lambda: DeviceAssurance("d", {"minimum_os": versions}))
    by = {item.name: item.inputs for item in found.values() if item.package == "okta"}
    assert by["d-windows"]["diskEncryptionTypes"] == ["ALL_INTERNAL_VOLUMES"]
    assert by["d-macos"]["secureHardwarePresent"] is True
    assert by["d-ios"]["jailbreak"] is False
    assert by["d-android"]["diskEncryptionTypes"] == ["FULL", "USER"]
    assert by["d-chromeos"]["tpspDiskEncrypted"] is True


def test_provisioning_ends_leavers_and_leaves_pushed_groups() -> None:
    found = declared(lambda: Provisioning("p", {"app_id": "0oa1", "push_groups": {"coder": "00g1"}}))
    switches = inputs(found, "okta:app/features:Features", "p")["capabilities"]
    assert switches["update"]["lifecycleDeactivate"]["status"] == "ENABLED"
    assert switches["update"]["password"]["status"] == "DISABLED"
    assert inputs(found, "okta:index/pushGroup:PushGroup", "p-coder")["deleteTargetGroupOnDestroy"] is False


def test_factors_are_changed_with_a_phishing_resistant_one_away_from_the_company() -> None:
    args: Any = {
        "policy_id": "rst1",
        "contained_groups": ["00g1"],
        "recovery_groups": ["00g2"],
        "company_zones": ["nzo1"],
    }
    found = declared(lambda: AccountManagement("a", args))
    token = "okta:index/appSignonPolicyRule:AppSignonPolicyRule"
    rule = inputs(found, token, "a-factors")
    assert "accessRequest.operation == 'enroll'" in rule["customExpression"]
    assert (rule["networkExcludes"], rule["groupsExcluded"]) == (["nzo1"], ["00g2"])
    assert inputs(found, token, "a-contained")["access"] == "DENY"


def test_behaviours_have_names_of_their_own() -> None:
    found = declared(lambda: Behaviours("b", {"known_after": 20, "velocity": 805}))
    kinds = {item.inputs["name"]: item.inputs["type"] for item in found.values() if item.package == "okta"}
    assert kinds == {
        "billing-new-device": "ANOMALOUS_DEVICE",
        "billing-new-location": "ANOMALOUS_LOCATION",
        "billing-impossible-travel": "VELOCITY",
    }


def test_every_permission_is_one_that_the_provider_documents() -> None:
    assert all(
        f'"{permission}"' in (okta.AdminRoleCustom.__init__.__doc__ or "") + _source()
        for permission in PERMISSIONS
    )


def _source() -> str:
    import inspect

    return inspect.getsource(okta.AdminRoleCustom)


def refused(make: Callable[[], object]) -> str:
    said: list[str] = []

    def program() -> None:
        try:
            make()
        except ComponentInputError as error:
            said.append(str(error))

    run_callable(program)
    return said[0] if said else ""


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: AccessReview("r", bent(REVIEW, "targets", [])), "1 to 50"),
        (lambda: AccessReview("r", bent(REVIEW, "targets", ["00g1"] * 51)), "1 to 50"),
        (lambda: AccessReview("r", bent(REVIEW, "interval", "P2M")), "interval"),
        (lambda: LogStream("l", bent(STREAM, "event_source_name", "okta-meridian-prod")), "'.' and '_'"),
        (lambda: LogStream("l", bent(STREAM, "event_source_name", "o" * 76)), "1 to 75"),
        (lambda: AccessReview("r", bent(REVIEW, "duration_days", 28)), "duration_days"),
        (lambda: AccessRequest("r", bent(REQUEST, "duration", "8 hours")), "PT1H to PT72H"),
        (lambda: AccessRequest("r", bent(REQUEST, "duration", "PT73H")), "PT1H to PT72H"),
        (lambda: AccessRequest("r", bent(REQUEST, "duration", "P91D")), "P1D to P90D"),
        (lambda: ServiceApp("s", bent(SERVICE, "zones", [])), "zones"),
        (lambda: ServiceApp("s", bent(SERVICE, "jwks_uri", "http://x")), "https"),
        (lambda: ServiceApp("s", bent(SERVICE, "standard_role", "SUPER_ADMIN")), "super administrator"),
        (lambda: AdminRole("a", bent(ROLE, "permissions", ["okta.users.manage"])), "delegated"),
        (lambda: AdminRole("a", bent(ROLE, "resources", [])), "at least one"),
        (lambda: DeviceAssurance("d", {"minimum_os": {"beos": "5"}}), "windows"),
        (lambda: SessionPolicy("s", bent(SESSION, "idle_minutes", 16)), "idle_minutes"),
        (lambda: SessionPolicy("s", bent(SESSION, "lifetime_minutes", 0)), "lifetime_minutes"),
        (
            lambda: AccountManagement(
                "a",
                {"policy_id": "rst1", "contained_groups": [], "recovery_groups": [], "company_zones": []},
            ),
            "company_zones",
        ),
        (
            lambda: ApiAuthorization(
                "a", {"server_name": "a", "description": "d", "audience": "x", "clients": {}}
            ),
            "clients",
        ),
    ],
)
def test_wrong_arguments_are_refused_in_words(make: Callable[[], object], said: str) -> None:
    assert said in refused(make)
