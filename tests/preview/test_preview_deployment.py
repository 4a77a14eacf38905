"""The deployment file: complete, the same bytes every time, no secret in it, and clear errors on reading."""

import contextlib
import json
import math
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pulumi
import pulumi_okta as okta
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from preview_programs import TOKEN, reference

from billing_identity.review.preview import reading
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.deployment import read_deployment, to_deployment, write_deployment
from billing_identity.review.preview.merge import merge, rename, renamed, without_stack
from billing_identity.review.preview.reading import LIMIT
from billing_identity.review.preview.record import (
    UNKNOWN,
    Options,
    Preview,
    Registration,
    Secret,
    redact,
    reveal,
)
from billing_identity.review.preview.run import run_callable

AS_OF = "2026-11-24"


def written(preview: Preview, path: Path, **options: Any) -> Path:
    write_deployment(path, to_deployment(preview, as_of=AS_OF, **options))
    return path


@pytest.fixture(scope="module")
def preview() -> Preview:
    return run_callable(reference)


def test_no_secret_is_in_the_file_in_any_form(tmp_path: Path) -> None:
    def program() -> None:
        password = pulumi.Output.secret("s3cr3t-pässword")
        whole = pulumi.Output.secret({"inner": ["s3cr3t-list"]})
        okta.group.Group("plain", name=password, custom_profile_attributes=password.apply(json.dumps))
        okta.app.OAuth("app", label="a", type="web", client_basic_secret="s3cr3t-by-schema")
        okta.group.Group(
            "marked", name="s3cr3t-marked", opts=pulumi.ResourceOptions(additional_secret_outputs=["name"])
        )
        pulumi.export("whole", whole)
        pulumi.export("derived", pulumi.Output.concat("before-", password))
        okta.Provider("okta", org_name="acme", api_token="s3cr3t-token")
        okta.group.Group("bad", name="x", opts=pulumi.ResourceOptions(aliases=["urn:pulumi:a::b::c:d:E::f"]))

    result = run_callable(program)
    assert result.errors == ()
    text = written(result, tmp_path / "d.json").read_bytes()
    found = re.findall(rb"s3cr3t[-\w\\]*", text)
    # The one input that nothing marks stays an input; its output was marked.
    assert found == [b"s3cr3t-marked"]
    assert "s3cr3t-pä" not in repr(result)
    assert "s3cr3t" not in str(redact(result.stack_outputs))
    assert reveal(result.stack_outputs["whole"]) == {"inner": ["s3cr3t-list"]}


def test_secrets_carry_the_engines_signature(preview: Preview, tmp_path: Path) -> None:
    document = json.loads(written(preview, tmp_path / "d.json").read_text(encoding="utf-8"))
    provider = next(r for r in document["deployment"]["resources"] if r["type"] == "pulumi:providers:okta")
    assert provider["inputs"]["apiToken"] == {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        "ciphertext": "offline-preview:not-kept",
    }
    assert TOKEN not in json.dumps(document)


def test_the_same_program_gives_the_same_bytes_in_other_processes(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]);"
        "from preview_programs import reference;"
        "from billing_identity.review.preview.run import run_callable;"
        "from billing_identity.review.preview.deployment import to_deployment, write_deployment;"
        "document = to_deployment(run_callable(reference), as_of='2026-11-24');"
        "write_deployment(pathlib.Path(sys.argv[2]), document)"
    )
    outcomes: set[bytes] = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.json"
        command = [sys.executable, "-W", "ignore", "-c", code, str(Path(__file__).parent), str(path)]
        subprocess.run(command, check=True, timeout=120, env={**os.environ, "PYTHONHASHSEED": seed})
        outcomes.add(path.read_bytes())
    assert len(outcomes) == 1


def test_resources_come_after_what_they_depend_on_and_providers_have_ids(preview: Preview) -> None:
    for mode in (preview, run_callable(reference, unknown=True)):
        seen: set[str] = set()
        references: set[str] = set()
        for resource in to_deployment(mode, as_of=AS_OF)["deployment"]["resources"]:
            assert {resource.get("parent"), *resource.get("dependencies", [])} - {None} <= seen
            assert resource.get("provider") is None or resource["provider"] in references
            seen.add(resource["urn"])
            if resource["type"].startswith("pulumi:providers:"):
                references.add(f"{resource['urn']}::{resource['id']}")


def test_urns_carry_the_reserved_stack_and_come_back_with_the_real_one(
    preview: Preview, tmp_path: Path
) -> None:
    path = written(preview, tmp_path / "d.json")
    text = path.read_text(encoding="utf-8")
    assert "urn:pulumi:dev::" not in text
    assert "urn:pulumi:offline-preview::project::" in text
    assert json.loads(text)["deployment"]["secrets_providers"] == {"type": "offline-preview"}
    back = read_deployment(path)
    assert (back.project, back.stack) == ("project", "dev")
    assert back.by_urn().keys() == preview.by_urn().keys()
    plain = written(preview, tmp_path / "plain.json", reserved_stack=None)
    assert "urn:pulumi:dev::project::" in plain.read_text(encoding="utf-8")
    assert read_deployment(plain) == back


