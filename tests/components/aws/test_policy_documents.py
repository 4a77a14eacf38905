"""A policy document says something, names what it is about, and is the same for the same statements."""

import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from billing_identity.components.aws.policies.document import allow, deny, document
from billing_identity.components.errors import ComponentInputError


def test_a_document_holds_nothing_but_text() -> None:
    import pulumi

    later = pulumi.Output.from_input("arn:aws:s3:::x")
    for resource in (later, f"{later}/*", "", None):
        with pytest.raises(ComponentInputError, match=r"Output|unresolved"):
            document("d", [deny("S", ("s3:*",), resources=[resource])], 1000)  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: document("d", [], 1000), "no statement"),
        (lambda: document("d", [deny("A", ("s3:*",)), deny("A", ("s3:*",))], 1000), "unique"),
        (lambda: document("d", [deny("not a sid", ("s3:*",))], 1000), "letters and digits"),
        (
            lambda: document("d", [deny("A", ("s3:*",), resources=["a" * 2000])], 1000),
            "the service takes 1000",
        ),
        (lambda: allow("A", ("s3:*",), principals={"*": ()}), "can't be for everyone"),
        (lambda: document("d", [deny("A", ())], 1000), "empty list"),
    ],
)
def test_a_document_that_says_nothing_is_refused(build: object, message: str) -> None:
    with pytest.raises(ComponentInputError, match=message):
        build()  # type: ignore[operator]


@hypothesis_settings(deadline=None)  # the machine may be busy
@given(st.lists(st.text("abcxyz:*/", min_size=1), min_size=1, max_size=5))
def test_documents_are_stable(resources: list[str]) -> None:
    one = document("d", [deny("A", ("s3:*",), resources=resources)], 10_000)
    other = document("d", [deny("A", ("s3:*",), resources=list(reversed(resources)))], 10_000)
    assert one == other
    assert json.loads(one)["Statement"][0]["Resource"] == sorted(set(resources))
