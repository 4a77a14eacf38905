"""The reference organisation in Okta: rollout, fallback, reviews, requests, programs, and stated gaps."""

from __future__ import annotations

from datetime import date

import pytest
from okta_program import TODAY, Declared, catalogue, enforced, of, run, settings, with_policy, without

from billing_identity.components.okta.sign_on_rules import NOT_ENFORCED
from billing_identity.roles.model.vocabulary import Cadence
from billing_identity.stacks.bind.okta import governance, services, sign_in
from billing_identity.stacks.gaps import Gap

RULES = "okta:app/signonPolicyRules:SignonPolicyRules"
CAMPAIGN = "okta:index/campaign:Campaign"
REQUEST = "okta:index/requestCondition:RequestCondition"
OAUTH = "okta:app/oAuth:OAuth"
REFERENCE_COUNT = 300


def names(found: Declared, tier: str) -> list[str]:
    return [rule["name"] for rule in of(found, RULES)[tier].inputs["rules"]]


def shape(found: Declared) -> dict[tuple[str, str], object]:
    return {key: item.inputs for key, item in found.items() if item.package == "okta"}


def test_rules_come_in_the_computed_order(okta_half: Declared) -> None:
    assert names(okta_half, "tier-workforce") == [
        *("contained-deny", "break-glass", "high-risk-deny", "unusual-step-up", "text-code-fallback", "tier")
    ]
    assert names(okta_half, "tier-ephi") == [
        *("contained-deny", "break-glass", "high-risk-deny", "unusual-step-up", "risky-step-up", "tier")
    ]
    assert names(okta_half, "tier-privileged") == ["contained-deny", "break-glass", "high-risk-deny", "tier"]


def test_bulk_export_is_asked_for_a_hardware_key_every_time(okta_half: Declared) -> None:
    rule = next(
        rule for rule in of(okta_half, RULES)["tier-ephi"].inputs["rules"] if rule["name"] == "risky-step-up"
    )
    group = of(okta_half, "okta:group/group:Group")["bulk-export-analyst"]
    assert group.id in rule["groupsIncluded"]
    assert rule["reAuthenticationFrequency"] == "PT0S"
    assert "hardwareProtection" in rule["constraints"][0]


def test_a_ring_moves_by_one_value_and_only_the_rules_change(okta_half: Declared) -> None:
    early, _ = run(with_catalogue=enforced("pilot", "high-risk"))
    before, after = shape(early), shape(okta_half)
    assert set(before) == set(after)
    changed = {key for key in after if before[key] != after[key]}
    assert changed
    assert {token for token, _ in changed} == {RULES}
    assert names(early, "tier-ephi")[-1] == NOT_ENFORCED
    assert NOT_ENFORCED not in names(okta_half, "tier-ephi")


def test_whom_the_rollout_has_reached_never_gets_the_weaker_rule() -> None:
    early, _ = run(with_catalogue=enforced("pilot"))
    for policy in of(early, RULES).values():
        if policy.name in ("dashboard",) or policy.name.startswith("tier-"):
            by = {rule["name"]: rule for rule in policy.inputs["rules"]}
            assert set(by["tier"]["groupsIncluded"]) <= set(by[NOT_ENFORCED]["groupsExcluded"])


def test_text_codes_go_on_their_day() -> None:
    last, _ = run(date(2027, 4, 30))
    over, _ = run(date(2027, 5, 1))
    assert "text-code-fallback" in names(last, "tier-workforce")
    assert "text-code-fallback" not in names(over, "tier-workforce")
    gone = {key for key in shape(last) if key not in shape(over)}
    assert {name for _, name in gone if not name.startswith("review-")} == {
        "text-code-fallback",
        "enrolment-text-codes",
        "enrolment-phone",
    }


def test_what_goes_with_the_fallback_is_not_protected(okta_half: Declared) -> None:
    for (token, name), item in okta_half.items():
        if name in ("enrolment-text-codes", "enrolment-phone") and token.startswith("okta:"):
            assert not item.options.protect, name


@pytest.mark.parametrize(
    ("as_of", "cadence", "start"),
    [
        (date(2026, 11, 24), Cadence.QUARTERLY, "2027-01-01"),
        (date(2026, 1, 1), Cadence.QUARTERLY, "2026-04-01"),
        (date(2026, 6, 30), Cadence.HALF_YEARLY, "2026-07-01"),
        (date(2026, 12, 31), Cadence.MONTHLY, "2027-01-01"),
        (date(2026, 5, 5), Cadence.YEARLY, "2027-01-01"),
    ],
)
def test_a_review_starts_in_the_next_period(as_of: date, cadence: Cadence, start: str) -> None:
    assert governance.first_day(cadence, as_of) == f"{start}T06:00:00.000Z"


def test_everything_in_okta_is_reviewed_once_by_somebody_else() -> None:
    known, found = catalogue(), governance.reviews(catalogue(), TODAY)
    roles = [target for review in found if review.kind == "GROUP" for target in review.targets]
    assert len(roles) == len(set(roles))
    for review in found:
        if review.kind == "GROUP":
            assert review.reviewer not in review.targets
            for target in review.targets:
                role = known.roles[target]
                if role.privileged or role.risk.value == "high" or role.vendor_staff:
                    assert review.cadence is Cadence.QUARTERLY, target
        else:
            for target in review.targets:
                assert review.cadence is known.systems[target].review


def test_a_review_of_other_targets_has_another_name() -> None:
    one, other = (
        governance.Review("GROUP", "roles", "x", Cadence.QUARTERLY, targets)
        for targets in (("a", "b"), ("a", "c"))
    )
    assert one.name != other.name


