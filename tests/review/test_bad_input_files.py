"""Every bad input of `init`, `import` and `diff` by the command line: a located error, exit code 2, nothing
written."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from billing_identity.review.commands import diff, init
from billing_identity.roles.loader import REFERENCE

GROUP = "00gPAYMENTPOSTER00x7"
ROLES = "role,title,job_code,entitlement,rationale\n"
GRANT = "cash-poster,Cash Poster,ACME-CASH,waystar/remittance,Posts remittances\n"
GROUPS = f"id,name,description\n{GROUP},Payment Poster,old\n"
BOTH = ("roles.csv", "groups.csv")


@dataclass(frozen=True)
class Bad:
    """A spoilt table: its bytes for `init --roles` and for `import`, the line that is named, words of it."""

    roles: bytes
    groups: bytes
    line: str
    words: str


def both(change: str, line: str, words: str, encoding: str = "utf-8") -> Bad:
    """The same fault in both tables; `change` is applied to the text as `old=>new`."""
    old, _, new = change.partition("=>")
    spoilt = [text.replace(old, new) if change else text for text in (ROLES + GRANT, GROUPS)]
    return Bad(spoilt[0].encode(encoding), spoilt[1].encode(encoding), line, words)


TABLES = {
    "UTF-16 with its mark": both("", "1", "is UTF-16", "utf-16"),
    "UTF-16 without a mark": both("", "1", "null character", "utf-16-le"),
    "Latin-1": both("Poster=>Postér", "2", "is not UTF-8", "latin-1"),
    "semicolons": both(",=>;", "1", "separated by semicolons"),
    "tabs": both(",=>\t", "1", "separated by tabs"),
    "a column twice": Bad(
        ROLES.replace("title", "role").encode(), GROUPS.replace("name", "id").encode(), "1", "stands twice"
    ),
    "a column missing": Bad(b"role,title\nx,y\n", b"id,description\nx,y\n", "1", "is missing"),
    "a column too many": Bad(
        (ROLES[:-1] + ",salary\n").encode(), b"id,name,salary\nx,y,z\n", "1", "unknown column `salary`"
    ),
    "a null character": both("Poster=>Pos\0ter", "2", "null character"),
    "empty": Bad(b"", b"", "1", "is missing"),
    "only a mark": Bad(b"\xef\xbb\xbf", b"\xef\xbb\xbf", "1", "is missing"),
    "only a header": Bad(ROLES.encode(), GROUPS.splitlines(True)[0].encode(), "1", "no line after"),
    "an open quote": Bad(
        (ROLES + GRANT.replace("Posts", '"Posts')).encode(),
        GROUPS.replace("old", '"old').encode(),
        "2",
        "not CSV",
    ),
    "cut in a row": Bad(
        (ROLES + GRANT + "late,La").encode(), f"{GROUPS}00g".encode(), "3", "fields, the header"
    ),
    "cut in a quoted field": Bad(
        (ROLES + GRANT + 'late,"La').encode(), f'{GROUPS}{GROUP[:-1]}8,"Pa'.encode(), "3", "not CSV"
    ),
}


def command(*words: str) -> tuple[int, str]:
    """Runs a command in this process; its exit code and what it printed, in one line."""
    app = typer.Typer()
    init.register(app)
    diff.register(app)
    result = CliRunner().invoke(app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join((result.stdout + result.stderr).split())


@pytest.mark.parametrize("case", TABLES)
def test_a_spoilt_table_is_located_and_nothing_is_written(case: str, tmp_path: Path) -> None:
    bad = TABLES[case]
    roles, groups = (tmp_path / name for name in BOTH)
    roles.write_bytes(bad.roles)
    groups.write_bytes(bad.groups)
    out = str(tmp_path / "out")
    made = command("init", out, "--company", "Acme", "--short-name", "acme", "--roles", str(roles))
    imported = command("import", out, "--catalogue", str(REFERENCE), "--okta-groups", str(groups))
    for (code, said), name in zip((made, imported), BOTH, strict=True):
        assert code == 2, said
        assert f"{name}:{bad.line}:" in said, said
        assert bad.words in said, said
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(BOTH)


GOOD = {
    "a mark in front": b"\xef\xbb\xbf" + GROUPS.encode(),
    "line ends of Windows": GROUPS.replace("\n", "\r\n").encode(),
    "a quoted line break": GROUPS.replace("old", '"of the\nold list"').encode(),
    "other order": f"name,id\nPayment Poster,{GROUP}\n".encode(),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_a_table_may_hold_is_read(case: str, tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_bytes(GOOD[case])
    words = ("--catalogue", str(REFERENCE), "--okta-groups", str(tmp_path / "groups.csv"))
    code, said = command("import", str(tmp_path / "out"), *words)
    assert code == 0, said
    assert f'"role:payment-poster": "{GROUP}"' in (tmp_path / "out" / "adopted.yaml").read_text()


EXPORTS = {
    "JSON cut in the middle": (
        json.dumps([{"id": GROUP, "name": "Payment Poster"}] * 3)[:-30],
        "1",
        "not JSON",
    ),
    "JSON cut after an entry": (f'[{{"id": "{GROUP}", "name": "Payment Poster"}},', "1", "not JSON"),
    "page 1 of n": ('{"value": [], "@odata.nextLink": "https://graph.example/2"}', "1", "one page"),
    "an answer of errors": ('{"error": {"code": "Authorization_RequestDenied"}}', "1", "not a list"),
    "a folder": (None, "1", "can't be read"),
}


@pytest.mark.parametrize("case", EXPORTS)
def test_an_export_that_is_not_whole_is_located(case: str, tmp_path: Path) -> None:
    content, line, words = EXPORTS[case]
    path = tmp_path / "groups.json"
    path.mkdir() if content is None else path.write_text(content)
    given = ("--catalogue", str(REFERENCE), "--okta-groups", str(path))
    code, said = command("import", str(tmp_path / "out"), *given)
    assert code == 2, said
    assert f"groups.json:{line}:" in said and words in said, said
    assert not (tmp_path / "out").exists()


def git(folder: Path, *words: str) -> str:
    named = ("-c", "user.email=dev@acme.example", "-c", "user.name=dev")
    return subprocess.run(
        ["git", *named, *words], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two commits of the reference's catalogue."""
    root = tmp_path_factory.mktemp("history")
    shutil.copytree(REFERENCE, root / "catalogue")
    git(root, "init", "--quiet", "--initial-branch", "main")
    for text in ("first", "second"):
        (root / "notes.txt").write_text(text)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", text)
    return root


