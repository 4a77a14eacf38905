"""`import`: what is certain is adopted, the rest is asked, and a bad export leaves nothing behind."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from billing_identity.review.onboarding.estate import run_import
from billing_identity.review.onboarding.exports import Export
from billing_identity.review.onboarding.matching import Matched
from billing_identity.roles.loader import REFERENCE

POSTER, CODER, OTHER = "00gPAYMENTPOSTER00x7", "00gMEDICALCODER000x7", "00gSOMETHINGELSE00x7"
OBJECT = "8b3c4d5e-6f70-4182-8c9d-1e2f3a4b5c6{}"


def imported(tmp_path: Path, export: Export, content: object) -> Matched:
    suffix = "csv" if isinstance(content, str) else "json"
    path = tmp_path / f"{export}.{suffix}"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    matched, problems = run_import({export: path}, REFERENCE, tmp_path / "out")
    assert problems == ()
    return matched


def test_groups_are_matched_by_title_and_by_declared_name(tmp_path: Path) -> None:
    rows = f"id,name,description\n{POSTER},PAYMENT_POSTER,old\n{CODER},role-medical-coder,\n"
    rows += f"{OTHER},Football,Fun club\n"
    matched = imported(tmp_path, Export.OKTA_GROUPS, rows)
    assert matched.adopted == {"role:payment-poster": POSTER, "role:medical-coder": CODER}
    assert [live.name for live in matched.drafts] == ["Football"]
    written = yaml.safe_load((tmp_path / "out" / "adopted.yaml").read_text())
    assert written == {"adopted": matched.adopted}
    said = (tmp_path / "out" / "adopted.yaml").read_text().splitlines()[-2:]
    assert said == [
        '# roles/medical-coder.yaml: live_groups: { okta: "role-medical-coder" }',
        '# roles/payment-poster.yaml: live_groups: { okta: "PAYMENT_POSTER" }',
    ]
    draft = (tmp_path / "out" / "drafts" / "roles" / "football.yaml").read_text()
    assert yaml.safe_load(draft) == {"title": "Football", "purpose": "Fun club"}
    assert OTHER in (tmp_path / "out" / "questions.md").read_text()


def test_the_api_s_own_answer_is_read(tmp_path: Path) -> None:
    group = {"id": POSTER, "type": "OKTA_GROUP", "profile": {"name": "Payment Poster", "description": None}}
    everyone = {"id": OTHER, "type": "BUILT_IN", "profile": {"name": "Everyone"}}
    matched = imported(tmp_path, Export.OKTA_GROUPS, [group, everyone])
    assert matched.adopted == {"role:payment-poster": POSTER}
    assert [question.live.name for question in matched.questions] == ["Everyone"]


ASKED = {
    "two groups for one role": (
        Export.OKTA_GROUPS,
        [{"id": POSTER, "name": "Payment Poster"}, {"id": CODER, "name": "payment-poster"}],
        "which one",
    ),
    "a group of another directory": (
        Export.OKTA_GROUPS,
        [{"id": POSTER, "type": "APP_GROUP", "name": "Payment Poster"}],
        "Mastered by another",
    ),
    "an app that signs on otherwise": (
        Export.OKTA_APPS,
        [
            {
                "id": "0oaTEBRA0000000000x7",
                "label": "Tebra Billing",
                "signOnMode": "BROWSER_PLUGIN",
                "status": "ACTIVE",
            }
        ],
        "BROWSER_PLUGIN",
    ),
    "an assigned group for a role by rule": (
        Export.ENTRA_GROUPS,
        [{"id": OBJECT.format(1), "displayName": "Payment Poster", "groupTypes": []}],
        "convert it",
    ),
    "a near miss": (Export.OKTA_GROUPS, [{"id": POSTER, "name": "Payment Posters"}], "role:payment-poster"),
}


@pytest.mark.parametrize("case", ASKED)
def test_what_is_not_certain_is_asked_and_not_adopted(case: str, tmp_path: Path) -> None:
    export, content, said = ASKED[case]
    matched = imported(tmp_path, export, content)
    assert matched.adopted == {}
    assert said in " ".join(question.text for question in matched.questions)


def test_applications_and_principals_of_entra(tmp_path: Path) -> None:
    rows = {"value": [{"id": OBJECT.format(2), "displayName": "Power BI", "appId": OBJECT.format(3)}]}
    matched = imported(tmp_path, Export.ENTRA_APPS, rows)
    assert set(matched.adopted) <= {"entra-system:power-bi"}


BAD = {
    "JSON cut short": ("json", '[{"id": "00gPAYMENT', "not JSON"),
    "one page only": ("json", '{"value": [], "@odata.nextLink": "x"}', "only one page"),
    "no list": ("json", '{"groups": []}', "not a list"),
    "an empty list": ("json", "[]", "an empty list"),
    "no name": ("json", f'[{{"id": "{POSTER}"}}]', "no `name`"),
    "CSV cut short": ("csv", f"id,name\n{POSTER},Poster\n00gX", "1 fields, the header has 2"),
    "another list": ("csv", "id,label\n0oaX,Y\n", "the column `name` is missing"),
    "another kind of id": ("csv", "id,name\n0oaTEBRA0000000000x7,Tebra\n", "is it the right file"),
    "twice": ("csv", f"id,name\n{POSTER},A\n{POSTER},B\n", "stands already"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_export_is_located_and_nothing_is_written(case: str, tmp_path: Path) -> None:
    suffix, content, said = BAD[case]
    path = tmp_path / f"export.{suffix}"
    path.write_text(content)
    _, problems = run_import({Export.OKTA_GROUPS: path}, REFERENCE, tmp_path / "out")
    assert said in " ".join(f"{problem.message} {problem.remedy}" for problem in problems)
    assert all(problem.location.file.startswith("export.") for problem in problems)
    assert not (tmp_path / "out").exists()


def test_hostile_names_are_inert(tmp_path: Path) -> None:
    name = "<img src=x>`]\x1b[31m\n- [x] done: yes\u202e" + "z" * 10_000
    imported(tmp_path, Export.OKTA_GROUPS, [{"id": OTHER, "name": name}])
    questions = (tmp_path / "out" / "questions.md").read_text()
    assert "\x1b" not in questions and "\u202e" not in questions
    assert "\n- [x]" not in questions
    assert len(questions) < 2_000
    draft = next((tmp_path / "out" / "drafts" / "roles").iterdir())
    assert list(yaml.safe_load(draft.read_text())) == ["title"]


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "billing_identity.review.cli",
        "import",
        "out",
        "--catalogue",
        str(REFERENCE),
    ]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "no export is given" in done.stderr


MAYBE_CUT = {
    "a CSV without its last line end": (
        f"id,name\n{POSTER},Payment Poster",
        "no line end after its last line",
    ),
    "as many as a page has": (
        [{"id": f"00gSOMETHING{number:06}x7", "name": f"Club {number}"} for number in range(200)],
        "exactly 200 entries",
    ),
    "whole": (f"id,name\n{POSTER},Payment Poster\n", ""),
    "of no page's size": ([{"id": POSTER, "name": "Payment Poster"}], ""),
}


@pytest.mark.parametrize("case", MAYBE_CUT)
def test_an_export_that_may_be_cut_short_is_asked_about(case: str, tmp_path: Path) -> None:
    content, said = MAYBE_CUT[case]
    matched = imported(tmp_path, Export.OKTA_GROUPS, content)
    assert [said in doubt for doubt in matched.doubts] == [True] * bool(said)
    questions = (tmp_path / "out" / "questions.md").read_text()
    assert ("is it the whole list?" in questions) == bool(said)
