"""A client leaves: what each step of its status does to its stores, keys and accesses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from billing_identity.roles.exchange import clients_with_store, partner_accesses
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.client import Offboarding
from billing_identity.stacks.bind.aws.stores import store_groups

CLIENT = "riverbend-hospital"
NOTICE = Offboarding(ends_on=date(2027, 6, 30))
RETURNED = NOTICE.model_copy(update={"returned_on": date(2026, 7, 15)})
CERTIFIED = RETURNED.model_copy(update={"certificate": "CERT-7"})


@cache
def reference() -> Catalogue:
    found = load(REFERENCE).catalogue
    assert found is not None
    return found


def leaving(status: str, offboarding: Offboarding | None) -> Catalogue:
    changes: dict[str, Any] = {"status": status, "offboarding": offboarding}
    client = reference().clients[CLIENT].model_copy(update=changes)
    return replace(reference(), clients={**reference().clients, CLIENT: client})


@pytest.mark.parametrize(
    ("status", "offboarding", "group", "protected", "accesses"),
    [
        ("active", None, True, True, True),
        ("offboarding", NOTICE, True, True, True),
        ("offboarding", RETURNED, True, False, False),
        ("closed", CERTIFIED, False, False, False),
    ],
)
def test_stores_stay_whole_until_the_certificate_and_accesses_end_with_the_return(
    status: str, offboarding: Offboarding | None, group: bool, protected: bool, accesses: bool
) -> None:
    catalogue = leaving(status, offboarding)
    own = [found for found in store_groups(catalogue, None) if found.client and found.client.id == CLIENT]
    assert bool(own) is group
    if own:
        assert own[0].protect is protected
        assert own[0].exchanges  # a store that is still protected in the state can't go before the others
    assert any(access.client.id == CLIENT for access in partner_accesses(catalogue)) is accesses
    assert (CLIENT in clients_with_store(catalogue)) is group
