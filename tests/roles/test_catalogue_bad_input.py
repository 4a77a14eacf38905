"""What is wrong with the files themselves: each fault has one clear message at its place, all at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from catalogue_bench import TODAY, Workbench

from billing_identity.roles import loader
from billing_identity.roles.loader import REFERENCE, load
from billing_identity.roles.problems import Problem, exit_code

POSTER = "roles/payment-poster.yaml"


def edit(old: str, new: str) -> Callable[[Workbench], None]:
    return lambda bench: bench.edit(POSTER, old, new)


def whole(content: str | bytes) -> Callable[[Workbench], None]:
    return lambda bench: bench.write(POSTER, content)


def huge(bench: Workbench) -> None:
    os.truncate(bench.root / POSTER, 100 * 1024 * 1024)


def linked(bench: Workbench) -> None:
    outside = bench.root.parent / "outside.yaml"
    outside.write_text("title: Elsewhere\n")
    (bench.root / "roles/elsewhere.yaml").symlink_to(outside)


def as_folder(bench: Workbench) -> None:
    (bench.root / POSTER).unlink()
    (bench.root / POSTER).mkdir()


def as_pipe(bench: Workbench) -> None:
    (bench.root / POSTER).unlink()
    os.mkfifo(bench.root / POSTER)


def same_id(bench: Workbench) -> None:
    bench.write("roles/Payment-Poster.yaml", bench.text(POSTER))


FAULTS: list[tuple[str, Callable[[Workbench], None], str, int | None, str]] = [
    # name, what is spoilt, code, line in the role's file, part of the message
    ("broken YAML", edit("risk: high", "risk: [high"), "yaml-syntax", None, "not valid YAML"),
    (
        "tab as indentation",
        edit("  rationale: Needs", "\trationale: Needs"),
        "yaml-syntax",
        5,
        "not valid YAML",
    ),
    ("control character", edit("risk: high", "risk: hi\x07gh"), "yaml-syntax", None, ""),
    ("unknown field", edit("risk: high", "risk: high\nriskk: high"), "schema", 25, "unknown field `riskk`"),
    (
        "role without owner",
        edit("owner: billing-supervisor\n", ""),
        "schema",
        2,
        "the field `owner` is missing",
    ),
    ("empty owner", edit("owner: billing-supervisor", "owner:"), "schema", 8, "`owner`"),
    ("wrong type", edit("risk: high", "risk: 3"), "schema", 24, "`risk`"),
    ("identifier in capitals", edit("ring: high-risk", "ring: High Risk"), "schema", 25, "not an identifier"),
    ("date that there is not", edit("since: 2024-03-04", "since: 2024-02-30"), "schema", 14, "since"),
    (
        "another id than the file's",
        edit("risk: high", "id: poster\nrisk: high"),
        "schema",
        24,
        "the file's place",
    ),
    ("duplicate key", edit("risk: high", "risk: high\nrisk: low"), "yaml-duplicate-key", 25, "twice"),
    ("tag", edit("risk: high", "risk: !!python/name:os.system high"), "yaml-tag", 24, "tag"),
    ("anchor", edit("risk: high", "risk: &r high"), "yaml-alias", 24, "anchors and aliases"),
    ("alias", edit("risk: high", "risk: *r"), "yaml-alias", 24, "anchors and aliases"),
    ("two documents", edit("risk: high", "---\nrisk: high"), "yaml-documents", 24, "second document"),
    ("key that is no text", edit("risk: high", "? [a]\n: high"), "yaml-key", 24, "key"),
    ("10,000-deep flow nesting", whole("title: " + "[" * 10_000 + "]" * 10_000), "yaml-depth", 1, "deep"),
    ("10,000-deep block nesting", whole("title:\n" + "- " * 10_000 + "x"), "yaml-depth", 2, "deep"),
    ("100 MB", huge, "file-size", 1, "104,857,600 bytes"),
    ("not UTF-8", whole("title: Zahlungen für\n".encode("latin-1")), "file-encoding", 1, "UTF-8"),
    ("UTF-16", whole("title: Poster\n".encode("utf-16")), "file-encoding", 1, "UTF-8"),
    ("empty file", whole(""), "schema", 1, "not a mapping"),
    ("only a comment", whole("# nothing\n"), "schema", 1, "not a mapping"),
    ("list instead of fields", whole("- title: Poster\n"), "schema", 1, "not a mapping"),
    ("folder in the file's place", as_folder, "file-unreadable", 1, "no regular file"),
    ("named pipe in the file's place", as_pipe, "file-unreadable", 1, "no regular file"),
    (
        "dangling owner",
        edit("owner: billing-supervisor", "owner: biling-supervisor"),
        "dangling-reference",
        8,
        "`biling",
    ),
    (
        "dangling entitlement",
        edit("waystar/remittance", "waystar/remitance"),
        "dangling-reference",
        21,
        "no entitlement `waystar/remitance`",
    ),
    (
        "dangling system",
        edit("waystar/remittance", "waistar/remittance"),
        "dangling-reference",
        21,
        "system `waistar`",
    ),
    ("dangling job code", edit("[RCM-POSTER]", "[RCM-POSTING]"), "dangling-reference", 9, "`RCM-POSTING`"),
    ("dangling ring", edit("ring: high-risk", "ring: high"), "dangling-reference", 25, "`high`"),
]


@pytest.mark.parametrize(
    ("name", "spoil", "code", "line", "said"),
    FAULTS,
    ids=lambda value: getattr(value, "__name__", str(value))[:40],
)
def test_a_faulty_file_is_refused_at_its_place(
    bench: Workbench, name: str, spoil: Callable[[Workbench], None], code: str, line: int | None, said: str
) -> None:
    spoil(bench)
    loaded = bench.load()
    assert loaded.catalogue is None
    mine = [problem for problem in loaded.problems if problem.location.file == POSTER]
    assert code in {problem.code for problem in mine}
    problem = next(problem for problem in mine if problem.code == code)
    assert said in problem.message
    assert problem.remedy
    if line is not None:
        assert problem.location.line == line
    assert exit_code(loaded.problems) == 2


def test_an_answer_to_a_dangling_reference_proposes_what_exists(bench: Workbench) -> None:
    bench.edit(POSTER, "waystar/remittance", "waystar/remitance")
    assert [problem.remedy for problem in bench.problems()] == ["did you mean `waystar/remittance`?"]


def test_all_faults_come_at_once_and_sorted(bench: Workbench) -> None:
    bench.edit(POSTER, "risk: high", "risk: enormous")
    bench.edit("roles/finance.yaml", "owner: controller\n", "")
    bench.edit("systems/tebra.yaml", "tier: ephi", "tier: [ephi")
    bench.edit("access-policy.yaml", "idle_minutes: 15", "idle_minutes: 500")
    problems = bench.problems()
    assert [problem.location.file for problem in problems] == [
        "access-policy.yaml",
        "roles/finance.yaml",
        POSTER,
        "systems/tebra.yaml",
    ]


@pytest.mark.parametrize(
    ("spoil", "code", "file"),
    [
        (same_id, "duplicate-id", POSTER),
        (linked, "file-outside", "roles/elsewhere.yaml"),
        (lambda bench: bench.write("roles/x.yml", "title: X"), "file-stray", "roles/x.yml"),
        (lambda bench: bench.write("rolls/x.yaml", "title: X"), "file-stray", "rolls/x.yaml"),
        (lambda bench: bench.write("roles/old/x.yaml", "title: X"), "file-stray", "roles/old/x.yaml"),
        (lambda bench: (bench.root / "organisation.yaml").unlink(), "file-missing", "organisation.yaml"),
        (lambda bench: (bench.root / "roles").rename(bench.root / "gone"), "file-missing", "roles"),
    ],
    ids=[
        "one id twice",
        "link out",
        "other ending",
        "unknown folder",
        "too deep",
        "no organisation",
        "no roles",
    ],
)
def test_files_in_the_wrong_place_are_refused(
    bench: Workbench, spoil: Callable[[Workbench], None], code: str, file: str
) -> None:
    spoil(bench)
    assert (code, file) in {(problem.code, problem.location.file) for problem in bench.problems()}


def test_a_big_folder_that_is_no_catalogue_is_not_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    monkeypatch.setattr(Path, "rglob", lambda *_: pytest.fail("walked"))
    problems = load(tmp_path).problems
    assert "access-policy.yaml" in {problem.location.file for problem in problems}


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "MAX_FILES", 1)
    (tmp_path / "roles").mkdir()
    for number in range(len(loader.KINDS)):
        (tmp_path / f"{number}.txt").touch()
    assert f"more than {len(loader.KINDS)} files" in load(tmp_path).problems[0].message


def test_a_folder_without_a_catalogue_says_what_is_missing(tmp_path: Path) -> None:
    problems = load(tmp_path).problems
    assert {problem.location.file for problem in problems} >= {
        "organisation.yaml",
        "access-policy.yaml",
        "roles",
    }
    assert {problem.code for problem in problems} == {"file-missing"}


@pytest.mark.parametrize("name", ["absent", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    problems = load(tmp_path / name).problems
    assert len(problems) == 1 and "not a folder" in problems[0].message


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "CRLF", "no newline at the end"],
)
def test_files_from_other_editors_are_read(bench: Workbench, rewrite: Callable[[str], bytes]) -> None:
    before = bench.problems()
    bench.write(POSTER, rewrite(bench.text(POSTER)))
    after = bench.problems()
    assert [problem.message for problem in after] == [problem.message for problem in before]


def test_nothing_is_written_by_reading(bench: Workbench) -> None:
    def snapshot() -> dict[str, tuple[int, int]]:
        return {
            path.relative_to(bench.root).as_posix(): (path.stat().st_mtime_ns, path.stat().st_size)
            for path in bench.root.rglob("*")
        }

    bench.edit(POSTER, "risk: high", "risk: enormous")
    before = snapshot()
    bench.problems()
    assert snapshot() == before


POLICY_MATTERS: list[tuple[str, list[tuple[str, str, str]], str]] = [
    (
        "payment poster approves refunds",
        [
            (
                POSTER,
                "risk: high",
                "  - entitlement: athenaone/refund-approval\n    rationale: Quicker.\nrisk: high",
            )
        ],
        "adjustments-and-refunds",
    ),
    (
        "exception past its date",
        [("exceptions/availity-authenticator-app.yaml", "expires: 2027-10-19", "expires: 2026-11-01")],
        "exception-expired",
    ),
    (
        "new access on a lapsed agreement",
        [
            ("vendors/waystar.yaml", "expires: 2027-08-21", "expires: 2026-11-10"),
            (
                "roles/finance.yaml",
                "risk:",
                "  - entitlement: waystar/remittance\n    rationale: New.\nrisk:",
            ),
        ],
        "baa-new-access",
    ),
]


@pytest.mark.parametrize(
    ("name", "edits", "code"), POLICY_MATTERS, ids=lambda value: getattr(value, "__name__", str(value))[:40]
)
def test_a_matter_of_policy_exits_with_1(
    bench: Workbench, name: str, edits: list[tuple[str, str, str]], code: str
) -> None:
    for file, old, new in edits:
        bench.edit(file, old, new)
    problems: list[Problem] = bench.problems(TODAY)
    assert code in {problem.code for problem in problems if problem.blocks}
    assert exit_code(problems) == 1


def test_a_dangling_reference_is_told_beside_a_fault_of_another_file(tmp_path: Path) -> None:
    """What a faulty file would have defined is no dangling reference: nothing follows from its fault."""
    root = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, root)
    sender, loader = root / "service-accounts" / "claims-sender.yaml", root / "roles" / "finance.yaml"
    sender.write_text(sender.read_text(encoding="utf-8") + "client_secret: no\n", encoding="utf-8")
    text = loader.read_text(encoding="utf-8")
    loader.write_text(text.replace("ring: high-risk", "ring: nowhere"), encoding="utf-8")
    system = root / "systems" / "athenaone.yaml"
    system.write_text(system.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    assert [(item.location.file, item.code) for item in load(root).problems] == [
        ("roles/finance.yaml", "dangling-reference"),
        ("service-accounts/claims-sender.yaml", "schema"),
        ("systems/athenaone.yaml", "schema"),
    ]


def test_a_file_whose_name_is_no_id_is_told_so(tmp_path: Path) -> None:
    root = tmp_path / "catalogue"
    shutil.copytree(REFERENCE, root)
    shutil.copy(root / "clients" / "riverbend-hospital.yaml", root / "clients" / "2026-riverbend.yaml")
    (problem,) = load(root).problems
    assert problem.location.file == "clients/2026-riverbend.yaml"
    assert "the file's name gives the id, and `2026-riverbend` is not an identifier" in problem.message
    assert problem.remedy.startswith("rename the file")
