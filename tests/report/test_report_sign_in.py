"""What the report says of signing in: declared by the preview, a stated gap, or the portal itself."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from report_bench import DAY

from billing_identity.review import previewing
from billing_identity.review.preview.record import Preview
from billing_identity.review.report import assurance, metrics
from billing_identity.review.report.assurance import SignIn
from billing_identity.review.report.page import render
from billing_identity.review.report.sign_in_basis import DECLARED, GAP, PORTAL, SignInBasis
from billing_identity.roles.model.catalogue import Catalogue

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def without_p1(tmp_path_factory: pytest.TempPathFactory) -> previewing.Outcome:
    """The reference without Entra ID P1 and without Okta's device trust."""
    root = tmp_path_factory.mktemp("without-p1")
    for name in ("Pulumi.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    for name in ("stacks", "policies"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = root / "stacks" / "config" / "settings.prod.yaml"
    lacking = "capabilities: { entra_p1: false, okta_device_trust: false }\n"
    settings.write_text(settings.read_text().replace("okta:\n  org_name", f"{lacking}okta:\n  org_name", 1))
    found = previewing.run(previewing.Request(root=root, stacks=["all-prod"], as_of=DAY))
    assert found.preview is not None
    return found


def signed(outcome: previewing.Outcome, preview: Preview | None) -> dict[str, SignIn]:
    return {item.system: item for item in assurance.sign_ins(catalogue(outcome), (), SignInBasis(preview))}


def catalogue(outcome: previewing.Outcome) -> Catalogue:
    assert outcome.catalogue is not None
    return outcome.catalogue


def told(outcome: previewing.Outcome, found: dict[str, SignIn]) -> tuple[str, str]:
    metric = metrics.declared(catalogue(outcome), DAY, "prod", tuple(found.values()))[0]
    return metric.value, metric.note


def by_basis(found: dict[str, SignIn]) -> dict[str, set[str]]:
    return {
        basis: {item.provider for item in found.values() if item.basis == basis}
        for basis in (DECLARED, GAP, PORTAL)
    }


def test_the_reference_declares_every_sign_in_but_those_of_accounts_of_their_own(
    outcome: previewing.Outcome,
) -> None:
    found = signed(outcome, outcome.preview)
    assert by_basis(found) == {DECLARED: {"Okta", "Entra"}, GAP: set(), PORTAL: {"own accounts"}}
    ephi = [item for item in found.values() if item.ephi]
    held = sum(item.held for item in ephi)
    portals = sum(item.basis == PORTAL for item in ephi)
    assert 0 < held <= len(ephi) - portals
    note = f"{held} of {len(ephi)} systems with ePHI, as declared; {portals} by the portal itself"
    assert told(outcome, found) == (f"{100 * held // len(ephi)} %", note)
    assert all("no policy declared" not in item.device for item in found.values() if item.basis == DECLARED)


def test_without_conditional_access_every_entra_system_is_a_stated_gap(
    outcome: previewing.Outcome, without_p1: previewing.Outcome
) -> None:
    found = signed(without_p1, without_p1.preview)
    assert by_basis(found) == {DECLARED: {"Okta"}, GAP: {"Entra"}, PORTAL: {"own accounts"}}
    for item in found.values():
        if item.basis == GAP:
            assert not item.held and item.basis_words.startswith(
                "stated gap: no Entra ID P1; instead: security"
            )
    gaps = sum(item.ephi and item.basis == GAP for item in found.values())
    value, note = told(without_p1, found)
    assert value != told(outcome, signed(outcome, outcome.preview))[0]
    assert f"; {gaps} with a stated gap; " in note


def test_a_managed_device_is_claimed_only_where_a_policy_asks_for_it(without_p1: previewing.Outcome) -> None:
    devices = {item.device for item in signed(without_p1, without_p1.preview).values()}
    assert devices == {"any device", "managed device (asked for, no policy declared)"}


def test_the_page_says_so(without_p1: previewing.Outcome) -> None:
    page = render(catalogue(without_p1), (), None, as_of=DAY, environment="prod", preview=without_p1.preview)
    assert "stated gap: no Entra ID P1; instead: security defaults" in page
    assert '<span class="tag warn">stated gap</span>' in page
    assert '<span class="note">by the portal itself</span>' in page


def test_without_a_preview_nothing_counts_as_declared(outcome: previewing.Outcome) -> None:
    found = signed(outcome, None)
    assert not [item for item in found.values() if item.basis == DECLARED]
    assert told(outcome, found)[0] == "0 %"


@pytest.mark.parametrize("weaker", [{}, {"deviceIsManaged": True, "networkConnection": "ANYWHERE"}])
def test_one_way_in_that_asks_for_less_is_what_a_tier_asks(
    outcome: previewing.Outcome, weaker: dict[str, object]
) -> None:
    """The rules of a tier are read one by one: a managed device in one of them is not the tier's."""
    preview = outcome.preview
    assert preview is not None
    way = {"name": "another", "access": "ALLOW", **weaker}
    registrations = tuple(
        replace(item, inputs={**item.inputs, "rules": [*item.inputs["rules"], way]})
        if item.type == "okta:app/signonPolicyRules:SignonPolicyRules" and item.name == "tier-ephi"
        else item
        for item in preview.registrations
    )
    system = catalogue(outcome).systems["athenaone"]
    whole, changed = SignInBasis(preview), SignInBasis(replace(preview, registrations=registrations))
    assert whole.managed_device(system) and whole.zones(system)
    assert changed.managed_device(system) is bool(weaker)
    assert not changed.zones(system)
