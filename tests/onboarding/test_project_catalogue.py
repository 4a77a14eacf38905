"""In a company's own project every command reads its catalogue; where there is none, that is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner

from billing_identity.review.commands import check, client, diff, incident, questions
from billing_identity.review.onboarding.scaffold import Wanted, scaffold
from billing_identity.review.preview.config import InputError
from billing_identity.review.project_catalogue import project_catalogue
from billing_identity.roles.loader import REFERENCE

RUNNER = CliRunner()
APP = typer.Typer()
for command in (check, client, diff, incident, questions):
    command.register(APP)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A scaffolded project whose catalogue differs from the reference by one role's title."""
    assert scaffold(Wanted(tmp_path / "beta", "Beta Billing", "beta")) == ()
    file = tmp_path / "beta/catalogue/roles/refund-approver.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("title: Refund Approver", "title: Refund Signer", 1), encoding="utf-8")
    return tmp_path / "beta"


def said(*words: str) -> tuple[int, str]:
    done = RUNNER.invoke(APP, list(words))
    return done.exit_code, done.output


@pytest.mark.parametrize("inside", [".", "catalogue/roles"])
@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["who", "can", "athenaone/refund-approval"],
        ["what", "can", "refund-approver"],
        ["exposure", "role:refund-approver"],
    ],
    ids=" ".join,
)
def test_the_projects_catalogue_is_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], inside: str
) -> None:
    monkeypatch.chdir(project / inside)
    code, text = said(*words)
    assert code == 0
    assert ("Beta Billing" if words == ["check"] else "Refund Signer") in text
    assert "reference organisation" not in text


def test_a_fault_of_the_companys_own_file_fails_the_check(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (project / "catalogue/roles/finance.yaml").open("a", encoding="utf-8") as file:
        file.write("tytle: x\n")
    monkeypatch.chdir(project)
    code, text = said("check")
    assert code == 2
    assert "finance.yaml" in text


def test_incidents_and_clients_are_the_companys(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert "the catalogue has none" in said("incident", "runbook", "inc-1")[1]
    (project / "catalogue/clients").joinpath("summit-pediatrics.yaml").rename(
        project / "catalogue/clients/summit-west.yaml"
    )
    assert "summit-west" in said("client", "plan", "nobody")[1]


def test_diff_and_codeowners_know_the_path(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    for words in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    assert "/catalogue/roles/" in said("codeowners")[1]
    code, text = said("diff", "HEAD", "--no-resources")
    assert code == 0, text
    assert "Nothing changes" in text


def test_without_a_project_a_check_reads_nothing_and_a_question_says_whom_it_is_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, text = said("check")
    assert code == 2
    assert "name its folder" in text
    code, text = said("unused")
    assert code == 0
    assert "this is the reference organisation" in text


def test_stacks_that_name_several_catalogues_are_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = project / "stacks/config/Pulumi.keys-prod.yaml"
    config = yaml.safe_load(file.read_text(encoding="utf-8"))
    config["config"]["billing-identity:catalogue"] = "other"
    file.write_text(yaml.safe_dump(config), encoding="utf-8")
    with pytest.raises(InputError, match="catalogue, other"):
        project_catalogue(project)
    monkeypatch.chdir(project)
    assert said("check")[0] == 2


def test_this_repository_reads_the_reference() -> None:
    assert project_catalogue(Path(__file__).parents[2]) == REFERENCE
