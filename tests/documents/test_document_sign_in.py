"""What documents say of signing in is said of each provider, and earned by what is declared there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from billing_identity.review.documents.content import encryption, incidents, mfa
from billing_identity.review.documents.content.signing_in import POLICIES
from billing_identity.review.documents.model import Row, Statement
from billing_identity.review.documents.writer import Grounds, Writer
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.vocabulary import Provider

found = load(REFERENCE).catalogue
assert found is not None
CATALOGUE = found
POLICY = "{'deviceIsManaged': True, 'compliantDevice': 1, 'group': 'contained'}"
OWN = ("Availity Essentials", "Medicare contractor portal")


def items(resources: Mapping[str, Mapping[str, str]]) -> list[tuple[str, set[str]]]:
    """Text and kinds of basis of every statement and row of the three documents."""
    writer = Writer(Grounds(CATALOGUE, date(2026, 11, 24), "prod", resources))
    said: list[tuple[str, set[str]]] = []
    for module in (mfa, encryption, incidents):
        for item in module.build(writer).items():
            text = item.text if isinstance(item, Statement) else " | ".join(item.cells)
            assert isinstance(item, Statement | Row)
            said.append((text, {basis.kind for basis in item.bases}))
    return said


CLAIMS = (
    "Every sign-in to an application through {}",
    "Systems with ePHI that people sign in to through {}",
    "can't sign in through {}",
)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("missing", [None, *POLICIES])
def test_a_claim_of_a_provider_rests_on_what_is_declared_there(claim: str, missing: Provider | None) -> None:
    resources = {kind: {"tier-ephi": POLICY} for name, kind in POLICIES.items() if name is not missing}
    said = items(resources)
    for provider in POLICIES:
        (kinds,) = (kinds for text, kinds in said if claim.format(provider.value.title()) in text)
        assert ("resource" in kinds) == (provider is not missing)
        assert ("person" in kinds) == (provider is missing)


def test_accounts_of_their_own_are_left_to_people() -> None:
    said = items({kind: {"tier-ephi": POLICY} for kind in POLICIES.values()})
    for words in ("keep accounts of their own, which", "and no sign-in policy", "are shut there by hand"):
        ((text, kinds),) = ((text, kinds) for text, kinds in said if words in text)
        assert kinds == {"person"}
        assert all(title in text for title in OWN)
    (kinds,) = (
        kinds for text, kinds in said if text.startswith("Payer portals with accounts of their own | auth")
    )
    assert "resource" not in kinds and "person" in kinds
