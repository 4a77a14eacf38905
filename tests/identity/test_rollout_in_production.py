"""A declared rollout can be deployed to production: what waits for a ring is counted, and blocks nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from billing_identity.policies.evaluate import Report, ResourceRecord, evaluate
from billing_identity.review import previewing
from billing_identity.review.exits import Exit
from billing_identity.review.pack_settings import pack_config
from billing_identity.roles.loader import REFERENCE
from billing_identity.stacks.settings import load_settings

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 24)
SINCE = {
    "pilot": "{ pilot: 2026-11-03 }",
    "high-risk": "{ pilot: 2026-07-06, high-risk: 2026-11-03 }",
    "everyone": "{ pilot: 2026-07-06, high-risk: 2026-08-03, everyone: 2026-09-14 }",
}
BY = {
    "pilot": "{ high-risk: 2027-01-31, everyone: 2027-03-31 }",
    "high-risk": "{ everyone: 2027-01-31 }",
    "everyone": "{ high-risk: 2026-08-31, everyone: 2026-10-31 }",
}
ENTRA = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
OKTA = "okta:app/signonPolicyRules:SignonPolicyRules"
REPORT_ONLY = "enabledForReportingButNotEnforced"


def catalogue_with(root: Path, since: str, by: str) -> Path:
    shutil.copytree(REFERENCE, root)
    file = root / "access-policy.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in ((SINCE["everyone"], since), (BY["everyone"], by)):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Judged:
    """The identity layer with the rollout at a ring."""

    outcome: previewing.Outcome

    def again(
        self,
        change: Callable[[list[ResourceRecord]], list[ResourceRecord]] = list,
        as_of: date = DAY,
        *,
        told: bool = True,
    ) -> Report:
        """What the pack says of the same resources, changed; with `told` false, without a catalogue."""
        settings, _ = load_settings(ROOT, "prod")
        preview, catalogue = self.outcome.preview, self.outcome.catalogue
        assert settings is not None and preview is not None and catalogue is not None
        config = pack_config(settings, catalogue, as_of)
        records = change(previewing.records(preview))
        return evaluate(records, config if told else replace(config, catalogue=None))


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    found: dict[str, Judged] = {}
    for ring, since in SINCE.items():
        folder = catalogue_with(tmp_path_factory.mktemp(ring) / "c", since, BY[ring])
        request = previewing.Request(ROOT, ("identity-prod",), DAY, folder)
        found[ring] = Judged(previewing.run(request))
    return found


@pytest.mark.parametrize("ring", SINCE)
def test_every_value_of_the_ring_can_be_deployed_to_production(at: dict[str, Judged], ring: str) -> None:
    outcome = at[ring].outcome
    assert outcome.report is not None
    assert [finding.message for finding in outcome.report.blocking] == []
    assert outcome.exit_code is Exit.FINE
    waiting = {finding.rule for finding in outcome.report.in_rollout}
    if ring == "everyone":
        assert not waiting
        return
    assert waiting >= {
        "entra-conditional-access-enforced",
        "entra-legacy-authentication-blocked",
        "okta-sign-on-rule-phishing-resistant",
    }
    assert not [finding for finding in outcome.report.in_rollout if finding.blocks]
    notices = [problem for problem in outcome.problems if problem.code == "rollout-under-way"]
    assert len(notices) == {"pilot": 2, "high-risk": 1}[ring]


def test_what_waits_is_what_is_declared_for_the_rings_to_come(at: dict[str, Judged]) -> None:
    names = {
        ring: {
            finding.name.removeprefix("conditional-access-")
            for finding in at[ring].again().in_rollout
            if finding.rule == "entra-conditional-access-enforced"
        }
        for ring in ("pilot", "high-risk")
    }
    assert names["pilot"] > names["high-risk"]
    assert {"workforce", "tier-ephi", "countries"} <= names["high-risk"]
    assert {"workforce-high-risk", "guests", "vendors"} <= names["pilot"] - names["high-risk"]
    assert not [name for found in names.values() for name in found if name.endswith("-pilot")]


def spoilt(kind: str, name: str, **props: Any) -> Callable[[list[ResourceRecord]], list[ResourceRecord]]:
    """Changes of one resource's properties."""

    def change(records: list[ResourceRecord]) -> list[ResourceRecord]:
        assert [record for record in records if (record.type, record.name) == (kind, name)]
        return [
            replace(record, props={**record.props, **props}, outputs={**record.effective, **props})
            if (record.type, record.name) == (kind, name)
            else record
            for record in records
        ]

    return change


