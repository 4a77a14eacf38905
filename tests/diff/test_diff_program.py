"""Settings of the deployment and the program itself are compared as the catalogue is."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from billing_identity.review.diff import program as programs
from billing_identity.review.diff.deployment_settings import settings_changes
from billing_identity.review.diff.model import Direction, Topic
from billing_identity.review.diff.program import NotPreviewedError, checked_out, previewed, program_of
from billing_identity.review.diff.report import Settings
from billing_identity.review.diff.run import Arguments, compared
from billing_identity.review.diff.sources import Side
from billing_identity.review.exits import Exit
from billing_identity.review.generate import ROOT

DAY = date(2026, 11, 24)
SETTINGS = "okta:\n  break_glass_group: 00g1\n  brand: bnd1\naws:\n  region: us-east-1\n"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.example", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


def folders(tmp_path: Path, old: dict[str, str], new: dict[str, str]) -> tuple[Path, Path]:
    for name, files in (("old", old), ("new", new)):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
    return tmp_path / "old", tmp_path / "new"


@pytest.mark.parametrize(
    ("file", "old", "new", "direction", "said", "place"),
    [
        (
            "settings.prod.yaml",
            SETTINGS,
            SETTINGS.replace("00g1", "00g2"),
            Direction.WEAKER,
            "okta.break_glass_group is 00g2 (was 00g1); it decides whom every policy leaves out",
            "stacks/config/settings.prod.yaml:2",
        ),
        (
            "settings.prod.yaml",
            SETTINGS,
            SETTINGS.replace("bnd1", "bnd2"),
            Direction.CHANGED,
            "okta.brand is bnd2 (was bnd1)",
            "stacks/config/settings.prod.yaml:3",
        ),
        (
            "policy-pack.prod.json",
            '{"pack-settings": {}}',
            '{"pack-settings": {}, "all": "advisory"}',
            Direction.WEAKER,
            "all is advisory (was not set); it decides which rules block",
            "stacks/config/policy-pack.prod.json:1",
        ),
        (
            "settings.prod.yaml",
            SETTINGS,
            "okta: [\n",
            Direction.CHANGED,
            "the whole file is another content",
            "stacks/config/settings.prod.yaml",
        ),
        (
            "Pulumi.data-prod.yaml",
            "config:\n  okta:privateKey:\n    secure: abc\n",
            "config:\n  okta:privateKey:\n    secure: def\n",
            Direction.CHANGED,
            "config.okta:privateKey is a sealed value (was a sealed value)",
            "stacks/config/Pulumi.data-prod.yaml:",
        ),
    ],
)
def test_a_setting_that_differs_is_said(
    tmp_path: Path, file: str, old: str, new: str, direction: Direction, said: str, place: str
) -> None:
    found = settings_changes(*folders(tmp_path, {file: old}, {file: new}), "stacks/config")
    sentence = next(item for item in found if said in item.text)
    assert (sentence.topic, sentence.direction) == (Topic.SETTINGS, direction)
    assert str(sentence.place.location).startswith(place)
    assert "abc" not in sentence.text


def test_equal_folders_say_nothing(tmp_path: Path) -> None:
    files = {"settings.prod.yaml": SETTINGS}
    assert settings_changes(*folders(tmp_path, files, files), "") == []


def test_the_code_of_a_revision_that_is_not_checked_out_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: x\nruntime: python\nmain: stacks/__main__.py\n")
    (tmp_path / "stacks").mkdir()
    (tmp_path / "stacks" / "__main__.py").write_text("raise SystemExit('it ran')\n")
    (tmp_path / "stacks" / "link").symlink_to("/etc/hostname")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "base")
    commit = git(tmp_path, "rev-parse", "HEAD").strip()
    with program_of(Side("HEAD", commit=commit), tmp_path) as program:
        assert program.foreign
        assert not (program.root / "stacks" / "link").exists()
        with pytest.raises(NotPreviewedError, match="check it out"):
            previewed(program, ("x",), DAY, trusted=False)
    assert checked_out(program.side, tmp_path)
    assert not checked_out(Side("other", commit="0" * 40), tmp_path)


def test_a_revision_without_a_program_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "base")
    commit = git(tmp_path, "rev-parse", "HEAD").strip()
    with (
        pytest.raises(NotPreviewedError, match=r"no Pulumi\.yaml"),
        program_of(Side("HEAD", commit=commit), tmp_path),
    ):
        pass


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with this program, committed once."""
    folder = tmp_path_factory.mktemp("program")
    for portion in programs.PORTIONS:
        for file in (ROOT / portion).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                target = folder / file.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
    (folder / "Pulumi.yaml").write_bytes((ROOT / "Pulumi.yaml").read_bytes())
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "base")
    return folder


def test_settings_and_code_are_part_of_a_change(repository: Path) -> None:
    """One pull request swaps who is trusted to deploy and takes the protection from every resource in AWS."""
    settings = repository / "stacks" / "config" / "settings.prod.yaml"
    settings.write_text(
        settings.read_text().replace(
            'repo:meridian-revenue/identity:environment:prod"]', 'repo:evil/x:environment:prod"]'
        )
    )
    options = repository / "components" / "aws" / "options.py"
    options.write_text(options.read_text().replace("protect=True", "protect=False"))
    arguments = Arguments("HEAD", None, "roles/catalogue", Settings(DAY, DAY), repository, ("keys-prod",))
    report = compared(arguments)
    assert ["evil" in sentence.text for sentence in report.sentences] == [True]
    lost = {item.name for item in report.resources or () if item.operation == "unprotect" and item.blocks}
    assert "guards-keys" in lost
    assert report.exit_code == Exit.BLOCKED
    assert "security-officer" in {item.role for item in report.approvals}
    git(repository, "checkout", "-q", ".")


def test_a_base_that_cant_be_previewed_blocks_and_a_head_is_refused(repository: Path) -> None:
    from billing_identity.review.diff.sources import SourceError

    settings = repository / "stacks" / "config" / "settings.prod.yaml"
    good = settings.read_text()
    settings.write_text(good.replace("okta:\n", "okta: [\n", 1))
    with pytest.raises(SourceError, match="can't be previewed"):
        compared(Arguments("HEAD", None, "roles/catalogue", Settings(DAY, DAY), repository, ("keys-prod",)))
    git(repository, "commit", "-qam", "broken")
    settings.write_text(good)
    report = compared(
        Arguments("HEAD", None, "roles/catalogue", Settings(DAY, DAY), repository, ("keys-prod",))
    )
    assert report.resources is None
    assert "HEAD" in report.no_resources
    assert report.exit_code == Exit.BLOCKED
