"""What is read as a deployment file, and the one clear error for anything else."""

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing_identity.review.preview import reading
from billing_identity.review.preview.config import InputError
from billing_identity.review.preview.deployment import read_deployment
from billing_identity.review.preview.reading import LIMIT
from billing_identity.review.preview.record import Secret


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