@pytest.mark.parametrize("slug", ["workforce-pilot", "administrators", "contained", "tier-ephi-pilot"])
def test_what_waits_for_no_ring_must_be_enforced(at: dict[str, Judged], slug: str) -> None:
    name = f"conditional-access-{slug}"
    report = at["pilot"].again(spoilt(ENTRA, name, state=REPORT_ONLY))
    assert name in {finding.name for finding in report.blocking}


def test_switched_off_is_no_rollout(at: dict[str, Judged]) -> None:
    name = "conditional-access-workforce"
    report = at["pilot"].again(spoilt(ENTRA, name, state="disabled"))
    assert name in {finding.name for finding in report.blocking}


@pytest.mark.parametrize(
    "chain", [ENTRA, f"my:company:ConditionalAccess${ENTRA}", f"billing-identity:entra:Roles${ENTRA}"]
)
def test_a_foreign_policy_is_in_no_rollout(at: dict[str, Judged], chain: str) -> None:
    def foreign(records: list[ResourceRecord]) -> list[ResourceRecord]:
        model = next(record for record in records if record.name == "conditional-access-workforce")
        urn = f"urn:pulumi:identity-prod::billing-identity::{chain}::conditional-access-other"
        return [*records, replace(model, urn=urn, name="conditional-access-other")]

    report = at["high-risk"].again(foreign)
    assert "conditional-access-other" in {finding.name for finding in report.blocking}


def test_past_its_last_day_nothing_is_in_rollout(at: dict[str, Judged], tmp_path: Path) -> None:
    assert not at["high-risk"].again(as_of=date(2027, 1, 31)).blocking
    late = at["high-risk"].again(as_of=date(2027, 2, 1))
    assert late.blocking
    assert not late.in_rollout
    folder = catalogue_with(tmp_path / "c", SINCE["high-risk"], BY["high-risk"])
    outcome = previewing.run(previewing.Request(ROOT, ("identity-prod",), date(2027, 2, 1), folder))
    assert outcome.exit_code is Exit.BLOCKED
    assert "ring-overdue" in {problem.code for problem in outcome.problems if problem.blocks}


def test_without_a_catalogue_nothing_is_in_rollout(at: dict[str, Judged]) -> None:
    report = at["high-risk"].again(told=False)
    assert "entra-conditional-access-enforced" in {finding.rule for finding in report.blocking}


def _rules(judged: Judged, name: str) -> list[dict[str, Any]]:
    assert judged.outcome.preview is not None
    records = previewing.records(judged.outcome.preview)
    (found,) = [record for record in records if (record.type, record.name) == (OKTA, name)]
    rules: Any = found.effective["rules"]
    return [dict(rule) for rule in rules]


def test_whoever_the_rollout_has_reached_falls_through_to_nothing_weaker(at: dict[str, Judged]) -> None:
    rules = _rules(at["high-risk"], "tier-ephi")
    *before, last = rules
    left_out = last["groupsExcluded"]
    for group in left_out[1:]:
        fewer = {**last, "groupsExcluded": [name for name in left_out if name != group]}
        report = at["high-risk"].again(spoilt(OKTA, "tier-ephi", rules=[*before, fewer]))
        assert "tier-ephi" in {finding.name for finding in report.blocking}, group


def test_a_weaker_rule_for_a_ring_that_is_declared_as_enforced_is_a_fault(at: dict[str, Judged]) -> None:
    """The rules of the pilot, under a catalogue that says that high-risk people are enforced too."""
    outcome = replace(at["pilot"].outcome, catalogue=at["high-risk"].outcome.catalogue)
    names = {finding.name for finding in Judged(outcome).again().blocking}
    assert {"tier-ephi", "dashboard", "conditional-access-workforce-high-risk"} <= names


def test_a_weaker_rule_before_the_last_one_is_a_fault(at: dict[str, Judged]) -> None:
    *before, last = _rules(at["high-risk"], "tier-ephi")
    report = at["high-risk"].again(spoilt(OKTA, "tier-ephi", rules=[*before, last, {**last, "name": "more"}]))
    assert "tier-ephi" in {finding.name for finding in report.blocking}