def compared(root: Path, *words: str) -> tuple[int, str]:
    return command("diff", *words, "--root", str(root), "--catalogue", "catalogue", "--no-resources")


def test_the_history_is_compared_where_it_is_there(history: Path) -> None:
    assert compared(history, "HEAD~1", "HEAD")[0] == 0


def test_a_revision_that_a_shallow_clone_lacks_is_named_with_what_to_do(
    history: Path, tmp_path: Path
) -> None:
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{history}", str(shallow))
    for words in (("HEAD~1",), ("HEAD~1...HEAD",), (git(history, "rev-parse", "HEAD~1"), "HEAD")):
        code, said = compared(shallow, *words)
        assert code == 2, said
        assert "fetch" in said, said


@pytest.mark.parametrize("revision", ["HEAD", "main", "main...HEAD", "0" * 40])
def test_a_repository_without_history_is_no_traceback(revision: str, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    shutil.copytree(REFERENCE, tmp_path / "catalogue")
    code, said = compared(tmp_path, revision)
    assert code == 2, said
    assert revision.split("...")[0] in said


SIDES = {
    "a revision that does not exist": ("no-such-branch", "no-such-branch"),
    "a folder that is no catalogue": ("catalogue/roles", "access-policy.yaml:1:1"),
    "a file that is no deployment": ("notes.txt", "notes.txt"),
    "a path outside the repository": ("/nowhere/at/all", "/nowhere/at/all"),
}


@pytest.mark.parametrize("case", SIDES)
@pytest.mark.parametrize("side", ["base", "head"])
def test_a_side_that_can_t_be_read_is_named(
    case: str, side: str, history: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(history)
    wrong, named = SIDES[case]
    code, said = compared(history, *((wrong, "HEAD") if side == "base" else ("HEAD", wrong)))
    assert code == 2, said
    assert named in said, said
