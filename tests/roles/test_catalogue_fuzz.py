"""Whatever the files hold, loading and checking report; they never raise."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from catalogue_bench import TODAY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing_identity.roles.checks import run_checks
from billing_identity.roles.checks.no_secrets import resembles_secret
from billing_identity.roles.loader import REFERENCE, Loaded, load
from billing_identity.roles.yaml_tree import Tree, read_text, read_tree

QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["none", "okta", "2026-11-24", "1999-01-01", "2150-12-31", "aws", "aws/log-reader", "finance"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
WORKDIR: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp("fuzz") / "catalogue"
    shutil.copytree(REFERENCE, root)
    WORKDIR.append(root)
    yield
    WORKDIR.clear()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    path = WORKDIR[0].parent / "any.yaml"
    path.write_bytes(raw)
    tree = read_tree(path, "any.yaml")
    assert all(problem.location.line >= 1 for problem in tree.problems)
    assert not tree.problems or tree.data is None


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>#%@`'\"\n \t,?~0.", max_size=60))
def test_any_yaml_like_text_is_read_or_refused(text: str) -> None:
    tree = read_text(text, Tree("any.yaml"))
    for path, _ in tree.scalars():
        assert tree.locate(path).line >= 1


@QUIET
@given(data=st.data())
def test_a_reference_with_any_value_anywhere_is_judged(data: st.DataObject) -> None:
    root = WORKDIR[0]
    file = data.draw(
        st.sampled_from(sorted(path.relative_to(REFERENCE) for path in REFERENCE.rglob("*.yaml")))
    )
    content: Any = read_tree(REFERENCE / file, file.as_posix()).data
    spoilt = copy.deepcopy(content)
    place, key = data.draw(st.sampled_from(list(_places(spoilt))))
    place[key] = data.draw(VALUES)
    path = root / file
    path.write_text(yaml.safe_dump(spoilt, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        loaded = load(root)
        assert (loaded.catalogue is None) == bool(loaded.problems)
        if loaded.catalogue is not None:
            for problem in run_checks(loaded.catalogue, TODAY):
                assert problem.location.line >= 1 and problem.message and problem.remedy
    finally:
        shutil.copyfile(REFERENCE / file, path)


@settings(max_examples=12, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_any_day_is_judged_and_the_same_day_says_the_same(reference: Loaded, as_of: date) -> None:
    assert reference.catalogue is not None
    assert run_checks(reference.catalogue, as_of) == run_checks(reference.catalogue, as_of)


@given(st.text(max_size=120))
def test_any_text_is_judged_as_a_secret_or_not(text: str) -> None:
    assert isinstance(resembles_secret(text), str)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    entries: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    for key, item in entries:
        yield value, key
        yield from _places(item)
