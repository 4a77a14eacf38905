"""The reader tells known, missing and unknown apart, and never takes what it can't read for a pass."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi_policy.secret import Secret

from billing_identity.policies.framework.reader import MalformedError, UndecidedError, View
from billing_identity.policies.framework.wire import SIGNATURE, UNKNOWN, UNKNOWNS, unwrap

KNOWN = View(
    {
        "text": "a",
        "flag": True,
        "number": 15.0,
        "as_text": {"flag": "false", "number": "7"},
        "list": ["a", "b"],
        "one": "a",
        "null": None,
        "block": {"inner": {"leaf": "x"}},
        "flattened": [{"leaf": "x"}],
        "blocks": [{"leaf": 1.0}, {"leaf": 2.0}],
        "json": '{"a": {"b": true}}',
        "__defaults": ["flag"],
    }
)


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda v: v.text("text"), "a"),
        (lambda v: v.text("missing"), None),
        (lambda v: v.text("null", "default"), "default"),
        (lambda v: v.flag("flag", default=False), True),
        (lambda v: v.flag("missing", default=True), True),
        (lambda v: v.flag("as_text.flag", default=True), False),
        (lambda v: v.number("number", 1), 15.0),
        (lambda v: v.number("as_text.number"), 7.0),
        (lambda v: v.number("missing", 3), 3),
        (lambda v: v.texts("list").all(), ("a", "b")),
        (lambda v: v.texts("one").all(), ("a",)),
        (lambda v: v.texts("missing").all(), ()),
        (lambda v: v.text("block.inner.leaf"), "x"),
        (lambda v: v.text("flattened.leaf"), "x"),
        (lambda v: v.text("block.absent.leaf"), None),
        (lambda v: [node.number("leaf") for node in v.nodes("blocks")], [1.0, 2.0]),
        (lambda v: [node.text("leaf") for node in v.nodes("flattened")], ["x"]),
        (lambda v: v.node("missing"), None),
        (lambda v: v.json("json").flag("a.b", default=False), True),
        (lambda v: v.json("missing"), None),
        (lambda v: v.has("null"), False),
        (lambda v: v.node("block").names(), ("inner",)),
    ],
)
def test_known_and_missing(read, expected):
    assert read(KNOWN) == expected


def test_the_providers_bookkeeping_is_no_property():
    assert "__defaults" not in KNOWN.names()


@pytest.mark.parametrize("mark", sorted(UNKNOWNS))
@pytest.mark.parametrize(
    "read",
    [
        lambda v: v.text("x"),
        lambda v: v.flag("x", default=True),
        lambda v: v.number("x", 1),
        lambda v: v.texts("x"),
        lambda v: v.node("x"),
        lambda v: v.nodes("x"),
        lambda v: v.json("x"),
        lambda v: v.documents("x"),
        lambda v: v.has("x"),
        lambda v: v.text("x.deeper"),
    ],
)
def test_every_kind_of_unknown_is_undecided(mark, read):
    with pytest.raises(UndecidedError) as raised:
        read(View({"x": mark}))
    assert raised.value.path == "x"


def test_an_unknown_element_is_not_lost_in_a_list():
    texts = View({"x": ["a", UNKNOWN]}).texts("x")
    assert texts.contains("a")
    assert bool(texts)
    with pytest.raises(UndecidedError):
        texts.contains("b")
    with pytest.raises(UndecidedError):
        texts.all()


def test_an_unknown_inside_json_text_is_undecided():
    with pytest.raises(UndecidedError):
        View({"x": f'{{"Resource": "{UNKNOWN}"}}'}).json("x")


def test_a_path_names_the_place_in_lists_and_documents():
    view = View({"rules": [{}, {"constraints": ['{"a": {}}', UNKNOWN]}]})
    with pytest.raises(UndecidedError) as raised:
        view.nodes("rules")[1].documents("constraints")
    assert raised.value.path == "rules[1].constraints"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (3, lambda v: v.text("x")),
        ("yes", lambda v: v.flag("x", default=True)),
        (1, lambda v: v.flag("x", default=True)),
        (True, lambda v: v.number("x")),
        ("ten", lambda v: v.number("x")),
        (float("nan"), lambda v: v.number("x")),
        ("inf", lambda v: v.number("x")),
        ([1], lambda v: v.texts("x")),
        ({"a": 1}, lambda v: v.texts("x")),
        ("text", lambda v: v.node("x")),
        ([{}, {}], lambda v: v.node("x")),
        ("text", lambda v: v.nodes("x")),
        ("{", lambda v: v.json("x")),
        ("[]", lambda v: v.json("x")),
        ("[" * 100_000, lambda v: v.json("x")),
        ("text", lambda v: v.text("x.y")),
    ],
)
def test_what_has_another_shape_is_malformed(value, read):
    with pytest.raises(MalformedError) as raised:
        read(View({"x": value}))
    assert "x" in raised.value.message


@pytest.mark.parametrize(
    "wrapped",
    [
        {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270", "value": "a"},
        {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4", "value": "a", "dependencies": []},
        {SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "urn:x", "id": "a"},
        Secret("a"),
        Secret(Secret("a")),
    ],
)
def test_secrets_outputs_and_references_are_read_through(wrapped):
    assert View({"x": wrapped}).text("x") == "a"


def test_an_output_without_a_value_is_unknown():
    with pytest.raises(UndecidedError):
        View({"x": {SIGNATURE: "d0e6a833031e9bbcd3f4e8bde6ca49a4"}}).text("x")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from(sorted(UNKNOWNS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abx"), inner, max_size=3),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(JSON, st.sampled_from(["a", "a.b", "x.a.b"]))
def test_reading_anything_gives_a_value_or_one_of_two_errors(value, path):
    view = View({"a": value, "x": value})
    for read in (
        lambda: view.text(path),
        lambda: view.flag(path, default=True),
        lambda: view.number(path),
        lambda: view.texts(path).all(),
        lambda: view.node(path),
        lambda: view.nodes(path),
        lambda: view.json(path),
        lambda: view.documents(path),
    ):
        try:
            found = read()
        except (UndecidedError, MalformedError):
            continue
        assert not (isinstance(found, str) and found in UNKNOWNS)


@settings(deadline=None, max_examples=100)
@given(JSON)
def test_unwrapping_keeps_plain_values(value):
    assert unwrap(value) is value
