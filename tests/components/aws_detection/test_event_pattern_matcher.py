"""The matcher itself, on cases of the EventBridge User Guide's rules."""

import pytest
from event_pattern import matches

EVENT = {
    "source": "aws.sts",
    "time": "2026-11-24T03:15:00Z",
    "detail": {
        "name": "AssumeRole",
        "flag": False,
        "count": 0,
        "address": "10.1.2.3",
        "targets": [{"type": "User", "id": "a"}, {"type": "Group", "id": "b"}],
        "roles": ["x", "y"],
        "empty": None,
    },
}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"source": ["aws.sts", "aws.iam"]}, True),
        ({"source": ["aws.iam"]}, False),
        ({"detail": {"missing": ["x"]}}, False),
        ({"detail": {"flag": [False]}}, True),
        ({"detail": {"flag": [0]}}, False),
        ({"detail": {"count": [0]}}, True),
        ({"detail": {"count": ["0"]}}, False),
        ({"detail": {"roles": ["y"]}}, True),
        ({"detail": {"targets": {"id": ["b"]}}}, True),
        ({"detail": {"targets": {"id": ["c"]}}}, False),
        ({"detail": {"name": [{"prefix": "Assume"}]}}, True),
        ({"detail": {"name": [{"prefix": "assume"}]}}, False),
        ({"detail": {"name": [{"equals-ignore-case": "assumerole"}]}}, True),
        ({"detail": {"name": [{"anything-but": ["AssumeRole"]}]}}, False),
        ({"detail": {"name": [{"anything-but": ["Other"]}]}}, True),
        ({"detail": {"missing": [{"anything-but": ["Other"]}]}}, False),
        ({"detail": {"missing": [{"exists": False}]}}, True),
        ({"detail": {"name": [{"exists": False}]}}, False),
        ({"a": {"b": [{"exists": False}]}}, True),
        ({"detail": {"address": [{"cidr": "10.1.0.0/16"}]}}, True),
        ({"time": [{"wildcard": "*T03:*"}]}, True),
        ({"time": [{"wildcard": "*T04:*"}]}, False),
        ({"$or": [{"source": ["aws.iam"]}, {"detail": {"count": [0]}}]}, True),
        ({"$or": [{"source": ["aws.iam"]}, {"detail": {"count": [1]}}]}, False),
    ],
)
def test_matching(pattern: dict, expected: bool) -> None:
    assert matches(pattern, EVENT) is expected


def test_an_unknown_operator_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not know"):
        matches({"source": [{"numeric": ["=", 1]}]}, EVENT)
