"""The cost page: every resource has a price or a reason, and the page is what the table and counts make."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing_identity.review.costs.estimate import PRICES, Table, lines, table, unpriced
from billing_identity.review.costs.page import page

ROOT = Path(__file__).parents[2]
KEY = "aws:kms/key:Key"


def test_the_page_is_up_to_date() -> None:
    """`make generate` writes it. Fails too for a resource type with neither a price nor a reason."""
    assert (ROOT / "docs" / "aws-cost.md").read_text(encoding="utf-8") == page(ROOT)


def test_the_page_says_where_its_prices_come_from() -> None:
    text = (ROOT / "docs" / "aws-cost.md").read_text(encoding="utf-8")
    assert f"written down on {table().written}" in " ".join(text.split())
    memory = [line for line in table().lines if line.checked is None]
    assert text.count("| from memory, unconfirmed |") == len(memory) == 4
    assert "no price was checked against an account's bill" in " ".join(text.split())


def small(**changes: object) -> Table:
    return Table.model_validate(
        {
            "written": "2026-11-24",
            "region": "us-east-1",
            "hours": 730,
            "assumptions": {"gb": {"value": 10, "text": "GB"}},
            "checked": {},
            "lines": [
                {"layer": "keys", "what": "keys", "type": KEY, "each": 1, "source": "KMS"},
                {"layer": "data", "what": "stored", "use": "gb", "each": 0.5, "source": "S3"},
                {"layer": "data", "what": "both", "type": "a", "use": "gb", "each": 2, "source": "S3"},
            ],
            "free": {"no charge": ["aws:iam/*"]},
            **changes,
        }
    )


def test_quantities_are_counts_assumptions_or_their_product() -> None:
    counted = {("keys", KEY): 3, ("data", "a"): 2, ("logging", KEY): 5}
    assert [(line.price.what, line.quantity, line.dollars) for line in lines(small(), counted)] == [
        ("keys", 3, 3),
        ("stored", 10, 5),
        ("both", 20, 40),
    ]
    assert [line.price.what for line in lines(small(), {})] == ["stored"]


def test_a_type_without_price_or_reason_is_named() -> None:
    counted = {("keys", KEY): 3, ("logging", KEY): 5, ("keys", "aws:iam/role:Role"): 1}
    assert unpriced(small(), counted) == [("logging", KEY)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("use: requests,", "use: nothing,", "no assumption 'nothing'"),
        ("use: requests,", "", "neither `type` nor `use`"),
        ("checked: aws-kms", "checked: hearsay", "no source 'hearsay'"),
        ("written: 2026-11-24", "written: some day", "written"),
        ("region: us-east-1", "place: us-east-1", "place"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = PRICES.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "prices.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        table(path)
