"""The comparison of what was declared with what was answered."""

from __future__ import annotations

from typing import Any

import pytest
from reading_back import same

POLICY = '{"Statement":[{"Sid":"A"}]}'


@pytest.mark.parametrize(
    ("declared", "answered"),
    [
        ({"name": "a", "days": 30}, {"Name": "a", "Days": "30", "More": 1}),
        ({"rules": [{"id": "a"}]}, {"Rules": [{"ID": "a"}]}),
        ({"policy": POLICY}, {"Policy": '{"Statement": [{"Sid": "A"}]}'}),
        ({"policy": POLICY}, {"Policy": {"Statement": [{"Sid": "A"}]}}),
        ({"query": "SELECT 1"}, {"QueryString": "SELECT 1"}),
    ],
)
def test_what_is_answered_as_declared_passes(declared: Any, answered: Any) -> None:
    same(declared, answered, {"query": "QueryString"})


@pytest.mark.parametrize(
    ("declared", "answered", "where"),
    [
        ({"name": "a"}, {"Name": "b"}, r"\.name"),
        ({"name": "a"}, {}, r"\.name: not in the answer"),
        ({"rules": [{"id": "a"}]}, {"Rules": []}, r"\.rules"),
        ({"rules": [{"id": "a"}]}, {"Rules": [{"ID": "a"}, {"ID": "b"}]}, r"\.rules"),
        ({"rules": [{"id": "a"}]}, {"Rules": [{"ID": "b"}]}, r"\.rules\[0\]\.id"),
        ({"policy": POLICY}, {"Policy": POLICY.replace("A", "B")}, r"\.policy"),
        ({"on": True}, {"On": False}, r"\.on"),
    ],
)
def test_what_differs_is_told_with_its_place(declared: Any, answered: Any, where: str) -> None:
    with pytest.raises(AssertionError, match=where):
        same(declared, answered)
