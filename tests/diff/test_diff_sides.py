"""What is compared: revisions, resources, and sides that do not load."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
import typer
from diff_command import run
from scenarios import mfa_weakened_for_one_system, new_role, refund_approval_to_the_poster
from typer.testing import CliRunner

from billing_identity.review.commands.diff import register
from billing_identity.review.diff import run as comparing
from billing_identity.review.diff.program import NotPreviewedError
from billing_identity.review.diff.report import Settings
from billing_identity.review.diff.resources import ResourceChange, resource_changes
from billing_identity.review.diff.sources import SourceError
from billing_identity.review.preview.record import Options, Preview, Registration

DAY = date(2026, 11, 24)
ROOT = Path(__file__).resolve().parents[2]


def resource(kind: str, key: str, protect: bool = False, **inputs) -> Registration:
    urn = f"urn:pulumi:s::p::{kind}::{key}"
    return Registration(
        urn, kind, key, True, key, inputs, inputs, None, None, (), {}, Options(protect=protect)
    )


def moved(old: list[Registration], new: list[Registration], catalogue=None) -> list[ResourceChange]:
    return resource_changes(
        Preview("p", "s", tuple(old), {}), Preview("p", "s", tuple(new), {}), catalogue, DAY, "prod"
    )


def test_resources_deleted_replaced_and_left_unprotected() -> None:
    key, group = "aws:kms/key:Key", "okta:group/group:Group"
    (gone,) = moved([resource(key, "k")], [])
    assert (gone.operation, gone.guard, gone.blocks) == ("delete", "keys", True)
    (bare,) = moved([resource(key, "k", protect=True)], [resource(key, "k")])
    assert (bare.operation, bare.blocks) == ("unprotect", True)
    (other,) = moved([resource(group, "g", name="a")], [])
    assert (other.operation, other.blocks) == ("delete", False)
    (replaced,) = moved(
        [resource("aws:s3/bucket:Bucket", "b", bucket="one")],
        [resource("aws:s3/bucket:Bucket", "b", bucket="two")],
    )
    assert (replaced.operation, replaced.replaces, replaced.blocks) == ("replace", ("bucket",), True)
    (updated,) = moved([resource(group, "g", name="a")], [resource(group, "g", name="b")])
    assert updated.operation == "update"
    assert moved([resource(key, "k", x=1)], [resource(key, "k", x=1)]) == []


def git(*arguments: str, cwd: Path) -> None:
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments],
        cwd=cwd,
        check=True,
        capture_output=True,
    )


def test_revisions_are_compared_without_a_checkout_and_attributes_hide_nothing(
    change, tmp_path: Path
) -> None:
    repository = tmp_path / "repository"
    (repository / "roles").mkdir(parents=True)
    git("init", "-q", cwd=repository)
    empty = run("HEAD", cwd=repository)
    assert empty.returncode == 2 and "no commit yet" in empty.stderr
    change.base.rename(repository / "roles" / "catalogue")
    git("add", ".", cwd=repository)
    git("commit", "-qm", "base", cwd=repository)
    refund_approval_to_the_poster(repository / "roles" / "catalogue")
    (repository / ".gitattributes").write_text("*.yaml export-ignore\n")
    git("add", ".", cwd=repository)
    git("commit", "-qm", "head", cwd=repository)
    said = run("HEAD~1", "HEAD", "--format", "json", cwd=repository)
    assert said.returncode == 1, said.stderr
    assert "Payment Poster gains athenaOne: Approve refunds" in said.stdout
    for ref, words in (("nowhere", "no revision"), ("--output=x", "no revision"), ("ref:-x", "no revision")):
        refused = run("--", ref, cwd=repository) if ref.startswith("-") else run(ref, cwd=repository)
        assert refused.returncode == 2, refused.stdout
        assert words in " ".join(refused.stderr.split()) or "Usage" in refused.stderr


def test_a_base_that_does_not_load_is_compared_as_far_as_it_does(change) -> None:
    (change.base / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    said = run(str(change.base), str(change.head), "--format", "json", cwd=change.base.parent)
    document = json.loads(said.stdout)
    assert said.returncode == 0, said.stderr
    assert "The base does not load whole" in document["notes"][0]
    assert any(item["text"].startswith("New role Payment Poster") for item in document["sentences"])
    assert "what 1 file of it should say counts as new" in document["notes"][0]
    gained = [item["text"] for item in document["sentences"] if item["direction"] == "gain"]
    assert gained and all("Payment Poster" in text or "RCM-POST" in text for text in gained)


def test_what_is_weakened_beside_an_unreadable_file_of_the_base_is_seen(change) -> None:
    (change.base / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    (change.base / "roles" / "coding-base.yaml").write_bytes(b"\xff\xfe")
    mfa_weakened_for_one_system(change.head)
    said = run(str(change.base), str(change.head), "--format", "json", cwd=change.base.parent)
    texts = [item["text"] for item in json.loads(said.stdout)["sentences"]]
    assert any(text.startswith("Sign-in to athenaOne is weakened") for text in texts)


def test_a_base_without_its_access_policy_is_compared_with_the_rest(change) -> None:
    (change.base / "access-policy.yaml").unlink()
    mfa_weakened_for_one_system(change.head)
    said = run(str(change.base), str(change.head), "--format", "json", cwd=change.base.parent)
    document = json.loads(said.stdout)
    assert "counts as new" in document["notes"][0]
    assert not [item for item in document["sentences"] if item["direction"] == "gain"]


@pytest.mark.parametrize("side", ["base", "head"])
@pytest.mark.parametrize(
    ("version", "remedy"),
    [("0", "the first version is 1"), ("99", "use the release"), ("one", "write `schema_version: 1`")],
)
def test_a_catalogue_of_another_schema_is_not_compared(
    change, side: str, version: str, remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = getattr(change, side) / "organisation.yaml"
    file.write_text(file.read_text().replace("schema_version: 1", f"schema_version: {version}"))
    with pytest.raises(SourceError) as caught:
        comparing.compared(
            comparing.Arguments(str(change.base), str(change.head), "", Settings(DAY, DAY), ROOT, ())
        )
    (problem,) = caught.value.problems
    assert str(problem.location).startswith("organisation.yaml:4:") and remedy in problem.remedy


@pytest.mark.parametrize(("base", "head"), [("", None), ("HEAD", ""), (" ", None), ("\t", " ")])
def test_an_empty_side_is_refused(base: str, head: str | None) -> None:
    with pytest.raises(SourceError, match="one side is empty"):
        comparing.compared(comparing.Arguments(base, head, "roles/catalogue", Settings(DAY, DAY), ROOT, ()))


def test_faults_of_both_sides_are_named(change) -> None:
    with pytest.raises(SourceError) as caught:
        comparing.compared(comparing.Arguments("nosuch1", "nosuch2", "x", Settings(DAY, DAY), ROOT, ()))
    assert ["nosuch1" in str(caught.value), "nosuch2" in str(caught.value)] == [True, True]


def test_a_head_that_does_not_load_is_refused(change) -> None:
    (change.head / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    said = run(str(change.base), str(change.head), cwd=change.base.parent)
    assert said.returncode == 2
    assert "roles/payment-poster.yaml:" in said.stderr


def test_why_resources_are_not_compared_is_said_in_a_line(change, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = "\n".join(f"roles/role-{number:05}.yaml:1:1: it is wrong" for number in range(5_000))

    def refused(*_: object, **__: object) -> None:
        raise NotPreviewedError(faults.splitlines())

    monkeypatch.setattr(comparing, "previewed", refused)
    new_role(change.head)
    report = comparing.compared(
        comparing.Arguments(str(change.base), str(change.head), "", Settings(DAY, DAY), ROOT, ("all-prod",))
    )
    assert report.no_resources is not None and len(report.no_resources) < 600
    assert "4,999 more faults (`billing-identity check` lists them)" in report.no_resources


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--environment", "nosuch"), "there is no stacks/config/settings.nosuch.yaml"),
        (("--environment", "PROD X"), "--environment PROD X"),
        (("--commit", "zzz"), "all 40 hexadecimal digits"),
        (("--also", "markdown=one", "--also", "json=one"), "two formats for one file"),
        (("--also", "markdown=/"), "is a folder"),
    ],
)
def test_an_option_that_means_nothing_is_refused(options: tuple[str, ...], said: str) -> None:
    main = typer.Typer()
    register(main)
    done = CliRunner().invoke(main, ["diff", "HEAD", "--root", str(ROOT), "--no-resources", *options])
    assert done.exit_code == 2 and said in done.output.replace("\n", " ")
