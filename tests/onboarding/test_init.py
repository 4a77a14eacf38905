"""`init`: a project that checks and previews as it is; bad tables leave nothing behind."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billing_identity.review.onboarding.role_table import OPTIONAL, REQUIRED
from billing_identity.review.onboarding.scaffold import Wanted, scaffold
from billing_identity.review.onboarding.tables import read_csv
from billing_identity.review.onboarding.writing import TakenError
from billing_identity.roles.loader import load

HEADER = "role,title,job_code,entitlement,rationale"
POSTER = f"""{HEADER}
cash-poster,Cash Poster,ACME-CASH,athenaone/payment-posting,Posts remittances.
cash-poster,Cash Poster,ACME-CASH,waystar/remittance,Fetches remittance files.
"""


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "billing_identity.review.cli", *words]
    return subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def on_a_terminal(folder: Path, *answers: bytes) -> tuple[int, str]:
    """`init acme`, answered question by question; its exit code and what it said."""
    left = list(answers)
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "billing_identity.review.cli", "init", "acme"]
    child = subprocess.Popen(command, cwd=folder, stdin=inside, stdout=inside, stderr=inside)
    os.close(inside)
    said = b""
    while select.select([terminal], [], [], 60)[0]:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:  # how Linux says that the other side has closed
            break
        said += chunk
        if left and said.rstrip().endswith(b":"):
            answer = left.pop(0)
            if answer == STOP:
                time.sleep(1)  # until it reads: the question is printed a moment before
                child.send_signal(signal.SIGINT)
            else:
                os.write(terminal, answer)
        if not chunk:
            break
    os.close(terminal)
    return child.wait(60), said.decode()


STOP = b"\x03"
"""Ctrl-C."""


def test_on_a_terminal_it_asks_for_what_is_missing_and_again_for_what_is_wrong(tmp_path: Path) -> None:
    wrong = (b"\n", b"X\n", b"Acme \x1b[31mred\n")
    code, said = on_a_terminal(
        tmp_path, *wrong, b"Acme Billing\n", b"Acme!\n", b"a@acme.example\n", b"\n", b"acme\n"
    )
    assert code == 0, said
    assert said.count("The company's name:") == 4 and said.count("such as acme:") == 4
    assert said.count("Error:") == 4, said
    assert "printable" in said and "QUESTIONS.md" in said and "Next: cd acme" in said
    loaded = load(tmp_path / "acme" / "catalogue")
    assert loaded.catalogue is not None and loaded.catalogue.organisation.company == "Acme Billing"


@pytest.mark.parametrize("answers", [(STOP,), (b"Acme Billing\n", STOP), (b"\x04",)])
def test_who_stops_half_way_has_nothing_written(tmp_path: Path, answers: tuple[bytes, ...]) -> None:
    code, said = on_a_terminal(tmp_path, *answers)
    assert code == 2, said
    assert "nothing was written" in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_scaffold_checks_and_previews_as_it_is(tmp_path: Path) -> None:
    done = run("init", "acme", "--company", "Acme: Billing", "--short-name", "acme", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = load(tmp_path / "acme" / "catalogue")
    assert loaded.catalogue is not None, loaded.problems
    assert loaded.catalogue.organisation.company == "Acme: Billing"
    done = run("preview", cwd=tmp_path / "acme")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "break_glass_group" in (tmp_path / "acme" / "QUESTIONS.md").read_text()


def test_roles_of_a_table_are_in_the_catalogue(tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    table.write_bytes(b"\xef\xbb\xbf" + POSTER.encode())
    assert scaffold(Wanted(tmp_path / "acme", "Acme", "acme", roles=table)) == ()
    catalogue = load(tmp_path / "acme" / "catalogue").catalogue
    assert catalogue is not None
    role = catalogue.roles["cash-poster"]
    assert [str(grant.entitlement) for grant in role.grants] == [
        "athenaone/payment-posting",
        "waystar/remittance",
    ]
    assert catalogue.access_policy.hr.job_codes["ACME-CASH"] == "Cash Poster"


BAD = {
    "wrong columns": (b"role,title\nx,y\n", "the column `job_code` is missing"),
    "an unknown column": (f"{HEADER},salary\n".encode(), "unknown column `salary`"),
    "UTF-16": ("role\n".encode("utf-16"), "the file is UTF-16"),
    "Latin-1": (POSTER.replace("Posts", "Post\xe9s").encode("latin-1"), "is not UTF-8"),
    "a line cut short": (f"{POSTER}late,Late".encode(), "2 fields, the header has 5"),
    "an open quote": (f'{HEADER}\nx,"y,z\n'.encode(), "not CSV"),
    "an unknown entitlement": (POSTER.replace("waystar/rem", "waystar/rum").encode(), "did you mean"),
    "no identifier": (POSTER.replace("cash-poster", "Cash Poster").encode(), "is not an identifier"),
    "two titles": (
        POSTER.replace("Poster,ACME-CASH,way", "P,ACME-CASH,way").encode(),
        "differs from",
    ),
    "no line": (f"{HEADER}\n".encode(), "no line after the header"),
    "nothing": (b"", "is missing"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_table_is_located_and_nothing_is_written(case: str, tmp_path: Path) -> None:
    content, said = BAD[case]
    (tmp_path / "roles.csv").write_bytes(content)
    done = run(
        "init", "acme", "--company", "Acme", "--short-name", "acme", "--roles", "roles.csv", cwd=tmp_path
    )
    assert done.returncode == 2
    told = " ".join(done.stderr.split())
    assert said in told or said in done.stderr.replace("\n    ", " "), done.stderr
    assert "roles.csv:" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["roles.csv"]


def test_a_folder_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "mine.txt").write_text("mine")
    with pytest.raises(TakenError):
        scaffold(Wanted(tmp_path / "acme", "Acme", "acme"))
    assert [path.name for path in (tmp_path / "acme").iterdir()] == ["mine.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


@pytest.mark.parametrize(
    ("company", "short"), [("", "acme"), ("Acme", "ACME"), ("Acme", "a"), ("x" * 81, "acme")]
)
def test_names_are_checked(company: str, short: str, tmp_path: Path) -> None:
    assert scaffold(Wanted(tmp_path / "acme", company, short))
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    done = run("init", "acme", cwd=tmp_path)
    assert done.returncode == 2
    assert "--company" in done.stderr
    assert list(tmp_path.iterdir()) == []


@given(content=st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_records_or_located_problems(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(content)
    table = read_csv(path, REQUIRED, OPTIONAL)
    assert bool(table.records) != bool(table.problems)
    assert all(problem.location.file == "fuzz.csv" for problem in table.problems)


def test_a_name_of_several_lines_is_refused(tmp_path: Path) -> None:
    done = run("init", "acme", "--company", "A\nB: [", "--short-name", "acme", cwd=tmp_path)
    assert done.returncode == 2 and "one line of printable text" in done.stderr
    assert list(tmp_path.iterdir()) == []
