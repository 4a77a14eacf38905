"""Documents that name clients still fit, and still say no, when there are many."""

from __future__ import annotations

import pytest
from iam_evaluator import Caller, Request, allowed

from billing_identity.components.aws.policies.document import TRUST_LIMIT
from billing_identity.components.aws.policies.exchange_policy import NAMED_CLIENTS, upload_trust

SIGNER = "arn:aws:iam::100000000004:role/client-portal"


def may(policy: str, code: str | None, caller: str = SIGNER) -> bool:
    context = {} if code is None else {"aws:RequestTag/Client": code}
    return allowed(policy, Request(Caller(caller), "sts:AssumeRole", context=context))


@pytest.mark.parametrize("count", [4, NAMED_CLIENTS, NAMED_CLIENTS + 1, 4000])
def test_signers_name_one_client_however_many_there_are(count: int) -> None:
    codes = [f"c{number:07}" for number in range(count)]
    policy = upload_trust([SIGNER], codes, "us-east-1")
    assert len(policy) <= TRUST_LIMIT
    assert may(policy, codes[-1])
    assert not may(policy, None)
    assert not may(policy, "c0000001/../../other")
    assert not may(policy, codes[-1], "arn:aws:iam::100000000004:role/somebody")
    assert may(policy, "stranger") is (count > NAMED_CLIENTS)
