"""Each licence off in turn: what is not licensed is not declared, and the gap and its stand-in are stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.review.gap_report import gaps_of
from billing_identity.review.preview.record import Preview
from billing_identity.review.variant_page import PATH, page
from billing_identity.review.variant_previews import (
    CLOUD_LAYERS,
    EVERY_LICENCE,
    LICENCES,
    NO_LICENCE,
    ONE_ACCOUNT,
    Variant,
    variant,
    without,
)
from billing_identity.stacks.gaps import Gap, as_output

ROOT = Path(__file__).parents[2]
IDENTITY = sorted(name for name in LICENCES if not name.startswith("aws_"))


def inputs(found: Variant) -> dict[str, object]:
    return {item.urn: item.inputs for item in found.preview.resources()}


@pytest.mark.parametrize("licence", IDENTITY)
def test_off(licence: str) -> None:
    whole, found = variant(EVERY_LICENCE), variant(without(licence))
    more = found.gaps - whole.gaps
    assert more, f"without {licence} nothing is said to be missing"
    assert all(gap.control and gap.why and gap.stand_in for gap in more)
    provider = licence.split("_")[0]
    assert {gap.provider for gap in more} == {provider}
    assert inputs(found) != inputs(whole), "a gap is stated, and the control is declared all the same"
    package = "azuread" if provider == "entra" else provider
    ours, theirs = inputs(found), inputs(whole)
    changed = {urn for urn in ours.keys() | theirs.keys() if ours.get(urn) != theirs.get(urn)}
    assert {urn.split("::")[2].rsplit("$", 1)[-1].split(":")[0] for urn in changed} == {package}


def test_governance_is_more_than_p2() -> None:
    gaps = {gap.control for gap in variant(without("entra_governance")).gaps - variant(EVERY_LICENCE).gaps}
    assert gaps == {
        "removal after inactivity",
        "recommendations to the reviewers of access packages",
        "reviews of who is eligible to activate a group",
    }
    reviews = [
        item.inputs["assignmentReviewSettings"]
        for item in variant(without("entra_governance")).preview.resources()
        if item.type.endswith(":AccessPackageAssignmentPolicy")
    ]
    assert reviews, "P2 has access packages and their reviews"
    assert not any(review["accessRecommendationEnabled"] for review in reviews)


def test_without_any_licence_the_base_stands() -> None:
    found = variant(NO_LICENCE)
    types = {item.type for item in found.preview.resources()}
    assert {"okta:group/rule:Rule", "okta:app/groupAssignment:GroupAssignment"} <= types
    assert {"okta:app/signonPolicyRules:SignonPolicyRules", "okta:policy/signon:Signon"} <= types
    assert len(found.gaps) > len(variant(EVERY_LICENCE).gaps)


def test_without_an_aws_organisation() -> None:
    """One account keeps its stores, keys, logs and alarms; what only an organisation has is gone and said."""
    one, found = (variant(name, CLOUD_LAYERS) for name in (ONE_ACCOUNT, without("aws_organization")))
    assert {gap.control for gap in found.gaps - one.gaps} == {
        "Service and resource control policies",
        "sessions and principals of an incident denied",
    }
    gone = {item.type for item in one.preview.resources()} - {item.type for item in found.preview.resources()}
    assert gone, "an organisation has resources of its own"
    assert all("organization" in kind.lower() for kind in gone), gone
    assert not any("aws:organizations" in item.type for item in found.preview.resources()), (
        "no policy of an organisation where there is none"
    )


def test_the_page_is_current() -> None:
    assert (ROOT / PATH).read_text(encoding="utf-8") == page(), "run make generate"


def test_gaps_are_told_once_and_in_order() -> None:
    gap = Gap("okta", "a", "b", "c")
    other = Gap("aws", "a", "b", "c")
    told = as_output([gap, other, gap])
    assert [item["provider"] for item in told] == ["aws", "okta"]
    preview = Preview("p", "multiple", (), {"one": {"gaps": told}, "two": {"gaps": told}, "three": {}})
    assert gaps_of(preview) == told