def test_what_was_read_equals_what_was_written_but_for_secrets(preview: Preview, tmp_path: Path) -> None:
    back = read_deployment(written(preview, tmp_path / "d.json"))
    assert without_secrets(back) == without_secrets(preview)
    assert back.registrations != preview.registrations  # the secrets


def without_secrets(preview: Preview) -> Preview:
    return replace(
        preview,
        registrations=tuple(
            replace(item, inputs=redact(item.inputs), outputs=redact(item.outputs))
            for item in preview.registrations
        ),
        stack_outputs=redact(preview.stack_outputs),
    )


def test_a_layer_merged_with_another_keeps_both_apart(preview: Preview, tmp_path: Path) -> None:
    other = run_callable(reference, stack="prod")
    both = merge([preview, other])
    assert len(both.registrations) == 2 * len(preview.registrations)
    assert both.stack_outputs["prod"] == other.stack_outputs
    assert both.errors == ()
    back = read_deployment(written(both, tmp_path / "d.json"))
    assert without_secrets(back) == without_secrets(both)
    assert "urn:pulumi:offline-preview.prod::" in (tmp_path / "d.json").read_text(encoding="utf-8")


def test_merging_the_same_stack_twice_none_or_two_modes_is_refused(preview: Preview) -> None:
    twice = merge([preview, preview])
    assert {error.kind for error in twice.errors} == {"duplicate-urn"}
    assert len(twice.registrations) == len(preview.registrations)
    assert merge([preview]) is preview
    with pytest.raises(ValueError, match="at least one"):
        merge([])
    with pytest.raises(ValueError, match="known and with unknown"):
        merge([preview, replace(preview, unknown=True)])


def test_a_preview_under_another_stack_name_is_equal_without_the_names(preview: Preview) -> None:
    other = renamed(preview, {"dev": "prod"})
    assert other != preview
    assert without_stack(other) == without_stack(preview)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("urn:pulumi:a::p::t:t:T::n", "urn:pulumi:b::p::t:t:T::n"),
        ("urn:pulumi:aa::p::t:t:T::a", "urn:pulumi:aa::p::t:t:T::a"),
        ("urn:pulumi:a::p::t::n::id", "urn:pulumi:b::p::t::n::id"),
        ("a urn:pulumi:a::p::t::n urn:pulumi:a::p::t::m", "a urn:pulumi:b::p::t::n urn:pulumi:b::p::t::m"),
        ("a", "a"),
        ("urn:pulumi:", "urn:pulumi:"),
    ],
)  # fmt: skip
def test_only_the_stack_of_a_urn_is_renamed(text: str, expected: str) -> None:
    assert rename(text, {"a": "b"}) == expected


# --- reading faults ---


def shape(**changes: Any) -> dict[str, Any]:
    resource = {"urn": "urn:pulumi:s::p::a:b:C::n", "type": "a:b:C", "custom": True, "id": "1"}
    return {"version": 3, "deployment": {"manifest": {}, "resources": [resource | changes]}}


TREE = "{}"
for _ in range(900):
    TREE = f'{{"a":{TREE}}}'


def members(**given: Any) -> bytes:
    return json.dumps({"version": 3, "deployment": given}).encode()


