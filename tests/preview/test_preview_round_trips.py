"""Any preview survives writing and reading."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_previews import without_secrets, written

from billing_identity.review.preview.deployment import read_deployment
from billing_identity.review.preview.merge import renamed
from billing_identity.review.preview.record import UNKNOWN, Options, Preview, Registration, Secret

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=8).filter(
    lambda t: "urn:pulumi:" not in t
)
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | texts
    | st.just(UNKNOWN)
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3) | st.builds(Secret, inner)
    ),
    max_leaves=6,
)
properties = st.dictionaries(texts, values, max_size=4)
names = st.text("abc-é ", min_size=1, max_size=4)
options = st.builds(
    Options,
    protect=st.none() | st.booleans(),
    retain_on_delete=st.none() | st.booleans(),
    delete_before_replace=st.none() | st.booleans(),
    ignore_changes=st.lists(names, max_size=2).map(tuple),
    import_id=st.none() | names,
    custom_timeouts=st.dictionaries(st.sampled_from(["create", "delete"]), st.floats(1, 9e4), max_size=2),
    version=st.none() | st.just("7.0.1"),
    external=st.booleans(),
)


@st.composite
def previews(draw: st.DrawFn) -> Preview:
    urns: list[str] = []
    items: list[Registration] = []
    for index, name in enumerate(draw(st.lists(names, max_size=5, unique=True))):
        urn = f"urn:pulumi:dev::p::a:b:C{index}::{name}"
        needs = tuple(sorted(draw(st.sets(st.sampled_from(urns)) if urns else st.just(set[str]()))))
        custom = draw(st.booleans())
        items.append(
            Registration(
                urn=urn, type=f"a:b:C{index}", name=name, custom=custom,
                id=draw(st.none() | names) if custom else None,
                inputs=draw(properties), outputs=draw(properties),
                parent=draw(st.none() | st.sampled_from(urns)) if urns else None,
                provider=None, dependencies=needs, property_dependencies={"x": needs},
                options=draw(options), source=draw(st.none() | names),
            )
        )  # fmt: skip
        urns.append(urn)
    return Preview("p", "dev", tuple(items), draw(properties), unknown=draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(previews())
def test_any_preview_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, drawn: Preview
) -> None:
    path = tmp_path_factory.mktemp("any") / "d.json"
    written(drawn, path)
    first = path.read_bytes()
    back = read_deployment(path)
    assert without_secrets(back) == without_secrets(drawn)
    written(back, path)
    assert path.read_bytes() == first
    json.loads(first, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


@given(previews())
@settings(max_examples=50, deadline=None)
def test_renaming_a_stack_and_back_changes_nothing(drawn: Preview) -> None:
    assert renamed(renamed(drawn, {"dev": "x"}), {"x": "dev"}) == drawn


def test_a_number_without_json_form_survives(tmp_path: Path) -> None:
    item = Registration(
        "urn:pulumi:s::p::a:b:C::n",
        "a:b:C",
        "n",
        True,
        "1",
        {"x": math.inf},
        {},
        None,
        None,
        (),
        {},
        Options(),
    )
    path = written(Preview("p", "s", (item,), {}), tmp_path / "d.json")
    assert read_deployment(path).registrations == (item,)