def test_requested_roles_end_at_the_catalogues_limit(okta_half: Declared) -> None:
    found = of(okta_half, REQUEST)
    assert found["request-break-glass-responder"].inputs["accessDurationSettings"]["duration"] == "PT4H"
    for name, item in found.items():
        role = catalogue().roles[name.removeprefix("request-")]
        assert role.request is not None
        hours = role.request.max_hours
        said = item.inputs["accessDurationSettings"]["duration"]
        assert said in (f"PT{hours}H", f"P{hours // 24}D")
        eligible = of(okta_half, "okta:group/group:Group")[f"eligible-{role.id}"]
        assert item.inputs["requesterSettings"]["ids"] == [{"id": eligible.id}]


def test_programs_are_bound_to_their_network_and_the_deployer_is_not_declared(okta_half: Declared) -> None:
    found = {name: item for name, item in of(okta_half, OAUTH).items() if name.startswith("svc-")}
    assert settings().okta is not None
    assert set(found) == {
        f"svc-{account.id}"
        for account in services.accounts(catalogue(), settings().okta)  # type: ignore[arg-type]
    }
    assert "svc-okta-deployer" not in found
    zones = of(okta_half, "okta:network/zone:Zone")
    for name, item in found.items():
        account = catalogue().service_accounts[name.removeprefix("svc-")]
        assert item.inputs["network"]["includes"] == [zones[f"network-{account.zone}"].id]
        assert item.inputs["jwksUri"] == account.credential.jwks_uri  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("capability", "gone"),
    [
        ("okta_identity_governance", {CAMPAIGN, REQUEST}),
        ("okta_adaptive_mfa", {"okta:index/behaviour:Behaviour"}),
        ("okta_device_trust", {"okta:policy/deviceAssuranceWindows:DeviceAssuranceWindows"}),
        ("okta_api_access_management", {"okta:auth/server:Server"}),
    ],
)
def test_what_is_not_licensed_is_not_declared_and_said(
    capability: str, gone: set[str], reference: tuple[Declared, tuple[Gap, ...]]
) -> None:
    found, gaps = run(with_settings=without(**{capability: False}))
    tokens = {token for token, _ in found}
    assert not gone & tokens
    assert gone <= {token for token, _ in reference[0]}
    stated = {gap.control for gap in gaps} - {gap.control for gap in reference[1]}
    assert stated, "the gap is stated, with what stands in for it"
    if capability == "okta_adaptive_mfa":
        text = str([item.inputs for item in found.values()])
        for word in ("riskScore", "riskLevel", "security.behaviors", "DYNAMIC_V2"):
            assert word not in text
    if capability == "okta_device_trust":
        assert "deviceIsManaged" not in str([item.inputs for item in of(found, RULES).values()])


def test_every_gap_says_why_and_what_stands_in(reference: tuple[Declared, tuple[Gap, ...]]) -> None:
    _, gaps = reference
    assert len({gap.control for gap in gaps}) == len(gaps)
    assert all(gap.why and gap.stand_in for gap in gaps)


def test_settings_left_out_are_gaps_not_errors() -> None:
    known = settings()
    assert known.okta is not None
    bare = known.okta.model_copy(
        update={
            "default_session_policy": None,
            "account_management_policy": None,
            "brand": None,
            "passkey_limits": False,
            "approval_sequences": {},
            "scim_connected": (),
        }
    )
    found, gaps = run(with_settings=known.model_copy(update={"okta": bare}))
    assert not of(found, REQUEST)
    assert not of(found, "okta:app/features:Features")
    controls = " ".join(gap.control for gap in gaps)
    named = ("default session policy", "registration", "e-mails", "synced passkeys")
    for word in (*named, "request for bulk-export", "waystar"):
        assert word in controls


def test_the_stig_profile_sets_what_the_stig_asks() -> None:
    known = with_policy(profile="disa-okta-stig")
    found, _ = run(with_catalogue=known)
    for token in ("okta:policy/password:Password", "okta:index/policyPasswordDefault:PolicyPasswordDefault"):
        (item,) = of(found, token).values()
        assert item.inputs["passwordMaxLockoutAttempts"] == 3
        assert item.inputs["passwordMinAgeMinutes"] == 1440
        assert item.inputs["passwordMaxAgeDays"] == 60
        assert item.inputs["passwordMinSymbol"] == 1


def test_text_codes_never_open_ephi() -> None:
    known = catalogue()
    allowed = {tier for tier in known.access_policy.tiers if sign_in.text_codes_allowed(known, tier)}
    assert allowed == {"workforce"}


def test_no_secret_and_no_person_is_in_it(okta_half: Declared) -> None:
    text = str([item.inputs for item in okta_half.values() if item.package == "okta"])
    assert "clientSecret" not in text
    assert "[secret]" not in text
    assert "00u" not in text
    assert len(shape(okta_half)) > REFERENCE_COUNT


@pytest.mark.parametrize(
    ("hours", "said"),
    [(1, "PT1H"), (24, "PT24H"), (48, "P2D"), (72, "P3D"), (71, "PT71H"), (100, "P4D"), (24 * 180, "P90D")],
)
def test_a_request_ends_within_what_okta_takes(hours: int, said: str) -> None:
    role = catalogue().roles["bulk-export-analyst"]
    assert role.request is not None
    role = role.model_copy(update={"request": role.request.model_copy(update={"max_hours": hours})})
    assert governance.Request(role, "snowflake", "sequence", 0, "why").duration == said