BAD: list[tuple[str, bytes, str]] = [
    ("empty", b"", r":1:1: ends in the middle of a value: the file is truncated"),
    ("truncated", json.dumps(shape(), indent=1).encode()[:-9], r":\d+:\d+: ends in the middle"),
    ("truncated in a string", b'{"version": 3, "deployment": {"resou', r":1:\d+: ends in the middle"),
    ("no json", b"version: 3\n", r":1:1: not JSON"),
    ("no number", b'{"version": NaN}', r"NaN is no number of JSON"),
    ("not utf-8", b'{"version": 3,\n"x": "\xff"}', r":2: byte 21 is not UTF-8"),
    ("a list", b"[]", r":1:1: must be an object, not a list"),
    ("older", json.dumps({**shape(), "version": 2}).encode(), r"deployment version 2 is not 3 or 4"),
    ("newer", json.dumps({**shape(), "version": 9}).encode(), r"deployment version 9"),
    ("true", json.dumps({**shape(), "version": True}).encode(), r"deployment version true"),
    ("no version", json.dumps({"deployment": {}}).encode(), r"deployment version null"),
    ("unknown feature", json.dumps({**shape(), "version": 4, "features": ["x"]}).encode(), r"needs x, which"),
    ("features no list", json.dumps({**shape(), "version": 4, "features": 1}).encode(), r"needs 1, which"),
    ("no deployment", b'{"version": 3}', r"no `deployment`"),
    ("nothing in it", members(), r"`deployment.resources` must be a list, not null or missing"),
    ("resources null", members(manifest={"magic": "x"}, resources=None), r"must be a list, not null"),
    ("resources no list", members(resources=1), r"`deployment.resources` must be a list, not a number"),
    ("another case", members(manifest={"magic": "x"}, Resources=[{}]), r"`deployment` has `Resources`"),
    ("resource no object", members(resources=[1]), r"resource 0: must be an object, not a number"),
    ("no urn", json.dumps(shape(urn=None)).encode(), r"resource 0: `urn` must be text, not null"),
    ("bad urn", json.dumps(shape(urn="urn:x")).encode(), r"resource 0: `urn:x` is no URN"),
    ("no type", json.dumps(shape(type=None)).encode(), r"resource 0: `type` must be text, not null"),
    ("another type", json.dumps(shape(type="a:b:D")).encode(), r"`type` is a:b:D, its URN says a:b:C"),
    ("inputs no object", json.dumps(shape(inputs=["x"])).encode(), r"`inputs` must be an object, not a list"),
    ("inputs of another case", json.dumps(shape(Inputs={})).encode(), r"has `Inputs`, whose case is wrong"),
    ("parent no text", json.dumps(shape(parent=1)).encode(), r"`parent` must be text, not a number"),
    ("bad dependencies", json.dumps(shape(propertyDependencies=[1])).encode(), r"resource 0: "),
    ("deep property", json.dumps(shape(inputs="?")).replace('"?"', TREE).encode(), r"nested more than 150"),
    ("deep", b'{"version": 3, "deployment": ' + b"[" * 100_000, r"nested too deeply|ends in the middle"),
]


@pytest.mark.parametrize(("content", "message"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_bad_file_is_one_clear_error(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as raised:
        read_deployment(path)
    assert all(fault.startswith(str(path)) for fault in raised.value.faults)
    assert "Error" not in str(raised.value)


@pytest.mark.parametrize("features", [None, [], ["refreshBeforeUpdate", "taint"]])
def test_a_file_of_version_4_is_read(tmp_path: Path, features: object) -> None:
    path = tmp_path / "d.json"
    path.write_text(json.dumps({**shape(), "version": 4, "features": features}))
    assert len(read_deployment(path).registrations) == 1


def test_the_engines_export_of_an_empty_stack_has_no_list(tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    path.write_bytes(members(manifest={"magic": "x"}))
    assert read_deployment(path).registrations == ()


def test_a_pipe_is_read_to_the_limit_and_no_further(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "LIMIT", 2**20)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=_pour, args=(path,))
    writer.start()
    with pytest.raises(InputError, match=r"more than 1 MB; at most 1 MB"):
        read_deployment(path)
    writer.join(10)
    assert not writer.is_alive()


def _pour(path: Path) -> None:
    with contextlib.suppress(BrokenPipeError), path.open("wb") as file:
        while True:
            file.write(b" " * 10_000)


def test_twice_the_same_urn_is_an_error(tmp_path: Path) -> None:
    document = shape()
    document["deployment"]["resources"] *= 2
    (tmp_path / "d.json").write_text(json.dumps(document))
    with pytest.raises(InputError, match="is there twice"):
        read_deployment(tmp_path / "d.json")


def test_a_missing_or_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_deployment(tmp_path / "d.json")
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(InputError, match=r"100 MB; at most 100 MB are read"):
        read_deployment(tmp_path / "huge.json")


def test_writing_is_all_or_nothing(preview: Preview, tmp_path: Path) -> None:
    path = written(preview, tmp_path / "d.json")
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_deployment(path, {"bad": object()})
    with pytest.raises((ValueError, OSError)):
        write_deployment(path, {"bad": "\ud800"})
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["d.json"]


def test_a_file_of_the_engine_is_read_too(tmp_path: Path) -> None:
    document = shape(
        inputs={
            "a": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
        },
        protect=True,
        retainOnDelete=True,
        customTimeouts={"create": 60},
        created="2026-01-01T00:00:00Z",
    )
    document["deployment"]["resources"].append({**shape()["deployment"]["resources"][0], "delete": True})
    (tmp_path / "d.json").write_text(json.dumps(document))
    (item,) = read_deployment(tmp_path / "d.json").registrations
    assert item.inputs == {"a": Secret("[secret]")}
    assert (item.options.protect, item.options.retain_on_delete) == (True, True)
    assert item.options.custom_timeouts == {"create": 60}


# --- any preview ---

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


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=80) | st.sampled_from([b[1] for b in BAD]).map(lambda b: b[: len(b) // 2]))
def test_any_bytes_are_a_preview_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "d.json"
    path.write_bytes(content)
    try:
        read_deployment(path)
    except InputError as fault:
        assert str(fault).startswith(str(path))
