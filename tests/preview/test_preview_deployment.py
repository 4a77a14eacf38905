"""The deployment file: complete, the same bytes every time, and no secret in it."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pulumi
import pulumi_okta as okta
import pytest
from preview_programs import TOKEN, reference
from written_previews import AS_OF, without_secrets, written

from billing_identity.review.preview.deployment import read_deployment, to_deployment, write_deployment
from billing_identity.review.preview.merge import merge, rename, renamed, without_stack
from billing_identity.review.preview.record import Preview, redact, reveal
from billing_identity.review.preview.run import run_callable


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


def test_writing_is_all_or_nothing(preview: Preview, tmp_path: Path) -> None:
    path = written(preview, tmp_path / "d.json")
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_deployment(path, {"bad": object()})
    with pytest.raises((ValueError, OSError)):
        write_deployment(path, {"bad": "\ud800"})
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == ["d.json"]
