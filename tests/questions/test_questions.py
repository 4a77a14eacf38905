"""Answers about the reference organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from billing_identity.review.commands.questions import register
from billing_identity.review.diff.state import View
from billing_identity.review.preview.record import Options, Preview, Registration
from billing_identity.review.questions.access import what_can, who_can, who_reaches
from billing_identity.review.questions.answer import Answer, Line, QuestionError
from billing_identity.review.questions.dates import days_of, expiring, unused
from billing_identity.review.questions.exposure import exposure
from billing_identity.review.questions.path import path
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.break_glass_use import BreakGlassUse

CATALOGUE: Any = load(REFERENCE).catalogue
assert CATALOGUE is not None
VIEW = View(CATALOGUE, date(2026, 11, 24))


def told(line: Line) -> dict[str, Any]:
    assert line.data is not None
    return line.data


def texts(answer: Answer) -> list[str]:
    return [text for _, lines in answer.groups for line in lines for text in (line.text, *line.reasons)]


def test_only_the_refund_approver_approves_refunds() -> None:
    answer = who_can(CATALOGUE, VIEW, "athenaone/refund-approval")
    assert [told(line)["holder"] for _, lines in answer.groups for line in lines] == ["role:refund-approver"]
    assert "by job code: RCM-REFUND (Refund Approver)" in texts(answer)


def test_inherited_access_names_its_source() -> None:
    said = texts(what_can(CATALOGUE, VIEW, "payment-poster"))
    assert "Post payments (athenaone/payment-posting): ePHI, financial" in said
    assert any(text.startswith("inherited from ") for text in said)


def test_who_reaches_a_client_is_what_the_roles_reach() -> None:
    holders = {
        told(line)["holder"] for line in who_reaches(CATALOGUE, VIEW, "riverbend-hospital").groups[0][1]
    }
    wanted = {
        key.subject
        for key, access in VIEW.state.items()
        if key.family == "access" and "riverbend-hospital" in access.clients
    }
    programs = {"claims-sender", "remittance-fetcher", "warehouse-loader"}
    assert holders == wanted | {f"service-account:{name}" for name in programs}
    assert "role:medical-coder" in holders


def test_who_decides_about_sign_in_could_reach_a_client() -> None:
    answer = who_reaches(CATALOGUE, VIEW, "harbor-family-practice")
    could = {told(line)["holder"]: line for line in answer.groups[1][1]}
    assert set(could) == {
        "role:help-desk",
        "role:identity-administrator",
        "service-account:entra-deployer",
        "service-account:okta-deployer",
    }
    by_entra = "Identity administrator of Microsoft Entra administration"
    assert told(could["service-account:entra-deployer"])["controls"] == {
        by_entra: ["azure-virtual-desktop", "exchange-online", "sharepoint-online", "statement-portal"]
    }


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("6w", 42), ("3m", 90), ("1y", 365), ("7", 7)])
def test_terms(text: str, days: int) -> None:
    assert days_of(text) == days


@pytest.mark.parametrize("text", ["", "d", "-1d", "30 d", "99999d", "1h"])
def test_terms_that_are_none(text: str) -> None:
    with pytest.raises(QuestionError):
        days_of(text)


def test_what_ends_within_a_year() -> None:
    soon, _ = expiring(CATALOGUE, VIEW, "1y").groups
    subjects = [told(line)["subject"] for line in soon[1]]
    assert "exception:uhc-authenticator-app" in subjects
    dates = [told(line)["date"] for line in soon[1]]
    assert dates == sorted(dates) and dates[-1] <= "2027-11-24"


def test_what_must_be_done_by_a_day_ends_too() -> None:
    """Rings of the rollout that are to come, and reviews of emergency access."""
    use = BreakGlassUse.model_validate(
        {
            "id": "use-1",
            "way": "sealed-account",
            "user": "00u00000000000000a01",
            "approved_by": "privacy-officer",
            "started": "2026-11-24T22:00:00Z",
            "ended": "2026-11-24T23:00:00Z",
            "reason": "The provider was down.",
        }
    )
    rings = {
        "enforced_since": {"pilot": date(2026, 11, 3)},
        "ring_deadlines": {"high-risk": date(2027, 1, 31)},
    }
    policy = CATALOGUE.access_policy.model_copy(update=rings)
    catalogue = replace(CATALOGUE, access_policy=policy, break_glass_uses={"use-1": use})
    soon = [line.text for line in expiring(catalogue, VIEW, "1y").groups[0][1]]
    assert "2026-11-25  review of break-glass use use-1" in soon
    assert "2027-01-31  ring high-risk of the rollout must be enforced" in soon


def test_the_reference_has_nothing_unused() -> None:
    assert texts(unused(CATALOGUE, VIEW)) == []


@pytest.mark.parametrize(
    "subject", ["role:payment-poster", "system:athenaone", "vendor:waystar", "service-account:claims-sender"]
)
def test_exposure_has_clients_with_clocks_queries_and_forensics(subject: str) -> None:
    answer = exposure(CATALOGUE, VIEW, subject)
    titles = [title for title, _ in answer.groups]
    said = texts(answer)
    assert any(title.startswith("Playbook ") for title in titles)
    assert any("breach notice within" in text for text in said)
    assert any(text.startswith("Query in ") for text in said)
    assert any(text.startswith("Forensics: Tidewater") for text in said)


@pytest.mark.parametrize(
    ("subject", "more", "through"),
    [
        ("vendor:okta", 20, "athenaOne: as somebody who signs in, through who runs Okta administration"),
        ("system:entra-admin", 7, "Statement portal: as somebody who signs in, through who runs"),
        ("role:help-desk", 14, "Waystar: as somebody who signs in, through Help desk administrator of Okta"),
        ("service-account:okta-deployer", 20, "Waystar: as somebody who signs in, through Organisation"),
        # Applications with internal data alone: what its resource set holds in Okta.
        ("role:application-administrator", 2, "GlobalProtect VPN: as somebody who signs in, through"),
        ("service-account:okta-drift-reader", 0, "Okta administration: Read-only administrator"),
        ("vendor:waystar", 0, "Waystar: the system as such"),
    ],
)
def test_control_of_sign_in_is_exposure(subject: str, more: int, through: str) -> None:
    answer = exposure(CATALOGUE, VIEW, subject)
    assert (f", {more} more through control of sign-in" in answer.summary) is bool(more)
    assert any(text.startswith(through) for text in texts(answer))


def test_a_lost_device_asks_for_its_attestation() -> None:
    said = texts(exposure(CATALOGUE, VIEW, "role:payment-poster"))
    assert any(text.startswith("Device: its state of encryption") for text in said)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: who_can(CATALOGUE, VIEW, "athenaone/nothing"),
        lambda: what_can(CATALOGUE, VIEW, "nobody"),
        lambda: who_reaches(CATALOGUE, VIEW, "nowhere"),
        lambda: exposure(CATALOGUE, VIEW, "payment-poster"),
        lambda: exposure(CATALOGUE, VIEW, "role:nobody"),
        lambda: path(CATALOGUE, VIEW, lambda: PREVIEW, "nobody", "athenaone"),
    ],
)
def test_what_is_not_there_is_said(ask) -> None:
    with pytest.raises(QuestionError):
        ask()


def made(kind: str, key: str, identifier: str, **inputs) -> Registration:
    urn = f"urn:pulumi:s::p::{kind}::{key}"
    return Registration(urn, kind, key, True, identifier, inputs, inputs, None, None, (), {}, Options())


PREVIEW = Preview(
    "p",
    "s",
    (
        made("okta:group/group:Group", "payment-poster", "g1", name="role-payment-poster"),
        made(
            "okta:group/rule:Rule",
            "payment-poster",
            "r1",
            groupAssignments=["g1"],
            expressionValue='user.jobCode=="RCM-POSTER"',
        ),
        made("okta:app/saml:Saml", "athenaone", "a1", label="athenaOne", authenticationPolicy="p1"),
        made("okta:index/appSignonPolicy:AppSignonPolicy", "tier-ephi", "p1", name="tier-ephi"),
        made(
            "okta:app/groupAssignment:GroupAssignment",
            "athenaone-payment-poster",
            "x1",
            groupId="g1",
            appId="a1",
            profile="{}",
        ),
    ),
    {},
)


def test_the_path_goes_through_group_rule_assignment_and_policy() -> None:
    answer = path(CATALOGUE, VIEW, lambda: PREVIEW, "payment-poster", "athenaone")
    steps = [
        told(line)["step"] for title, lines in answer.groups if title == "Declared objects" for line in lines
    ]
    assert steps == ["group", "rule", "assignment", "sign-on policy"]
    assert 'rule: user.jobCode=="RCM-POSTER"' in texts(answer)


def test_the_path_to_a_portal_is_its_own_account() -> None:
    role = next(
        item.role
        for name in CATALOGUE.roles
        for item in VIEW.held(name).values()
        if item.system == "uhc-provider-portal"
    )
    assert any(
        "Individual accounts" in text
        for text in texts(path(CATALOGUE, VIEW, lambda: PREVIEW, role, "uhc-provider-portal"))
    )


def test_no_path_where_there_is_no_access() -> None:
    assert "does not reach" in path(CATALOGUE, VIEW, lambda: PREVIEW, "payment-poster", "okta-admin").summary


def test_who_can_reach_is_who_reaches() -> None:
    runner = CliRunner()
    main = typer.Typer()
    register(main)
    one = runner.invoke(main, ["who", "can", "reach", "harbor-family-practice", "--format", "json"])
    other = runner.invoke(main, ["who", "reaches", "harbor-family-practice", "--format", "json"])
    assert one.exit_code == other.exit_code == 0 and one.output == other.output
    assert runner.invoke(main, ["who", "can", "athenaone/refund-approval", "x"]).exit_code == 2
