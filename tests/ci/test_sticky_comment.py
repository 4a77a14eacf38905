"""One comment, kept up to date, whatever the artifact says: against a local stand-in for the services."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from github_stand_in import Host, standing_in

PATH = Path(__file__).resolve().parents[2] / "ci" / "sticky_comment.py"
spec = importlib.util.spec_from_file_location("sticky_comment", PATH)
assert spec is not None and spec.loader is not None
sticky: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sticky)


@pytest.fixture
def host() -> Iterator[tuple[Host, dict[str, str]]]:
    with standing_in() as found:
        yield found


def post(tmp_path: Path, environment: dict[str, str], text: str) -> int:
    (tmp_path / "comment.md").write_text(text, encoding="utf-8")
    return sticky.main(["github", str(tmp_path / "comment.md")], environment)


def test_one_comment_however_often_it_runs(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    for text in ("first", "second", "second", ""):
        assert post(tmp_path, environment, text) == 0
    assert [item["body"] for item in state.comments] == [sticky.CLEARED]


def test_the_number_that_github_found_is_handed_on(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    outputs = tmp_path / "outputs"
    outputs.touch()
    environment["GITHUB_OUTPUT"] = str(outputs)
    assert post(tmp_path, environment, "number=99") == 0
    assert outputs.read_text() == "number=7\n"
    state.sha = "b" * 40
    outputs.write_text("")
    assert post(tmp_path, environment, "text") == 0
    assert outputs.read_text() == ""


def test_silent_when_there_is_nothing_to_say(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    assert post(tmp_path, environment, "\n") == 0
    assert state.comments == []


def test_somebody_else_s_comment_with_the_marker_is_left_alone(
    tmp_path: Path, host: tuple[Host, dict[str, str]]
) -> None:
    state, environment = host
    state.comments.append(state.comment(1, f"{sticky.MARKER}\nmine", user="mallory"))
    assert post(tmp_path, environment, "text") == 0
    assert [item["user"]["login"] for item in state.comments] == ["mallory", "github-actions[bot]"]
    assert state.comments[0]["body"].endswith("mine")


def test_a_run_that_was_overtaken_says_nothing(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    state.sha = "b" * 40
    assert post(tmp_path, environment, "text") == 0
    assert state.comments == []


def test_the_artifact_is_data(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    assert post(tmp_path, environment, "@security-team\n/close\n\x1b[31m" + "x" * 200_000) == 0
    body = state.comments[0]["body"]
    assert "@security-team" not in body
    assert "\n/close" not in body
    assert "\x1b" not in body
    assert len(body) < 65_536


def test_a_service_that_is_down_is_an_error(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    state, environment = host
    state.broken = True
    assert post(tmp_path, environment, "text") == 4


def test_bad_input_is_said(tmp_path: Path, host: tuple[Host, dict[str, str]]) -> None:
    _, environment = host
    assert sticky.main(["github", str(tmp_path / "missing.md")], environment) == 2
    del environment["HEAD_SHA"]
    assert post(tmp_path, environment, "text") == 2
    assert sticky.main(["elsewhere", "x"], environment) == 2
