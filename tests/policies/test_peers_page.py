"""The comparison with other packs is current, and claims no control that no rule or component answers to."""

import re

from billing_identity.policies import coverage, peers
from billing_identity.policies.framework.registry import rules
from billing_identity.review.generate import ROOT

PAGE = peers.page()


def test_the_page_is_current():
    page = ROOT / "docs" / "policies-peers.md"
    assert page.read_text(encoding="utf-8") == PAGE, "run: make generate"


def test_every_control_of_both_baselines_has_one_row():
    rows = re.findall(r"^\| ((?:MS\.AAD|OKTA-APP)\S+) .* \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 34 + 29
    for control, state, by in rows:
        claimed = state != "not before deployment"
        assert claimed is (control not in coverage.unseen()), control
        assert by


def test_the_peers_asked_for_are_beside_this_pack():
    for name in ("cdk-nag", "conformance pack", "Prowler", "Checkov", "SCuBA", "STIG"):
        assert name in PAGE
    assert f"{len(rules())} rules" in PAGE
